/**
 * The only module that deletes. It takes what is proved to be ours, one thing at a time, and never goes through a link:
 * `lstat` says what stands there, `unlink` takes one file, and `rmdir` only a folder with nothing in it.
 */
import { lstat, unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { codeOf, finishedName, isRealFolder, standing, type FileSystem } from './file-system';
import { isLockFolder } from './owner';

/** Deletes a file, if there is one. @param prove throws unless the file is ours */
export function deleteFile(fs: FileSystem, file: string, prove: () => unknown): void {
  if (!standing(fs, file)?.isFile()) return;
  prove();
  fs.unlinkSync(file);
}

/** Deletes what a writer has begun. */
export function deleteUnfinished(fs: FileSystem, file: string): void {
  if (finishedName(file) !== undefined && standing(fs, file)?.isFile()) fs.unlinkSync(file);
}

/** Deletes a folder of a lock, if there is one. @throws ENOTEMPTY if something is in it */
export function deleteLockFolder(fs: FileSystem, folder: string): void {
  if (isLockFolder(basename(folder))) deleteEmptyFolder(fs, folder);
}

/** Deletes a folder, if there is one. @throws ENOTEMPTY if something is in it */
export function deleteEmptyFolder(fs: FileSystem, folder: string): void {
  try {
    if (isRealFolder(fs, folder)) fs.rmdirSync(folder);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error; // others have deleted it meanwhile
  }
}

const picturesForm = /^(unfinished )?[0-9a-f]{16} [\w-]+( [0-9a-f-]{36})?$/;

/** Whether a file of last pictures has such a name. */
export function isPicturesName(name: string): boolean {
  return picturesForm.test(name);
}

/** Deletes last pictures, if there are any. */
export async function deletePictures(file: string): Promise<void> {
  try {
    if (isPicturesName(basename(file)) && (await lstat(file)).isFile()) await unlink(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
