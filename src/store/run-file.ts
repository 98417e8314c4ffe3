import { dirname } from 'node:path';
import { InputError, messageOf } from '../shared/errors';
import { clearUnfinished, readWhole, writeWhole, type FileSystem } from './file-system';
import { DamagedFileError } from './safetensors';

/** One file of a run. What cannot be read is reported in a sentence that names the file. */
export class RunFile {
  /**
   * @param mostBytes a larger file is damaged, and is not read
   * @param Damaged what to throw for a damaged file
   */
  constructor(
    private readonly fs: FileSystem,
    readonly path: string,
    private readonly mostBytes: number,
    private readonly Damaged: new (message: string) => InputError = InputError,
  ) {}

  exists(): boolean {
    return this.fs.existsSync(this.path);
  }

  /** Only the owner of the run writes its files, so an unfinished one was left by an owner that died. */
  write(parts: readonly Uint8Array[]): void {
    clearUnfinished(this.fs, this.path);
    writeWhole(this.fs, this.path, parts);
  }

  remove(): void {
    this.fs.rmSync(this.path, { force: true });
  }

  /** @throws InputError */
  rename(path: string): void {
    writeIn(dirname(this.path), () => this.fs.renameSync(this.path, path));
  }

  /** @throws InputError */
  read(): Buffer {
    return this.reading(() => readWhole(this.fs, this.path, this.mostBytes));
  }

  /** @throws InputError */
  decode<T>(decode: (bytes: Uint8Array) => T): T {
    return this.reading(() => decode(this.read()));
  }

  /**
   * @param decode is given a function that reads the first so many bytes, or fewer if the file is shorter
   * @throws InputError
   */
  decodeBeginning<T>(decode: (begin: (most: number) => Uint8Array) => T): T {
    return this.reading(() => decode(most => this.readBeginning(most)));
  }

  damaged(why: string): InputError {
    return new this.Damaged(`${this.path} is damaged (${why}): the run cannot go on from there.`);
  }

  private readBeginning(most: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(most, this.fs.statSync(this.path).size));
    const handle = this.fs.openSync(this.path, 'r');
    try {
      return bytes.subarray(0, this.fs.readSync(handle, bytes, 0, bytes.length, 0));
    } finally {
      this.fs.closeSync(handle);
    }
  }

  private reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof DamagedFileError) throw this.damaged(error.message);
      if (error instanceof InputError) throw error;
      throw new InputError(`${this.path} cannot be read (${messageOf(error)}): the run cannot go on from there.`);
    }
  }
}

/** @throws InputError if the disk refuses */
export function writeIn<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new InputError(
      `${folder} cannot be written (${messageOf(error)}): see that it may be written, and that there is room on the disk.`,
    );
  }
}
