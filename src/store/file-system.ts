import { randomUUID } from 'node:crypto';
import type fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DamagedFileError } from './safetensors';

/**
 * What of Node's `fs` the store uses, so that a test can put one in its place that fails. All of it waits: the thread
 * that trains has nothing else to do meanwhile, and half a checkpoint is of no use to anybody.
 */
export type FileSystem = Pick<
  typeof fs,
  | 'closeSync'
  | 'existsSync'
  | 'fsyncSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'statSync'
  | 'utimesSync'
  | 'writeSync'
>;

const unfinishedSuffix = '.unfinished';
/** A file that another program has open, if only to look for viruses, is mostly let go of within so many looks, */
const mostLooks = 6;
/** which are so far apart. */
const pauseMilliseconds = 10;

/**
 * Writes a file as a whole or not at all: under another name, to the disk itself, then renamed. Whoever reads sees the
 * file before or the file after, even when the machine stops in between. No two writers use the same other name.
 */
export function writeWhole(fs: FileSystem, file: string, parts: readonly Uint8Array[]): void {
  const unfinished = `${file}.${randomUUID()}${unfinishedSuffix}`;
  try {
    const handle = fs.openSync(unfinished, 'w');
    try {
      for (const part of parts) writeAll(fs, handle, part);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    replace(fs, unfinished, file);
  } catch (error) {
    fs.rmSync(unfinished, { force: true });
    throw error;
  }
  syncFolder(fs, dirname(file));
}

/** Deletes what writers of a file have left that were killed. One that is at it all the same sees its write fail. */
export function clearUnfinished(fs: FileSystem, file: string): void {
  try {
    const left = fs
      .readdirSync(dirname(file))
      .filter(name => name.startsWith(`${basename(file)}.`) && name.endsWith(unfinishedSuffix));
    for (const name of left) fs.rmSync(join(dirname(file), name), { force: true });
  } catch {
    // perhaps the next time: they are in nobody's way
  }
}

/** @throws DamagedFileError, before anything is read, where there are more bytes than were ever written */
export function readWhole(fs: FileSystem, file: string, mostBytes: number): Buffer {
  if (fs.statSync(file).size > mostBytes) throw new DamagedFileError('it is larger than any that was written');
  return fs.readFileSync(file);
}

/** A write may take less than all of it. */
function writeAll(fs: FileSystem, handle: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += fs.writeSync(handle, bytes, written);
}

/** Windows replaces no file that another program has open. */
function replace(fs: FileSystem, from: string, to: string): void {
  for (let look = 1; ; look++) {
    try {
      fs.renameSync(from, to);
      return;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (look === mostLooks || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);
    }
  }
}

/** The new name is on the disk only when the folder is; where a disk cannot do that at once, it does so sooner or later. */
function syncFolder(fs: FileSystem, folder: string): void {
  if (process.platform === 'win32') return; // where folders cannot be opened, nor need it
  try {
    const handle = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // the file is written
  }
}
