import { basename, dirname, join } from 'node:path';
import { deleteUnfinished } from './delete';
import { finishedName, ownFile, unfinishedName, type FileSystem } from './file-system';

/** A file that is on the disk as a whole, but not yet under its own name. */
export interface PreparedFile {
  commit(): void;
  discard(): void;
}

/**
 * Writes a file as a whole or not at all: it is written under another name, synced to the disk, and renamed. Readers see
 * the old file or the new one, even if the machine stops in between. Every writer uses another name of its own.
 */
export function writeWhole(fs: FileSystem, file: string, parts: readonly Uint8Array[]): void {
  prepareWhole(fs, file, parts).commit();
}

/** The first half of `writeWhole`: a disk that has no room says so here, before anything is replaced. */
export function prepareWhole(fs: FileSystem, file: string, parts: readonly Uint8Array[]): PreparedFile {
  const unfinished = unfinishedName(file);
  const discard = (): void => {
    try {
      deleteUnfinished(fs, unfinished);
    } catch {
      // what went wrong before is what a person must know; the next writer clears it away
    }
  };
  const orDiscard = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      discard();
      throw error;
    }
  };
  orDiscard(() => {
    const handle = fs.openSync(unfinished, 'wx', ownFile);
    try {
      for (const part of parts) writeAll(fs, handle, part);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  });
  const commit = (): void => {
    orDiscard(() => fs.renameSync(unfinished, file));
    syncFolder(fs, dirname(file));
  };
  return { commit, discard };
}

/** Deletes what killed writers of a file have left behind. If one of them is still writing after all, its write fails. */
export function clearUnfinished(fs: FileSystem, file: string): void {
  try {
    const left = fs.readdirSync(dirname(file)).filter(name => finishedName(name) === basename(file));
    for (const name of left) deleteUnfinished(fs, join(dirname(file), name));
  } catch {
    // they are in nobody's way, and the next write tries again
  }
}

/** A single write may write only some of the bytes. */
function writeAll(fs: FileSystem, handle: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += fs.writeSync(handle, bytes, written);
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
