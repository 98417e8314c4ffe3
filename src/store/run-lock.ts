import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FileSystem } from './file-system';
import { isDead } from './owner';

/** The owner says so often that it is there. */
export const heartbeatMilliseconds = 2_000;
/** Without a word for so long an owner is gone, and another may take over, as from one whose process is known to be dead. */
const staleMilliseconds = 10_000;

/**
 * Who may write a run: whoever's name stands in its folder `owner`. Everybody else only reads. An owner that died left its
 * name behind, which nobody touches any more.
 *
 * The folder is made elsewhere, with the name in it, and then renamed, which one succeeds with where no other is, or an
 * empty one. And a name is removed by itself: whoever is late in letting go for one that died harms nobody that came after.
 */
export class RunLock {
  private readonly path: string;

  /** @param own a file name that nobody else calls himself; whoever knows it can let go for an owner that died */
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

  /** Whether it still is: an owner that was asleep for long may have been taken for dead. */
  isOwn(): boolean {
    return this.fs.existsSync(join(this.path, this.own));
  }

  /** Says that the owner is there. */
  beat(): void {
    try {
      this.touch(join(this.path, this.own));
    } catch {
      // another has taken over, which is told when something is to be written
    }
  }

  release(): void {
    this.remove(this.own);
    this.removeEmpty();
  }

  /** Whether somebody owns the run at present. */
  isHeld(): boolean {
    return this.heldBy() !== undefined;
  }

  /** What the owner calls himself; undefined where there is none. */
  heldBy(): string | undefined {
    return this.names().find(name => !this.isGone(name));
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
      return []; // nobody has ever owned it, or nobody does just now
    }
  }

  private remove(name: string): void {
    this.fs.rmSync(join(this.path, name), { recursive: true, force: true });
  }

  private removeEmpty(): void {
    try {
      this.fs.rmdirSync(this.path);
    } catch {
      // it is gone, or somebody's already
    }
  }

  private touch(path: string): void {
    const seconds = this.now() / 1000;
    this.fs.utimesSync(path, seconds, seconds);
  }

  private isGone(name: string): boolean {
    if (isDead(name)) return true;
    try {
      return this.now() - this.fs.statSync(join(this.path, name)).mtimeMs > staleMilliseconds;
    } catch {
      return true; // let go meanwhile
    }
  }
}
