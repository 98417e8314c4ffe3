import type fs from 'node:fs';
import { dirname } from 'node:path';
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

/**
 * Writes a file as a whole or not at all: under another name, to the disk itself, then renamed. Whoever reads sees the
 * file before or the file after, even when the machine stops in between.
 */
export function writeWhole(fs: FileSystem, file: string, parts: readonly Uint8Array[]): void {
  const unfinished = `${file}.unfinished`;
  try {
    const handle = fs.openSync(unfinished, 'w');
    try {
      for (const part of parts) writeAll(fs, handle, part);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(unfinished, file);
  } catch (error) {
    fs.rmSync(unfinished, { force: true });
    throw error;
  }
  syncFolder(fs, dirname(file));
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

/** The new name is on the disk only when the folder is. */
function syncFolder(fs: FileSystem, folder: string): void {
  if (process.platform === 'win32') return; // where folders cannot be opened, nor need it
  const handle = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
