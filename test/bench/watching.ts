/**
 * Trains a preset whenever it is asked to, watched or not: with every tensor that the model taps, every gradient and every
 * parameter copied as often as the worker copies what panels look at.
 *
 *     node watching.js PRESET NAMES_FILE
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { presetById } from '../../src/shared/presets';
import { createRun } from '../../src/worker/create-run';
import { trainSteps } from '../../src/worker/loop';
import { Reporter } from '../../src/worker/reporter';
import { answerLines, repeatFor } from './lines';

const [presetId, namesFile] = process.argv.slice(2);
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

async function main(): Promise<void> {
  const text = readFileSync(namesFile, 'utf8');
  const { trainer, info } = await createRun(text, basename(namesFile), presetById(presetId), 'compiled');
  let bytes = 0;
  const reporter = new Reporter(trainer, event => {
    if (event.type !== 'tensors') return;
    for (const { values } of Object.values(event.tensors)) bytes += structuredClone(values).byteLength;
  });
  const all = everythingIn(trainer.parameters);
  await answerLines({ engine: info.engine, tensors: all.length }, question => {
    const { milliseconds, watched } = question as { milliseconds: number; watched: boolean };
    reporter.watch(watched ? all : []);
    const steps = trainSteps(
      trainer,
      Infinity,
      step => reporter.onStep(step),
      () => reporter.watchedNow(),
    );
    return { microseconds: repeatFor(milliseconds, () => steps.next()), bytes };
  });
}

/** Names that no model has are passed over. */
function everythingIn(parameters: readonly { readonly name: string }[]): string[] {
  const { hyperparameters: h } = presetById(presetId);
  const layers = Array.from({ length: h.nLayer ?? 3 }, (_, i) => i + 1);
  const taps = ['h', 'hpreact', ...layers.flatMap(i => [`h${i}`, `hpreact${i}`, `h.${i - 1}.attn`])];
  const names = [...parameters.map(({ name }) => name), ...taps];
  return [...names, ...names.map(name => `${name}.grad`)];
}
