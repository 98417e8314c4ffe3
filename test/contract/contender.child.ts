/**
 * A process that tries to own many runs, each at the same moment as other processes, and stays until it is killed.
 *   node contender.child.js FOLDER ROUNDS START
 * It prints `own N` for each run that it got, and the refusal for each of the others.
 */
import fs from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../src/shared/errors';
import { ownFolder } from '../../src/worker/stored-run';

/** From one round to the next. */
const milliseconds = 4;
const [folder = '', rounds, start] = process.argv.slice(2);

for (let i = 0; i < Number(rounds); i++) {
  while (Date.now() < Number(start) + i * milliseconds);
  try {
    ownFolder(join(folder, `${i}`));
    fs.writeSync(1, `own ${i}\n`);
  } catch (error) {
    fs.writeSync(1, `${messageOf(error)}\n`);
  }
}
process.stdin.resume(); // the runs are its own as long as it lives
