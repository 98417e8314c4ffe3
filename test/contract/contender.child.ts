/**
 * A process that wants to own many runs, each at the moment at which others want it too, and stays until it is told to go.
 *   node contender.child.js FOLDER ROUNDS START
 * It says `own N` for each that it got, and why not of the others.
 */
import fs from 'node:fs';
import { join } from 'node:path';
import { at } from '../../src/shared/at';
import { messageOf } from '../../src/shared/errors';
import { ownFolder } from '../../src/worker/stored-run';

/** From one round to the next. */
const milliseconds = 4;
const [folder, rounds, start] = [at(process.argv, 2), at(process.argv, 3), at(process.argv, 4)];

for (let i = 0; i < Number(rounds); i++) {
  while (Date.now() < Number(start) + i * milliseconds);
  try {
    ownFolder(join(folder, `${i}`));
    fs.writeSync(1, `own ${i}\n`);
  } catch (error) {
    fs.writeSync(1, `${messageOf(error)}\n`);
  }
}
process.stdin.resume(); // while it lives the runs are its own
