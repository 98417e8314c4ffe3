/**
 * A process that trains a run and keeps it, until it is killed or has made its last step.
 *   node kept-run.child.js ROOT ID INTERVAL
 * It prints `step N` before each checkpoint, `kept N` after it, and in one line why it cannot go on.
 */
import fs from 'node:fs';
import { messageOf } from '../../src/shared/errors';
import { RunStorage } from '../../src/store/run-storage';
import { createRun } from '../../src/worker/create-run';
import { ownFolder, restoreRun, type OwnedFolder } from '../../src/worker/stored-run';
import { killed, killedOptions, killedText } from './killed-run';

const [root = '', id = '', interval] = process.argv.slice(2);

/** Written synchronously: the line is out before the process can be killed. */
function print(line: string): void {
  fs.writeSync(1, `${line}\n`);
}

async function begin({ folder }: OwnedFolder) {
  const source = { name: 'names.txt', uri: 'file:///names.txt' };
  folder.create({ id, source, preset: killed, options: killedOptions, created: 0 }, killedText);
  return { run: await createRun(killedText, source.name, killed, 'compiled', killedOptions), losses: [] };
}

async function resume({ folder }: OwnedFolder) {
  const { run, stored } = await restoreRun(folder.read());
  return { run, losses: [...stored.checkpoint.losses] };
}

async function main(): Promise<void> {
  const place = new RunStorage(fs, root).placeOf(id);
  const owned = ownFolder(place.folder, place.owner);
  const begun = fs.existsSync(`${place.folder}/checkpoint.safetensors`);
  const { run, losses } = begun ? await resume(owned) : await begin(owned);
  const { trainer } = run;
  const { flavor } = trainer;
  for (;;) {
    const { step, maxSteps } = trainer;
    print(`step ${step}`);
    const status = step < maxSteps ? 'running' : 'finished';
    const history = { losses: Float32Array.from(losses), evaluations: [] };
    owned.folder.writeCheckpoint({ id, step, status, flavor, ...history, model: trainer.save() });
    print(`kept ${step}`);
    if (step >= maxSteps) break;
    for (let i = 0; i < Number(interval) && trainer.step < maxSteps; i++) losses.push(trainer.trainStep().loss);
  }
  owned.lock.release();
}

main().catch((error: unknown) => {
  print(messageOf(error));
  process.exitCode = 2;
});
