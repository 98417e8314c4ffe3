/**
 * Draws 1,000 names from a trained preset whenever it is asked to, as the worker does.
 *
 *     node names.js PRESET NAMES_FILE
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { at } from '../../src/shared/at';
import { presetById } from '../../src/shared/presets';
import { defaultSampleRequest } from '../../src/shared/sampling';
import { createRun } from '../../src/worker/create-run';
import { drawNames } from '../../src/worker/draw-names';
import { runInSlices } from '../../src/worker/loop';
import { answerLines } from './lines';

/** Enough for names to end: those of an untrained model are hundreds of characters long. */
const steps = 500;
const count = 1_000;

const presetId = at(process.argv, 2);
const namesFile = at(process.argv, 3);
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

async function main(): Promise<void> {
  const text = readFileSync(namesFile, 'utf8');
  const run = await createRun(text, basename(namesFile), presetById(presetId), 'compiled');
  for (let step = 0; step < steps; step++) run.trainer.trainStep();
  await answerLines({ engine: run.info.engine, steps, count }, async () => {
    const begun = performance.now();
    await runInSlices(drawNames(run, { ...defaultSampleRequest, count }), () => true);
    return { milliseconds: performance.now() - begun };
  });
}
