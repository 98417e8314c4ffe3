import { constants } from 'node:fs';
import { codeOf, type FileSystem } from './file-system';
import { DamagedFileError } from './safetensors';

/** Windows knows neither of the last two. */
const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants as Partial<typeof constants> & { O_RDONLY: number };
/** A pipe is opened without waiting for somebody who writes into it, and a link is not followed. */
export const reading = O_RDONLY | O_NONBLOCK | O_NOFOLLOW;

/** @throws DamagedFileError, before anything is read, if it is not a regular file, or larger than any that was written */
export function readWhole(fs: FileSystem, file: string, mostBytes: number): Buffer {
  return whileOpen(fs, file, (handle, size) => {
    if (size > mostBytes) throw new DamagedFileError('it is larger than any that was written');
    return readBytes(fs, handle, size);
  });
}

/** Reads the first so many bytes, or fewer if the file is shorter. @throws DamagedFileError if it is not a regular file */
export function readBeginning(fs: FileSystem, file: string, most: number): Buffer {
  return whileOpen(fs, file, (handle, size) => readBytes(fs, handle, Math.min(most, size)));
}

/** What is looked at and what is read has one handle: nobody can put another file in its place in between. */
function whileOpen<T>(fs: FileSystem, file: string, read: (handle: number, size: number) => T): T {
  const handle = open(fs, file);
  try {
    const stat = fs.fstatSync(handle);
    if (!stat.isFile()) throw new DamagedFileError('it is not a regular file');
    return read(handle, stat.size);
  } finally {
    fs.closeSync(handle);
  }
}

function open(fs: FileSystem, file: string): number {
  try {
    return fs.openSync(file, reading);
  } catch (error) {
    throw codeOf(error) === 'ELOOP' ? new DamagedFileError('it is a link') : error;
  }
}

function readBytes(fs: FileSystem, handle: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const more = fs.readSync(handle, bytes, read, length - read, read);
    if (more === 0) break; // it has become shorter meanwhile
    read += more;
  }
  return bytes.subarray(0, read);
}
