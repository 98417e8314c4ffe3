import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FileSystem } from './file-system';

/** The owner says so often that it is there. */
export const heartbeatMilliseconds = 2_000;
/** Without a word for so long an owner is gone, and another may take over. */
const staleMilliseconds = 10_000;

/**
 * Who may write a run: whoever was the one to create its file `lock`. Everybody else only reads. An owner that died left
 * the file behind, which nobody touches any more.
 */
export class RunLock {
  private readonly file: string;
  private readonly takeover: string;

  /** @param own what nobody else calls himself; whoever knows it can let go for an owner that died */
  constructor(
    private readonly fs: FileSystem,
    folder: string,
    private readonly own: string = randomUUID(),
    private readonly now = () => Date.now(),
  ) {
    this.file = join(folder, 'lock');
    this.takeover = `${this.file}.takeover`;
  }

  /** @returns whether the run is ours now */
  acquire(): boolean {
    if (this.create(this.file)) return true;
    if (!this.isStale(this.file)) return false;
    // Of several that find it stale at once, the one that may remove it is again the one that creates a file.
    if (!this.create(this.takeover)) {
      if (this.isStale(this.takeover)) this.fs.rmSync(this.takeover, { force: true });
      return false;
    }
    try {
      if (!this.isStale(this.file)) return false;
      this.fs.rmSync(this.file, { force: true });
      return this.create(this.file);
    } finally {
      this.fs.rmSync(this.takeover, { force: true });
    }
  }

  /** Whether it still is: an owner that was asleep for long may have been taken for dead. */
  isOwn(): boolean {
    try {
      return this.fs.readFileSync(this.file, 'utf8') === this.own;
    } catch {
      return false;
    }
  }

  /** Says that the owner is there. */
  beat(): void {
    if (!this.isOwn()) return;
    const seconds = this.now() / 1000;
    this.fs.utimesSync(this.file, seconds, seconds);
  }

  release(): void {
    if (this.isOwn()) this.fs.rmSync(this.file, { force: true });
  }

  /** Whether somebody owns the run at present. */
  isHeld(): boolean {
    return this.heldBy() !== undefined;
  }

  /** What the owner calls himself; undefined where there is none. */
  heldBy(): string | undefined {
    try {
      const owner = this.fs.readFileSync(this.file, 'utf8');
      return this.isStale(this.file) ? undefined : owner;
    } catch {
      return undefined;
    }
  }

  private create(file: string): boolean {
    try {
      const handle = this.fs.openSync(file, 'wx');
      try {
        this.fs.writeSync(handle, this.own);
      } finally {
        this.fs.closeSync(handle);
      }
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  private isStale(file: string): boolean {
    try {
      return this.now() - this.fs.statSync(file).mtimeMs > staleMilliseconds;
    } catch {
      return false; // gone meanwhile: the next attempt creates it
    }
  }
}
