/**
 * A process that trains a run and keeps it, until it is killed or at its last step.
 *   node kept-run.child.js ROOT ID INTERVAL
 * It says `step N` before each checkpoint, `kept N` after it, and in one line why it cannot go on.
 */
import fs from 'node:fs';
import { at } from '../../src/shared/at';
import { messageOf } from '../../src/shared/errors';
import { RunStorage } from '../../src/store/run-storage';
import { createRun } from '../../src/worker/create-run';
import { ownFolder, restoreRun, type OwnedFolder } from '../../src/worker/stored-run';
import { killed, killedOptions, killedText } from './killed-run';

const [root, id, interval] = [at(process.argv, 2), at(process.argv, 3), at(process.argv, 4)];

/** At once, so that what was said was said before the process is killed. */
function say(line: string): void {
  fs.writeSync(1, `${line}\n`);
}

async function begin({ folder }: OwnedFolder) {
  const source = { name: 'names.txt', uri: 'file:///names.txt' };
  folder.create({ id, source, preset: killed, options: killedOptions, created: 0 }, killedText);
  return { run: await createRun(killedText, source.name, killed, 'compiled', killedOptions), losses: [] };
}

async function goOn({ folder }: OwnedFolder) {
  const { run, stored } = await restoreRun(folder.read());
  return { run, losses: [...stored.checkpoint.losses] };
}

async function main(): Promise<void> {
  const place = new RunStorage(fs, root).placeOf(id);
  const owned = ownFolder(place.folder, place.owner);
  const begun = fs.existsSync(`${place.folder}/checkpoint.safetensors`);
  const { run, losses } = begun ? await goOn(owned) : await begin(owned);
  const { trainer } = run;
  const engine = trainer.flavor;
  for (;;) {
    const { step, maxSteps } = trainer;
    say(`step ${step}`);
    const status = step < maxSteps ? 'running' : 'finished';
    const history = { losses: Float32Array.from(losses), evaluations: [] };
    owned.folder.writeCheckpoint({ id, step, status, engine, ...history, model: trainer.save() });
    say(`kept ${step}`);
    if (step >= maxSteps) break;
    for (let i = 0; i < Number(interval) && trainer.step < maxSteps; i++) losses.push(trainer.trainStep().loss);
  }
  owned.lock.release();
}

main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
