import { dirname } from 'node:path';
import { InputError } from '../shared/errors';
import { deleteFile } from './delete';
import { standing, type FileSystem } from './file-system';
import { readBeginning, readWhole } from './read-file';
import { reasonOf } from './reason';
import { DamagedFileError } from './safetensors';
import { clearUnfinished, prepareWhole, type PreparedFile } from './write-file';

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

  /** Whether anything stands in its place, be it a link that leads nowhere. */
  exists(): boolean {
    return standing(this.fs, this.path) !== undefined;
  }

  write(parts: readonly Uint8Array[]): void {
    this.prepare(parts).commit();
  }

  /** Only the owner of the run writes its files, so an unfinished one was left by an owner that died. */
  prepare(parts: readonly Uint8Array[]): PreparedFile {
    clearUnfinished(this.fs, this.path);
    return prepareWhole(this.fs, this.path, parts);
  }

  /** @param prove throws unless the file is ours */
  remove(prove: () => unknown): void {
    deleteFile(this.fs, this.path, prove);
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
    return this.reading(() => decode(most => readBeginning(this.fs, this.path, most)));
  }

  /** @param prove reads the file. @throws InputError if it is not ours, or cannot be read now */
  refuseForeign(prove: () => unknown): void {
    try {
      prove();
    } catch (error) {
      throw error instanceof InputError && error.cause === undefined ? this.foreign() : error;
    }
  }

  foreign(): InputError {
    return new InputError(`${this.path} does not belong to a run and would be overwritten: take another folder.`);
  }

  damaged(why: string): InputError {
    return new this.Damaged(`${this.path} is damaged (${why}): the run cannot go on from there.`);
  }

  private reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof DamagedFileError) throw this.damaged(error.message);
      if (error instanceof InputError) throw error;
      const sentence = `${this.path} cannot be read (${reasonOf(error)}): the run cannot go on from there.`;
      throw new InputError(sentence, { cause: error });
    }
  }
}

/** @throws InputError if the disk refuses */
export function writeIn<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(
      `${folder} cannot be written (${reasonOf(cause)}): check that it is writable and that the disk has room.`,
      { cause },
    );
  }
}
