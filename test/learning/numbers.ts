/** The numbers of docs/learning.md, computed with the modules that the product is made of. */
import type { Cooperative } from '../../src/makemore/generate';
import { countedLosses } from '../../src/makemore/ngrams';
import { readNames } from '../../src/reading/read-names';
import { at } from '../../src/shared/at';
import type { Hyperparameters } from '../../src/shared/hyperparameters';
import { presetById } from '../../src/shared/presets';
import type { Purpose } from '../../src/shared/run';
import { defaultSampleRequest, type Origin } from '../../src/shared/sampling';
import { createVocabulary } from '../../src/shared/vocabulary';
import { createRun, type Run } from '../../src/worker/create-run';
import { drawJudged } from '../../src/worker/draw-names';

/** @param text of a names file. The numbers take about a minute. */
export async function numbersOf(text: string) {
  const { names } = readNames(text, 'names.txt');
  const vocabulary = createVocabulary(names);
  const trained = await train(text, 'mlp-part3-tanh', 20_000);
  return {
    names: names.length,
    vocabSize: vocabulary.itos.length,
    counted: countedLosses(names, vocabulary),
    dev: await lossOf(trained, 'dev'),
    floors: await floorsOf(text),
    lag: await lagOf(text, [50, 200, 500, 2_000]),
    samples: await samplesOf(text, trained),
    moved: await movedOf(text, trained),
  };
}

async function start(text: string, id: string, purpose: Purpose = 'train', changes: Hyperparameters = {}) {
  const preset = presetById(id);
  const hyperparameters = { ...preset.hyperparameters, ...changes };
  return createRun(text, 'names.txt', { ...preset, hyperparameters }, 'compiled', { purpose });
}

async function train(text: string, id: string, steps: number): Promise<Run> {
  const run = await start(text, id);
  for (let step = 0; step < steps; step++) run.trainer.trainStep();
  return run;
}

async function lossOf({ trainer }: Run, split: 'train' | 'dev', calibrated = false): Promise<number> {
  return Promise.resolve(finish(trainer.evaluate(split, calibrated ? 'calibrated' : 'running')) ?? NaN);
}

/** The least loss of the first batch, given what a model sees of it, and what a thousand steps reach. */
async function floorsOf(text: string) {
  const tries = [
    ['bigram-net', 'the last character', {}],
    ['makemore-bigram', 'the last character', {}],
    ['makemore-bigram', 'the last character', { learningRate: 0.05 }],
    ['trigram-net', 'two characters', {}],
    ['mlp-part3-kaiming', 'three characters', {}],
    ['wavenet-part5-fixed', 'eight characters', {}],
    ['makemore-rnn', 'the whole name so far', {}],
  ] as const;
  const rows = [];
  for (const [preset, sees, changes] of tries) {
    const { trainer } = await start(text, preset, 'overfit', changes);
    let reached = NaN;
    for (let step = 0; step < trainer.maxSteps; step++) reached = trainer.trainStep().loss;
    rows.push({ preset, sees, ...changes, floor: trainer.floor ?? NaN, steps: trainer.maxSteps, reached });
    trainer.dispose();
  }
  return rows;
}

/** The dev loss by the running statistics and by those of the whole train split. */
export async function lagOf(text: string, steps: readonly number[]) {
  const run = await start(text, 'mlp-part3-batchnorm');
  const rows = [];
  for (const step of steps) {
    while (run.trainer.step < step) run.trainer.trainStep();
    finish(run.trainer.calibrate());
    rows.push({ step, running: await lossOf(run, 'dev'), calibrated: await lossOf(run, 'dev', true) });
  }
  run.trainer.dispose();
  return rows;
}

/** Where 1,000 drawn names stand. */
async function samplesOf(text: string, trained: Run) {
  const counts = await start(text, 'trigram-counts');
  const draw = (model: string, run: Run, temperature: number, topK: number) => {
    const { words, known } = finish(drawJudged(run, { ...defaultSampleRequest, count: 1000, temperature, topK }));
    const share = (origin: Origin): number => words.filter(word => word.origin === origin).length / words.length;
    return { model, temperature, topK, train: share('train'), dev: share('dev'), test: share('test'), known };
  };
  return [
    ...[0.5, 0.75, 1, 1.5].map(temperature => draw('mlp-part3-tanh', trained, temperature, 0)),
    draw('mlp-part3-tanh', trained, 1, 3),
    draw('trigram-counts', counts, 1, 0),
    draw('trigram-counts', counts, 0.5, 0),
    draw('trigram-counts', counts, 1, 3),
  ];
}

/** How long the rows of C were when they were drawn, and how far they have moved. */
async function movedOf(text: string, trained: Run) {
  const { trainer: fresh, info } = await start(text, 'mlp-part3-tanh');
  const tableOf = (run: Pick<Run, 'trainer'>): { values: Float32Array; width: number } => {
    const { C } = run.trainer.save().variables;
    if (!C) throw new Error('There is no table C.');
    return { values: C.values, width: at(C.shape, 1) };
  };
  const before = tableOf({ trainer: fresh });
  const after = tableOf(trained);
  return Array.from('aenlfjq', character => {
    const row = info.characters.indexOf(character);
    const own = ({ values, width }: typeof before) => [...values.subarray(row * width, (row + 1) * width)];
    const start = own(before);
    return {
      character,
      length: Math.hypot(...start),
      moved: Math.hypot(...own(after).map((v, i) => v - at(start, i))),
    };
  });
}

function finish<T>(work: Cooperative<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
