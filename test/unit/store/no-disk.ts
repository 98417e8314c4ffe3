import type { FileStat, FileSystem } from '../../../src/store/file-system';

const refuse = (): never => {
  throw new Error('This disk cannot do that.');
};

/** A disk that can do nothing: those of the tests override what they need. */
export const noDisk: FileSystem = {
  accessSync: refuse,
  lstatSync: refuse,
  statSync: refuse,
  utimesSync: refuse,
  renameSync: refuse,
  unlinkSync: refuse,
  mkdirSync: refuse,
  readdirSync: refuse,
  rmdirSync: refuse,
  openSync: refuse,
  fstatSync: refuse,
  readSync: refuse,
  writeSync: refuse,
  fsyncSync: refuse,
  closeSync: refuse,
};

/** What a disk says of a file of a size, or of a folder where it is undefined. */
export function statOf(size: number | undefined, mtimeMs = 0): FileStat {
  return { isFile: () => size !== undefined, isDirectory: () => size === undefined, size: size ?? 0, mtimeMs };
}
