import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CompiledEngine } from '../../src/engine/compiled-engine';
import { createEngine } from '../../src/engine/create-engine';
import { detectSimd } from '../../src/engine/emit/wasm';
import type { Engine } from '../../src/engine/engine';
import { splitNames } from '../../src/makemore/dataset';
import { modelDefinitions } from '../../src/makemore/models';
import type { NeuralModel, Pass } from '../../src/makemore/models/model';
import { matrix } from '../../src/makemore/nn';
import { TorchGenerator } from '../../src/makemore/random';
import { at } from '../../src/shared/at';
import { valuesOf, type Hyperparameters } from '../../src/shared/hyperparameters';
import { watchNothing } from '../../src/shared/inspection';
import { named } from '../../src/shared/named';
import { readNames } from '../../src/reading/read-names';
import { defaultMemoryLimit } from '../../src/shared/limits';
import { isCounting, presetById, presets, withHyperparameters, type Preset } from '../../src/shared/presets';
import { engineIds, type WatchedTensor } from '../../src/shared/run';
import { createVocabulary } from '../../src/shared/vocabulary';
import { createRun } from '../../src/worker/create-run';
import { createNet } from '../../src/worker/net';
import { NeuralTrainer } from '../../src/worker/neural-trainer';
import { finish } from '../contract/small';

/** Float32 in base64, little-endian. */
type Encoded = string;
type After = 'after1' | 'after10';

/** What make_models.py records of a preset at a small size. */
interface Case {
  readonly preset: string;
  readonly file: string;
  /** Those that are not the preset's own. */
  readonly hyperparameters: Hyperparameters;
  /** All of it, and the logits of its first rows, before the first update. */
  readonly firstBatch: Readonly<Record<'x' | 'logits', Encoded>>;
  /** Before each of ten updates. */
  readonly losses: Encoded;
  readonly parameters: Readonly<
    Record<string, Readonly<Record<'initial' | 'gradient' | After, Encoded>> & { readonly shape: number[] }>
  >;
  /** Of parameters that have elements whose gradient is 0 but for rounding: the first one, and the one behind the last. */
  readonly zeroGradients: Readonly<Record<string, readonly [begin: number, end: number]>>;
  /** Running statistics. */
  readonly state: Readonly<Record<string, Readonly<Record<After, Encoded>>>>;
  /** Of each split that there is, after ten updates. */
  readonly evaluation: Readonly<Partial<Record<'train' | 'dev' | 'test', number>>>;
}
interface Golden {
  readonly vocabularies: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

const golden = JSON.parse(readFileSync('test/golden/models.json', 'utf8')) as Golden;

/** Of the largest number in a tensor. */
const relative = 1e-4;
/** randn's logarithm and cosine differ in the last bit; every other draw is equal. */
const ofRandn = 2e-6;
/** Of gradients that are 0: sums of numbers below 1 that cancel. */
const ofZero = 1e-7;
/**
 * After AdamW, of the learning rate. Where a gradient is 0 but for rounding, AdamW makes of its last bits a step of
 * their own each time: PyTorch itself strays by a twentieth in ten updates, even with the preset's own widths.
 */
const ofAdamW = 1 / 20;

/** Every engine, the compiled one with each kind of instructions that this machine has. */
const engines = engineIds.flatMap<{ name: string; create: () => Promise<Engine> }>(id => {
  if (id !== 'compiled') return [{ name: id, create: async () => (await createEngine(id)).engine }];
  const flavors = detectSimd() === 'fma' ? (['fma', 'simd'] as const) : (['simd'] as const);
  return flavors.map(simd => ({
    name: `${id} with ${simd}`,
    create: () => Promise.resolve(new CompiledEngine({ simd })),
  }));
});

describe("PyTorch's models", () => {
  it('cases cover every preset that learns, with another seed and another vocabulary too', () => {
    for (const { id } of presets.filter(preset => !isCounting(preset))) {
      const ofPreset = golden.cases.filter(({ preset }) => preset === id);
      ok(ofPreset.some(({ hyperparameters }) => hyperparameters.seed === undefined));
      ok(ofPreset.some(({ hyperparameters }) => hyperparameters.seed !== undefined));
      strictEqual(new Set(ofPreset.map(({ file }) => named(golden.vocabularies, file).length)).size, 2);
    }
  });

  for (const [file, characters] of Object.entries(golden.vocabularies))
    it(`${file} has the vocabulary ${characters}`, () => {
      deepStrictEqual(createVocabulary(readNames(textOf(file), file).names).itos, [...characters]);
    });

  for (const expected of golden.cases) {
    const preset = withHyperparameters(presetById(expected.preset), expected.hyperparameters);
    describe(title(expected), () => {
      for (const { name, create } of engines)
        it(`has the same weights, logits, losses and gradients on ${name}`, async () => {
          const engine = await create();
          const { trainer, model, vocabSize } = startRun(preset, expected.file, engine);
          const initial = compareInitial(trainer, expected);
          const size = { vocabSize, blockSize: trainer.blockSize };
          const batch = decode(expected.firstBatch.x);
          const logits = decode(expected.firstBatch.logits);
          const ours = firstLogits(await create(), model, preset, size, initial, batch);
          compare(ours.subarray(0, logits.length), logits, 'logits');
          compareTraining(trainer, engine, expected, preset);
          for (const split of ['train', 'dev', 'test'] as const) {
            const loss = finish(trainer.evaluate(split));
            const theirs = expected.evaluation[split];
            if (theirs === undefined) strictEqual(loss, null);
            else compare([loss!], [theirs], `loss of ${split}`);
          }
          trainer.dispose();
        });

      it('in a run of the product', async () => {
        const { trainer, info } = await createRun(textOf(expected.file), expected.file, preset, engineIds[0]);
        deepStrictEqual(
          [info.engine, info.vocabSize],
          [engineIds[0], named(golden.vocabularies, expected.file).length],
        );
        decode(expected.losses).forEach((loss, i) => compare([trainer.trainStep().loss], [loss], `loss ${i}`));
        trainer.dispose();
      });
    });
  }
});

/** As `createRun` starts it, on an engine of which the test can read the running statistics. */
function startRun(preset: Preset, file: string, engine: Engine) {
  const { names } = readNames(textOf(file), file);
  const model = modelDefinitions[preset.model] as NeuralModel;
  const { hyperparameters: h } = preset;
  const generator = new TorchGenerator(valuesOf(h, ['seed']).seed);
  const splits = splitNames(names, preset, generator);
  const vocabulary = createVocabulary(names);
  const memory = { lengths: new Map(), distinct: 0, memoryLimit: defaultMemoryLimit };
  const data = { splits, vocabulary, generator, ...memory, purpose: 'train' } as const;
  const trainer = new NeuralTrainer(model, h, data, engine);
  return { trainer, model, vocabSize: vocabulary.itos.length };
}

/** @returns the weights as drawn */
function compareInitial(trainer: NeuralTrainer, { parameters }: Case): Record<string, Float32Array> {
  const expected = Object.entries(parameters);
  deepStrictEqual(
    trainer.parameters,
    expected.map(([name, { shape }]) => ({ name, shape })),
  );
  const drawn = tensorsOf(
    trainer,
    expected.map(([name]) => name),
  );
  for (const [name, { initial }] of expected) compare(named(drawn, name).values, decode(initial), name, () => ofRandn);
  return Object.fromEntries(expected.map(([name]) => [name, named(drawn, name).values]));
}

function tensorsOf(trainer: NeuralTrainer, tensors: readonly string[]): Record<string, WatchedTensor> {
  return trainer.inspect({ ...watchNothing, tensors }).tensors as Record<string, WatchedTensor>;
}

/** The logits of a training pass: with batch normalization they follow from the whole batch. */
function firstLogits(
  engine: Engine,
  model: NeuralModel,
  { hyperparameters: h }: Preset,
  size: { vocabSize: number; blockSize: number },
  initial: Record<string, Float32Array>,
  batch: Float32Array,
): Float32Array {
  const net = createNet(model, h, size, engine, new TorchGenerator(0));
  for (const [name, values] of Object.entries(initial)) engine.write(name, values);
  const pass: Pass = { h, training: true, state: net.state, tap: (_, tensor) => tensor };
  const shape = [batch.length / size.blockSize, size.blockSize];
  const program = engine.compile(({ x }) => ({ logits: model.forward(net.parameters, matrix(x), pass) }), {
    x: { shape, dtype: 'int32' },
  });
  program.write('x', batch);
  program.run();
  const logits = program.read('logits');
  engine.dispose();
  return logits;
}

/** Ten updates, the first of them watched. */
function compareTraining(trainer: NeuralTrainer, engine: Engine, expected: Case, { hyperparameters: h }: Preset): void {
  const parameters = Object.entries(expected.parameters);
  const gradientNames = parameters.map(([name]) => `${name}.grad`);
  const isZero = (name: string, i: number): boolean => {
    const [begin, end] = expected.zeroGradients[name] ?? [0, 0];
    return i >= begin && i < end;
  };
  const compareWeights = (updates: 1 | 10): void => {
    const weights = tensorsOf(
      trainer,
      parameters.map(([name]) => name),
    );
    for (const [name, tensor] of parameters) {
      const theirs = decode(tensor[`after${updates}`]);
      const most =
        h.weightDecay === undefined ? ofLargest(theirs) : valuesOf(h, ['learningRate']).learningRate * ofAdamW;
      const mostOf = (i: number): number => (h.weightDecay !== undefined && isZero(name, i) ? updates * most : most);
      compare(named(weights, name).values, theirs, `${name} after update ${updates}`, mostOf);
    }
    for (const [name, statistics] of Object.entries(expected.state))
      compare(engine.read(name), decode(statistics[`after${updates}`]), `${name} after update ${updates}`);
  };

  decode(expected.losses).forEach((loss, i) => {
    compare([trainer.trainStep(i === 0).loss], [loss], `loss ${i}`);
    if (i > 0) return;
    const gradients = tensorsOf(trainer, gradientNames);
    for (const [name, { gradient }] of parameters) {
      const theirs = decode(gradient);
      const most = ofLargest(theirs);
      compare(named(gradients, `${name}.grad`).values, theirs, `${name}.grad`, j => (isZero(name, j) ? ofZero : most));
    }
    compareWeights(1);
  });
  compareWeights(10);
}

/** @param mostOf the largest difference of each element; a part of the tensor's largest number unless told */
function compare(
  ours: ArrayLike<number>,
  theirs: ArrayLike<number>,
  what: string,
  mostOf: (i: number) => number = () => ofLargest(theirs),
): void {
  strictEqual(ours.length, theirs.length, `${what} has another length`);
  Array.from(theirs, (value, i) => {
    const our = at(ours, i);
    ok(Math.abs(our - value) <= mostOf(i), `${what}[${i}] is ${our} instead of ${value}`);
  });
}

function ofLargest(values: ArrayLike<number>): number {
  return relative * Math.max(...Array.from(values, Math.abs));
}

function decode(encoded: Encoded): Float32Array {
  const bytes = Buffer.from(encoded, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

function textOf(file: string): string {
  return readFileSync(`test/golden/${file}`, 'utf8');
}

function title({ preset, file, hyperparameters }: Case): string {
  const changes = Object.entries(hyperparameters).map(([name, value]) => `${name} ${Number(value.toFixed(2))}`);
  return [preset, file, ...changes].join(', ');
}
