// A folder for VS Code to open: a small file of names, and nothing else.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRepository } from './places.mjs';

/**
 * @param {number} count how many names; few, so that a run over them takes no time
 * @returns {{folder: string, namesFile: string, remove: () => void}}
 */
export function makeNamesFolder(count = 400) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'makemore-names-'));
  const namesFile = path.join(folder, 'names.txt');
  const names = fs.readFileSync(inRepository('media/names.txt'), 'utf8').split('\n').slice(0, count);
  fs.writeFileSync(namesFile, `${names.join('\n')}\n`);
  const remove = () => {
    process.off('exit', remove);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', remove); // in case this process is interrupted
  return { folder, namesFile, remove };
}
