import { join } from 'node:path';
import { deleteEmptyFolder, deleteFile, deleteLockFolder, deleteUnfinished } from './delete';
import { isRealFolder, type FileSystem } from './file-system';
import { isLockFolder } from './owner';
import { files, isOfRun } from './run-files';
import { RunFolder } from './run-folder';

/**
 * Deletes a run: what the files of a run are called, if its record or its checkpoint proves that they are. Whatever else is
 * there stays, and the folder with it.
 *
 * @throws whatever the disk throws
 */
export function deleteRun(fs: FileSystem, folder: string): void {
  if (!isRealFolder(fs, folder)) return;
  const run = new RunFolder(fs, folder);
  // What proves the others goes last, so that a deletion that was cut short can be finished.
  const proofs: Readonly<Record<string, () => unknown>> = {
    [files.record]: () => run.readRecord(),
    [files.checkpoint]: () => run.readSummary(),
  };
  const last = Object.entries(proofs).find(([, prove]) => isReadable(prove));
  for (const name of fs.readdirSync(folder)) {
    const path = join(folder, name);
    if (isLockFolder(name)) deleteLock(fs, path);
    else if (last && isOfRun(name) && name !== last[0]) deleteFile(fs, path, last[1]);
    else deleteUnfinished(fs, path);
  }
  if (last) deleteFile(fs, join(folder, last[0]), last[1]);
  deleteIfEmpty(fs, folder, deleteEmptyFolder);
}

function deleteLock(fs: FileSystem, folder: string): void {
  if (!isRealFolder(fs, folder)) return;
  for (const name of fs.readdirSync(folder)) deleteIfEmpty(fs, join(folder, name), deleteLockFolder);
  deleteIfEmpty(fs, folder, deleteLockFolder);
}

function deleteIfEmpty(fs: FileSystem, folder: string, act: typeof deleteEmptyFolder): void {
  if (isRealFolder(fs, folder) && fs.readdirSync(folder).length === 0) act(fs, folder);
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
