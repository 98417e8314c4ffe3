import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FileSystem } from './file-system';
import { isDead, lifeOf } from './owner';

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
 * dead owner too late removes nothing of the owner that came after.
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
    this.path = join(folder, 'owner');
  }

  /** @returns whether the run is ours now */
  acquire(): boolean {
    const ready = `${this.path}.${this.own}`;
    try {
      this.fs.mkdirSync(join(ready, this.own), { recursive: true });
      this.touch(join(ready, this.own));
      if (this.install(ready)) return true;
      for (const name of this.names()) if (this.isGone(name)) this.remove(name);
      this.removeEmpty();
      return this.install(ready);
    } finally {
      this.fs.rmSync(ready, { recursive: true, force: true });
    }
  }

  /** Whether it still is: while the machine slept the owner may have been taken for dead. */
  isOwn(): boolean {
    return this.fs.existsSync(join(this.path, this.own));
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
    this.remove(this.own);
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
    const isLate = beat !== undefined && this.now() - beat > lateMilliseconds;
    return isLate || lifeOf(owner) === 'unknown' ? beat : undefined;
  }

  private install(ready: string): boolean {
    try {
      this.fs.renameSync(ready, this.path);
      return true;
    } catch (error) {
      // EPERM is what Windows says, where not even an empty folder is replaced.
      if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
      throw error;
    }
  }

  private names(): string[] {
    try {
      return this.fs.readdirSync(this.path);
    } catch {
      return []; // nobody owns it
    }
  }

  private remove(name: string): void {
    this.fs.rmSync(join(this.path, name), { recursive: true, force: true });
  }

  private removeEmpty(): void {
    try {
      this.fs.rmdirSync(this.path);
    } catch {
      // it is gone, or belongs to the next owner already
    }
  }

  private touch(path: string): void {
    const seconds = this.now() / 1000;
    this.fs.utimesSync(path, seconds, seconds);
  }

  private isGone(name: string): boolean {
    if (isDead(name)) return true;
    const beat = this.lastBeat(name);
    return beat === undefined || this.now() - beat > staleMilliseconds;
  }

  /** Undefined if the owner has just let go. */
  private lastBeat(name: string): number | undefined {
    try {
      return this.fs.statSync(join(this.path, name)).mtimeMs;
    } catch {
      return undefined;
    }
  }
}
