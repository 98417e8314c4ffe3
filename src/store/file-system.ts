import { randomUUID } from 'node:crypto';
import { basename, dirname } from 'node:path';

export interface FileStat {
  isFile(): boolean;
  isDirectory(): boolean;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * The part of Node's `fs` that the store uses; tests replace it with one that fails. All of it is synchronous: the
 * training thread has nothing else to do meanwhile, and half a checkpoint is of no use to anybody. There is no `rm`: it
 * would go through whole folders, and under Windows it does nothing, or ends the process, where a path is not ASCII.
 */
export interface FileSystem {
  readonly accessSync: (path: string, mode: number) => void;
  readonly lstatSync: (path: string) => FileStat;
  readonly statSync: (path: string) => FileStat;
  readonly utimesSync: (path: string, accessedSeconds: number, modifiedSeconds: number) => void;
  readonly renameSync: (from: string, to: string) => void;
  readonly unlinkSync: (path: string) => void;

  readonly mkdirSync: (path: string, options: { readonly mode: number }) => unknown;
  readonly readdirSync: (path: string) => string[];
  readonly rmdirSync: (path: string) => void;

  readonly openSync: (path: string, flags: 'r' | 'wx' | number, mode?: number) => number;
  readonly fstatSync: (handle: number) => FileStat;
  readonly readSync: (handle: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;
  readonly writeSync: (handle: number, bytes: Uint8Array, offset: number) => number;
  readonly fsyncSync: (handle: number) => void;
  readonly closeSync: (handle: number) => void;
}

/** Names may be private: nobody else may read them. */
export const ownFile = 0o600;
export const ownFolder = 0o700;

/** The system's code for what went wrong, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  const { code } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return code;
}

/** What stands at a path, and not what a link leads to; undefined if nothing does. */
export function standing(fs: FileSystem, path: string): FileStat | undefined {
  try {
    return fs.lstatSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** Whether a folder stands there itself, rather than a link to one. */
export function isRealFolder(fs: FileSystem, path: string): boolean {
  return standing(fs, path)?.isDirectory() === true;
}

/**
 * Makes a folder, with those that it is in. Node's own `recursive` gives ENOENT as the reason on a disk that may only be
 * read.
 */
export function makeFolder(fs: FileSystem, folder: string): void {
  try {
    makeOne(fs, folder);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    makeFolder(fs, dirname(folder));
    makeOne(fs, folder);
  }
}

function makeOne(fs: FileSystem, folder: string): void {
  try {
    fs.mkdirSync(folder, { mode: ownFolder });
  } catch (error) {
    if (!isFolder(fs, folder)) throw error;
  }
}

function isFolder(fs: FileSystem, path: string): boolean {
  try {
    return fs.statSync(path).isDirectory();
  } catch {
    return false; // whoever wanted to make it knows why it could not
  }
}

const unfinishedForm = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.unfinished$/;

/** Under which name a file is written before it gets its own. */
export function unfinishedName(file: string): string {
  return `${file}.${randomUUID()}.unfinished`;
}

/** The name of the file of which this is an unfinished one; undefined if it is something else. */
export function finishedName(file: string): string | undefined {
  const name = basename(file);
  return unfinishedForm.test(name) ? name.replace(unfinishedForm, '') : undefined;
}
