import fs from 'node:fs';
import { basename } from 'node:path';
import { chooseLayout, type Choice, type Wish } from '../reading/choose';
import { decodeText } from '../reading/decode';
import { InputError, messageOf } from '../shared/errors';
import { checkFileSize, formatBytes, maxFileBytes } from '../shared/limits';

/** How a file is to be read; what is undefined is decided by the file. */
export interface InputWish extends Wish {
  readonly encoding?: string | undefined;
}

/**
 * The text of a file, and how the names stand in it.
 *
 * @throws InputError for a file that cannot be read
 */
export function readInput(file: string, wish: InputWish): Choice & { readonly text: string } {
  const name = basename(file);
  const { text, notes } = decodeText(readBytes(file), name, wish.encoding);
  const choice = chooseLayout(text, name, wish);
  return { text, layout: choice.layout, notes: [...notes, ...choice.notes] };
}

function readBytes(file: string): Buffer {
  try {
    const stat = fs.statSync(file);
    if (stat.isDirectory()) throw new InputError(`${file} is a folder: name a file with one name per line.`);
    checkFileSize(file, stat.size);
    const bytes = readAtMost(file, maxFileBytes + 1);
    // the size of a pipe is not known before
    if (bytes.length > maxFileBytes)
      throw new InputError(
        `${file} has more than ${formatBytes(maxFileBytes)}, the most that can be trained on: use a part of it.`,
      );
    return bytes;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file} cannot be read (${messageOf(error)}): name a file with one name per line.`);
  }
}

/** A pipe or a device may have no end. */
function readAtMost(file: string, most: number): Buffer {
  const parts: Buffer[] = [];
  const handle = fs.openSync(file, 'r');
  try {
    for (let left = most; left > 0;) {
      const part = Buffer.alloc(Math.min(left, 2 ** 20));
      const read = fs.readSync(handle, part);
      if (read === 0) break;
      parts.push(part.subarray(0, read));
      left -= read;
    }
  } finally {
    fs.closeSync(handle);
  }
  return Buffer.concat(parts);
}
