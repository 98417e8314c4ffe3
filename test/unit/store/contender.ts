/** Contenders for the lock of a run, which can be stopped between any two calls to the disk. */
import { dirname } from 'node:path';
import { at } from '../../../src/shared/at';
import type { FileSystem } from '../../../src/store/file-system';
import { RunLock } from '../../../src/store/run-lock';
import { intercepted } from './intercepted';
import { noDisk, statOf } from './no-disk';

/** A name as an owner has it. */
export function ownerName(i: number): string {
  return `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
}

/** Wants the lock. Each step begins anew, gets the results of the calls so far again, and makes one call more. */
export class Contender {
  done = false;
  won = false;
  private readonly results: (() => unknown)[] = [];

  constructor(
    private readonly disk: FolderDisk,
    readonly name: string,
  ) {}

  step(): void {
    const known = this.results.length;
    let made = 0;
    const replay = (call: () => unknown): unknown => {
      if (made === known) this.results.push(settled(call));
      if (made > known) throw nextStep;
      return at(this.results, made++)();
    };
    let won = false;
    let postponed = false;
    try {
      won = new RunLock(
        intercepted(this.disk.system, ({ make }) => replay(make)),
        '/run',
        this.name,
        () => this.disk.now,
      ).acquire();
    } catch (error) {
      if (error !== nextStep) throw error;
      postponed = true;
    }
    // The lock may have caught the error of a postponed call, so it is only done if there was no new call to make.
    if (postponed || this.results.length > known) return;
    this.done = true;
    this.won = won;
  }
}

const nextStep = new Error('This call is for the next step.');

/** Makes a call. @returns a function that returns, or throws, what the call did */
function settled(call: () => unknown): () => unknown {
  try {
    const value = call();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Folders in memory, with the rules of POSIX. */
export class FolderDisk {
  now = 0;
  calls = 0;
  /** The time of each folder. */
  private readonly folders = new Map([['/run', 0]]);

  readonly system: FileSystem = {
    ...noDisk,
    mkdirSync: path => {
      this.calls++;
      if (this.folders.has(path)) throw failure('EEXIST');
      if (path !== '/run') this.timeOf(dirname(path));
      this.folders.set(path, this.now);
    },
    statSync: path => {
      this.calls++;
      return statOf(undefined, this.timeOf(path));
    },
    readdirSync: path => {
      this.calls++;
      this.timeOf(path);
      const names = this.inside(path).map(name => name.slice(path.length + 1));
      return names.filter(name => !name.includes('/'));
    },
    renameSync: (from, to) => {
      this.calls++;
      this.timeOf(from);
      if (this.inside(to).length > 0) throw failure('ENOTEMPTY');
      for (const path of [from, ...this.inside(from)]) {
        this.folders.set(`${to}${path.slice(from.length)}`, this.timeOf(path));
        this.folders.delete(path);
      }
    },
    rmdirSync: path => {
      this.calls++;
      this.timeOf(path);
      if (this.inside(path).length > 0) throw failure('ENOTEMPTY');
      this.folders.delete(path);
    },
    lstatSync: path => {
      this.calls++;
      return statOf(undefined, this.timeOf(path));
    },
    utimesSync: (path, _, seconds) => {
      this.calls++;
      this.timeOf(path);
      this.folders.set(path, 1000 * seconds);
    },
  };

  private timeOf(path: string): number {
    const time = this.folders.get(path);
    if (time === undefined) throw failure('ENOENT');
    return time;
  }

  private inside(path: string): string[] {
    return [...this.folders.keys()].filter(other => other.startsWith(`${path}/`));
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
