import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { InputError } from '../shared/errors';
import { deleteLockFolder } from './delete';
import { codeOf, isRealFolder, makeFolder, standing, type FileSystem } from './file-system';
import { isDead, isOwnerName, lifeOf, lockFolder } from './owner';

/** How often an owner shows that it is alive. */
export const heartbeatMilliseconds = 2_000;
/** An owner that has missed two beats may have died. */
const lateMilliseconds = 2 * heartbeatMilliseconds;
/** An owner that has been silent for this long is gone, like one whose process is known to be dead: others may take over. */
export const staleMilliseconds = 10_000;

/**
 * Decides who may write a run: the owner whose name is in the run's folder `owner`. Everybody else only reads. The owner
 * touches its name at every heartbeat; the name of one that died stays, and gets old.
 *
 * The folder is prepared under another name, with the owner's name in it, and then renamed. Renaming replaces an empty
 * folder but no other, so only one contender can succeed. Names are removed one by one: whoever clears away the name of a
 * dead owner too late removes nothing of the owner that came after. A name is an empty folder: whatever else is there is
 * somebody's, and stays.
 */
export class RunLock {
  private readonly path: string;

  /** @param own a file name that nobody else uses; whoever knows it can release the lock for an owner that died */
  constructor(
    private readonly fs: FileSystem,
    folder: string,
    private readonly own: string = randomUUID(),
    private readonly now = () => Date.now(),
  ) {
    this.path = join(folder, lockFolder);
  }

  /**
   * @returns whether the run is ours now
   * @throws InputError if something that no lock has made is in its place
   */
  acquire(): boolean {
    this.refuseForeign();
    const ready = `${this.path}.${this.own}`;
    try {
      makeFolder(this.fs, join(ready, this.own));
      this.touch(join(ready, this.own));
      if (this.install(ready)) return true;
      for (const name of this.names()) if (this.isGone(name)) this.remove(name);
      this.removeEmpty();
      return this.install(ready);
    } finally {
      this.discard(ready);
    }
  }

  /** Whether it still is: while the machine slept the owner may have been taken for dead. */
  isOwn(): boolean {
    return standing(this.fs, join(this.path, this.own)) !== undefined;
  }

  /** Shows that the owner is alive. */
  beat(): void {
    try {
      this.touch(join(this.path, this.own));
    } catch {
      // another has taken over, which the owner finds out before it writes
    }
  }

  release(): void {
    try {
      this.remove(this.own);
    } catch {
      return; // the disk refuses, but a name that nobody touches counts as gone soon
    }
    this.removeEmpty();
  }

  isHeld(): boolean {
    return this.heldBy() !== undefined;
  }

  /** The name of the owner, undefined if there is none. */
  heldBy(): string | undefined {
    return this.names().find(name => !this.isGone(name));
  }

  /**
   * When an owner that may have died was last heard of: its process cannot be seen from here, or it has missed its beats.
   *
   * @returns milliseconds since 1970; undefined if nobody owns the run, or if the owner is known to live
   */
  silentSince(): number | undefined {
    const owner = this.heldBy();
    if (owner === undefined) return undefined;
    const beat = this.lastBeat(owner);
    const isLate = beat !== undefined && Math.abs(this.now() - beat) > lateMilliseconds;
    return isLate || lifeOf(owner) === 'unknown' ? beat : undefined;
  }

  private install(ready: string): boolean {
    if (this.names().length > 0) return false;
    try {
      this.fs.renameSync(ready, this.path);
      return true;
    } catch (error) {
      const code = codeOf(error) ?? '';
      if (['ENOTEMPTY', 'EEXIST'].includes(code)) return false;
      // Windows says EPERM of any folder that is there already, and of one that another program has open.
      if (['EPERM', 'EACCES'].includes(code) && standing(this.fs, this.path)) return false;
      throw error;
    }
  }

  /** Only owners are in there, each a folder with nothing in it. */
  private refuseForeign(): void {
    const place = standing(this.fs, this.path);
    if (!place) return;
    const foreign = place.isDirectory() ? this.entries().find(name => !this.isOwner(name)) : lockFolder;
    if (foreign === undefined) return;
    const what = foreign === lockFolder ? this.path : join(this.path, foreign);
    throw new InputError(`${what} does not belong to a run and was left alone: take another folder.`);
  }

  private isOwner(name: string): boolean {
    const path = join(this.path, name);
    try {
      return isOwnerName(name) && this.fs.lstatSync(path).isDirectory() && this.fs.readdirSync(path).length === 0;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return true; // it was one, and has let go
      throw error;
    }
  }

  private names(): string[] {
    return this.entries().filter(isOwnerName);
  }

  private entries(): string[] {
    try {
      return isRealFolder(this.fs, this.path) ? this.fs.readdirSync(this.path) : [];
    } catch {
      return []; // nobody owns it
    }
  }

  private remove(name: string): void {
    deleteLockFolder(this.fs, join(this.path, name));
  }

  private removeEmpty(): void {
    try {
      deleteLockFolder(this.fs, this.path);
    } catch {
      // it belongs to the next owner already
    }
  }

  /** What is prepared and was not needed. */
  private discard(ready: string): void {
    try {
      deleteLockFolder(this.fs, join(ready, this.own));
      deleteLockFolder(this.fs, ready);
    } catch {
      // empty folders are in nobody's way
    }
  }

  private touch(path: string): void {
    const seconds = this.now() / 1000;
    this.fs.utimesSync(path, seconds, seconds);
  }

  private isGone(name: string): boolean {
    if (isDead(name)) return true;
    const beat = this.lastBeat(name);
    // Either way: the clock may have been set back since, or that of another machine may be ahead.
    return beat === undefined || Math.abs(this.now() - beat) > staleMilliseconds;
  }

  /** Undefined if the owner has just let go. */
  private lastBeat(name: string): number | undefined {
    try {
      return this.fs.lstatSync(join(this.path, name)).mtimeMs;
    } catch {
      return undefined;
    }
  }
}
