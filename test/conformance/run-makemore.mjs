// Runs the product's own command line on the lectures' names file.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inRepository } from '../vscode/harness/places.mjs';

/** The names file that was asked for, or the one beside the checkout; if there is none, this process ends with status 2. */
export function findNames(asked) {
  // npm runs scripts in the repository; a relative path means the folder in which it was typed
  const typedIn = (process.env.npm_lifecycle_event && process.env.INIT_CWD) || process.cwd();
  const file = asked === undefined ? inRepository('../shared/data/names.txt') : path.resolve(typedIn, asked);
  if (fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  console.error(`There is no file ${file}: name the lectures' names file with --input-file FILE.`);
  process.exit(2);
}

/**
 * What one run of the command line prints, by the types of its lines.
 * @typedef {object} RunOutput
 * @property {any} started
 * @property {number[]} losses by step, with holes
 * @property {any} [evaluated]
 * @property {any} [diagnostics]
 * @property {any} [sampled]
 * @property {any} stopped
 */

/**
 * @param {string} names a file
 * @param {string[]} flags
 * @returns {Promise<RunOutput>} rejected if the command line fails
 */
export async function runMakemore(names, flags) {
  const args = [inRepository('scripts/makemore.mjs'), '--input-file', names, '--num-samples', '0', '--json', ...flags];
  const child = spawn(process.execPath, args, { cwd: inRepository(), stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', chunk => (text += chunk));
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  if (status !== 0) throw new Error(`makemore ${flags.join(' ')} ended with status ${status}.`);

  const output = { losses: [] };
  for (const { type, ...fields } of text.trimEnd().split('\n').map(JSON.parse)) {
    if (type === 'loss') output.losses[fields.step] = fields.loss;
    else output[type] = fields;
  }
  return output;
}
