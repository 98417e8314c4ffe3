/** A disk in memory that knows what would be left if the machine stopped, and that fails when it is told to. */
import { basename, dirname } from 'node:path';
import type { FileSystem } from '../../../src/store/file-system';

/** What a file holds now, and what of it has been synced. */
interface Content {
  now: Buffer;
  synced: Buffer;
}

/**
 * What becomes of names that were not synced: `lost`, as if nothing had been done since the folder was synced; or `kept`
 * at once, as journaling file systems may, while what stands in the files is as it was synced.
 */
export type Names = 'lost' | 'kept';

export class MemoryDisk {
  /** Calls so far that touch the disk. */
  calls = 0;
  /** The call that fails for want of space. */
  failsAt = Infinity;
  /** The call from which on nothing happens any more: each is told that the machine has stopped. */
  stopsAt = Infinity;
  /** Whether it has: nobody is told of anything any more. */
  hasStopped = false;
  private readonly files = new Map<string, Content>();
  private readonly syncedNames = new Map<string, Content>();
  private readonly handles: string[] = [];

  readonly system = {
    mkdirSync: () => undefined,
    existsSync: (file: string) => this.files.has(file),
    statSync: (file: string) => ({ size: this.need(file).now.length, mtimeMs: 0 }),
    readFileSync: (file: string) => this.need(file).now,
    readdirSync: (folder: string) => this.namesIn(folder),
    openSync: (file: string, flags: string) =>
      this.call(() => {
        if (flags === 'w') this.files.set(file, { now: Buffer.alloc(0), synced: Buffer.alloc(0) });
        return this.handles.push(file) - 1;
      }),
    writeSync: (handle: number, bytes: Uint8Array, offset: number) =>
      this.call(() => {
        // Not all at once, as a file system may.
        const some = bytes.subarray(offset, offset + Math.max(1, (bytes.length - offset) >> 1));
        const content = this.need(this.handles[handle]);
        content.now = Buffer.concat([content.now, some]);
        return some.length;
      }),
    fsyncSync: (handle: number) =>
      this.call(() => {
        const file = this.handles[handle];
        const content = this.files.get(file);
        if (content) content.synced = content.now;
        else this.syncFolder(file);
      }),
    closeSync: () => undefined,
    renameSync: (from: string, to: string) =>
      this.call(() => {
        this.files.set(to, this.need(from));
        this.files.delete(from);
      }),
    rmSync: (file: string) => this.call(() => void this.files.delete(file)),
  } as unknown as FileSystem;

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
