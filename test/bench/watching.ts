/**
 * Trains a preset whenever it is asked to, watched or not. Watched means that every tensor that the model taps, every
 * gradient and every parameter is copied, as often as the worker copies what panels look at.
 *
 *     node watching.js PRESET NAMES_FILE
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { serialize } from 'node:v8';
import { at } from '../../src/shared/at';
import { watchNothing, type Watch } from '../../src/shared/inspection';
import { presetById } from '../../src/shared/presets';
import { createRun } from '../../src/worker/create-run';
import { trainSteps } from '../../src/worker/loop';
import { Reporter } from '../../src/worker/reporter';
import { answerLines, repeatFor } from './lines';

const presetId = at(process.argv, 2);
const namesFile = at(process.argv, 3);
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

async function main(): Promise<void> {
  const text = readFileSync(namesFile, 'utf8');
  const { trainer, info } = await createRun(text, basename(namesFile), presetById(presetId), 'compiled');
  let bytes = 0;
  const reporter = new Reporter(trainer, event => {
    if (event.type !== 'inspected') return;
    bytes += serialize(event.inspection).byteLength;
    reporter.drawn();
  });
  const everything: Watch = {
    tensors: trainer.parameters.flatMap(({ name }) => [name, `${name}.grad`]),
    layers: true,
    updates: true,
    batchNorms: true,
    batch: true,
    samples: false,
    walk: { text: 'emma', position: 4 },
  };
  await answerLines({ engine: info.engine, tensors: everything.tensors.length }, question => {
    const { milliseconds, watched } = question as { milliseconds: number; watched: boolean };
    reporter.watch(watched ? everything : watchNothing, true);
    const steps = trainSteps(
      trainer,
      Infinity,
      step => reporter.onStep(step),
      () => reporter.inspectsNext(),
    );
    return { microseconds: repeatFor(milliseconds, () => steps.next()), bytes };
  });
}
