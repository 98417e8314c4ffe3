import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { DamagedFileError } from './safetensors';

/**
 * The part of Node's `fs` that the store uses; tests replace it with one that fails. All of it is synchronous: the
 * training thread has nothing else to do meanwhile, and half a checkpoint is of no use to anybody.
 */
export interface FileSystem {
  readonly existsSync: (path: string) => boolean;
  readonly statSync: (path: string) => { readonly size: number; readonly mtimeMs: number };
  readonly utimesSync: (path: string, accessedSeconds: number, modifiedSeconds: number) => void;
  readonly renameSync: (from: string, to: string) => void;
  readonly rmSync: (path: string, options: { readonly force: true; readonly recursive?: true }) => void;

  readonly mkdirSync: (path: string, options: { readonly recursive: true }) => unknown;
  readonly readdirSync: (path: string) => string[];
  readonly rmdirSync: (path: string) => void;

  readonly openSync: (path: string, flags: 'r' | 'w') => number;
  readonly readSync: (handle: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;
  readonly writeSync: (handle: number, bytes: Uint8Array, offset: number) => number;
  readonly fsyncSync: (handle: number) => void;
  readonly closeSync: (handle: number) => void;
  readonly readFileSync: (path: string) => Buffer;
}

const unfinishedSuffix = '.unfinished';
/** Another program may have the file open, a virus scanner for instance: it is given this many chances to close it. */
const mostAttempts = 6;
const pauseMilliseconds = 10;

/**
 * Writes a file as a whole or not at all: it is written under another name, synced to the disk, and renamed. Readers see
 * the old file or the new one, even if the machine stops in between. Every writer uses another name of its own.
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

/** Deletes what killed writers of a file have left behind. If one of them is still writing after all, its write fails. */
export function clearUnfinished(fs: FileSystem, file: string): void {
  try {
    const left = fs
      .readdirSync(dirname(file))
      .filter(name => name.startsWith(`${basename(file)}.`) && name.endsWith(unfinishedSuffix));
    for (const name of left) fs.rmSync(join(dirname(file), name), { force: true });
  } catch {
    // they are in nobody's way, and the next write tries again
  }
}

/** @throws DamagedFileError, before anything is read, if the file is larger than any that was written */
export function readWhole(fs: FileSystem, file: string, mostBytes: number): Buffer {
  if (fs.statSync(file).size > mostBytes) throw new DamagedFileError('it is larger than any that was written');
  return fs.readFileSync(file);
}

/** A single write may write only some of the bytes. */
function writeAll(fs: FileSystem, handle: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += fs.writeSync(handle, bytes, written);
}

/** Windows does not replace a file that another program has open. */
function replace(fs: FileSystem, from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      fs.renameSync(from, to);
      return;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (attempt === mostAttempts || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);
    }
  }
}

/** The new name is safe only when the folder is synced too. A disk that cannot sync one writes it sooner or later. */
function syncFolder(fs: FileSystem, folder: string): void {
  if (process.platform === 'win32') return; // folders cannot be opened there, and need no sync
  try {
    const handle = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // the file itself is written
  }
}
