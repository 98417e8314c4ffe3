/** A disk in memory that knows what would be left if the machine stopped, and that fails on demand. */
import { basename, dirname } from 'node:path';
import { at } from '../../../src/shared/at';
import type { FileStat, FileSystem } from '../../../src/store/file-system';
import { noDisk, statOf } from './no-disk';

/** What a file holds now, and what it held when it was last synced. */
interface Content {
  now: Buffer;
  synced: Buffer;
}

/**
 * What becomes of names that were not synced when the machine stops: `lost`, as if nothing had happened since the folder
 * was synced; or `kept`, as on some journaling file systems, while the files have their synced contents.
 */
export type Names = 'lost' | 'kept';

export class MemoryDisk {
  /** How many calls have touched the disk so far. */
  calls = 0;
  /** The number of the call that fails because the disk is full. */
  failsAt = Infinity;
  /** The number of the call from which on the machine has stopped: nothing happens any more, and every call throws. */
  stopsAt = Infinity;
  /** Whether it has stopped: nobody could hear of an error any more. */
  hasStopped = false;
  private readonly files = new Map<string, Content>();
  private readonly syncedNames = new Map<string, Content>();
  private readonly handles: string[] = [];

  readonly system: FileSystem = {
    ...noDisk,
    mkdirSync: () => undefined,
    accessSync: () => undefined,
    lstatSync: file => this.statOf(file),
    statSync: file => this.statOf(file),
    readdirSync: folder => this.namesIn(folder),
    openSync: (file, flags) =>
      this.call(() => {
        if (flags === 'wx') this.files.set(file, { now: Buffer.alloc(0), synced: Buffer.alloc(0) });
        return this.handles.push(file) - 1;
      }),
    writeSync: (handle, bytes, offset) =>
      this.call(() => {
        // Only some of it, as a file system may.
        const some = bytes.subarray(offset, offset + Math.max(1, (bytes.length - offset) >> 1));
        const content = this.need(at(this.handles, handle));
        content.now = Buffer.concat([content.now, some]);
        return some.length;
      }),
    fsyncSync: handle =>
      this.call(() => {
        const file = at(this.handles, handle);
        const content = this.files.get(file);
        if (content) content.synced = content.now;
        else this.syncFolder(file);
      }),
    fstatSync: handle => this.statOf(at(this.handles, handle)),
    readSync: (handle, bytes, offset, length, position) =>
      // Only some of it, as a file system may.
      this.need(at(this.handles, handle)).now.copy(bytes, offset, position, position + Math.max(1, length >> 1)),
    closeSync: () => undefined,
    renameSync: (from, to) =>
      this.call(() => {
        this.files.set(to, this.need(from));
        this.files.delete(from);
      }),
    unlinkSync: file =>
      this.call(() => {
        this.need(file);
        this.files.delete(file);
      }),
  };

  /** The disk after the machine was stopped and started again. */
  restarted(names: Names): MemoryDisk {
    const disk = new MemoryDisk();
    for (const [file, { synced }] of names === 'lost' ? this.syncedNames : this.files) {
      const content = { now: synced, synced };
      disk.files.set(file, content);
      disk.syncedNames.set(file, content);
    }
    return disk;
  }

  namesIn(folder: string): string[] {
    return [...this.files.keys()].filter(file => dirname(file) === folder).map(file => basename(file));
  }

  private call<T>(act: () => T): T {
    this.hasStopped ||= this.calls >= this.stopsAt;
    if (this.hasStopped) throw new Error('The machine has stopped.');
    if (this.calls++ === this.failsAt)
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    return act();
  }

  /** What the disk holds of a file now. */
  contentOf(file: string): Buffer {
    return this.need(file).now;
  }

  private statOf(path: string): FileStat {
    const isFolder = [...this.files.keys()].some(file => file.startsWith(`${path}/`));
    return statOf(isFolder ? undefined : this.need(path).now.length);
  }

  private need(file: string): Content {
    const content = this.files.get(file);
    if (!content) throw Object.assign(new Error(`ENOENT: ${file}`), { code: 'ENOENT' });
    return content;
  }

  private syncFolder(folder: string): void {
    for (const file of this.syncedNames.keys())
      if (dirname(file) === folder && !this.files.has(file)) this.syncedNames.delete(file);
    for (const [file, content] of this.files) if (dirname(file) === folder) this.syncedNames.set(file, content);
  }
}
