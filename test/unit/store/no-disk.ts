import type { FileSystem } from '../../../src/store/file-system';

const refuse = (): never => {
  throw new Error('This disk cannot do that.');
};

/** A disk that can do nothing: those of the tests override what they need. */
export const noDisk: FileSystem = {
  existsSync: refuse,
  statSync: refuse,
  utimesSync: refuse,
  renameSync: refuse,
  rmSync: refuse,
  mkdirSync: refuse,
  readdirSync: refuse,
  rmdirSync: refuse,
  openSync: refuse,
  readSync: refuse,
  writeSync: refuse,
  fsyncSync: refuse,
  closeSync: refuse,
  readFileSync: refuse,
};
