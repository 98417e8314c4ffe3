import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../src/shared/at';
import { watchNothing, type Inspection, type Watch } from '../../src/shared/inspection';
import { hasLayers, hasTanh } from '../../src/shared/model-parts';
import { presetById, presets } from '../../src/shared/presets';
import { engineIds, type WatchedTensor } from '../../src/shared/run';
import { createVocabulary } from '../../src/shared/vocabulary';
import { createRun } from '../../src/worker/create-run';
import type { Trainer } from '../../src/worker/trainer';
import { finish, names, neuralPresets, smallPreset, trainerOf, predictorOf } from './small';

const everything: Watch = {
  ...watchNothing,
  layers: true,
  updates: true,
  batchNorms: true,
  batch: true,
  walk: { text: 'ava', position: 2 },
};

for (const engineId of engineIds)
  for (const preset of neuralPresets)
    describe(`looking into ${preset.id} on ${engineId}`, () => {
      let trainer: Trainer;
      before(async () => void (trainer = await trainerOf(smallPreset(preset), engineId)));
      after(() => trainer.dispose());

      it('looking before the next step, which is tried and taken back, changes no loss', async () => {
        const other = await trainerOf(smallPreset(preset), engineId);
        for (let step = 0; step < 3; step++) {
          strictEqual(trainer.inspect(everything).ahead, true);
          finish(trainer.leastActivations());
          strictEqual(trainer.trainStep().loss, other.trainStep().loss);
        }
        other.dispose();
      });

      it('sees ahead the batch, layers and statistics that the step then has', () => {
        const ahead = trainer.inspect(everything);
        trainer.trainStep(true);
        const then = trainer.inspect(everything);
        deepStrictEqual({ ...ahead.batch }, { ...then.batch });
        deepStrictEqual(withoutUpdates(ahead), withoutUpdates(then));
        strictEqual(then.step, ahead.step + 1);
        strictEqual(then.ahead, false);
      });

      it('sees means, saturation and batch statistics that a plain computation gives too', () => {
        trainer.trainStep(true);
        const { layers, parameters, batchNorms, batch } = trainer.inspect(everything);
        const targets = batch!.y.values;
        const matrices = trainer.parameters.filter(({ shape }) => shape.length === 2 && at(shape, 0) > 1);
        deepStrictEqual(
          parameters!.map(({ name }) => name),
          matrices.map(({ name }) => name),
        );
        for (const { name, kind, shape, mean, saturated, gradMean, gradStd } of layers!) {
          const all = tensor(trainer, name).values;
          strictEqual(all.length, size(shape));
          // Rows behind the end of a name have no target.
          const values = all.filter((_, i) => at(targets, Math.floor((i * targets.length) / all.length)) >= 0);
          strictEqual(values.length < all.length, targets.includes(-1));
          const gradient = tensor(trainer, `${name}.grad`).values;
          const squares = gradient.reduce((sum, v) => sum + (v - gradMean) ** 2, 0);
          const padded = (all.length - values.length) * gradMean ** 2; // the gradient of padding is 0
          ok(Math.abs(gradStd - Math.sqrt((squares - padded) / (values.length - 1))) < 1e-6);
          ok(Math.abs(mean - values.reduce((a, b) => a + b, 0) / values.length) < 1e-5);
          strictEqual(saturated, values.filter(v => Math.abs(v) > 0.97).length / values.length);
          if (kind === 'tanh') ok(values.every(v => Math.abs(v) <= 1));
        }
        for (const layer of batchNorms!) {
          const { shape, values } = tensor(trainer, `${layer.name}.batch`);
          const width = at(shape, 1);
          const column = values.filter((_, i) => i % width === 0);
          const columnMean = column.reduce((a, b) => a + b) / column.length;
          ok(Math.abs(at(layer.batchMean, 0) - columnMean) < 1e-5);
          for (const part of Object.values(layer)) if (part instanceof Float32Array) strictEqual(part.length, width);
        }
      });

      it('a walk has the probabilities that sampling has', () => {
        const { walk } = trainer.inspect(everything);
        const predict = predictorOf(trainer);
        const { stoi } = createVocabulary(names);
        const tokens = Array.from('ava', c => stoi.get(c)!);
        const V = at(walk!.probs.shape, 1);
        for (let place = 0; place <= 3; place++)
          predict(tokens.slice(0, place)).forEach((p, i) =>
            ok(Math.abs(p - at(walk!.probs.values, place * V + i)) < 1e-5, `place ${place}`),
          );
        for (const { shape, values } of walk!.passes) strictEqual(values.length, size(shape));
        match(trainer.inspect({ ...everything, walk: { text: 'xyz', position: 0 } }).walk!.problem!, /never seen "x"/);
      });

      it('finds the least activation of each tanh neuron, between 0 and 1', () => {
        const { layers: seen } = trainer.inspect({ ...watchNothing, layers: true });
        const { layers } = finish(trainer.leastActivations());
        const tanhs = seen!.filter(({ kind }) => kind === 'tanh');
        deepStrictEqual(
          layers.map(({ name, least }) => [name, least.length]),
          tanhs.map(({ name, shape }) => [name, shape.at(-1)]),
        );
        strictEqual(tanhs.length > 0, hasTanh(preset));
        strictEqual(seen!.length > 0, hasLayers(preset));
        for (const { least } of layers) ok(least.every(v => v >= 0 && v <= 1));
      });
    });

// In percent, on the sample names: of all places, and of those that have a target.
for (const [id, ofAll, ofTargets] of [
  ['makemore-rnn', 11.48, 1.58],
  ['makemore-mlp', 21.98, 34.85],
  ['makemore-gru', 15.76, 0.53],
] as const)
  it(`${id} is saturated at ${ofTargets} % of the places that have a target after 300 steps, and not at ${ofAll} %`, async () => {
    const text = readFileSync('media/names.txt', 'utf8');
    const { trainer } = await createRun(text, 'names.txt', presetById(id), 'compiled');
    for (let step = 0; step < 300; step++) trainer.trainStep(step === 299);
    const { layers, batch } = trainer.inspect(everything);
    const { values } = tensor(trainer, 'h');
    const width = values.length / batch!.y.values.length;
    const hasTarget = (_: number, i: number): boolean => at(batch!.y.values, Math.floor(i / width)) >= 0;
    const percentOf = (some: Float32Array): number => (100 * some.filter(v => Math.abs(v) > 0.97).length) / some.length;
    strictEqual(100 * layers!.find(({ name }) => name === 'h')!.saturated, percentOf(values.filter(hasTarget)));
    // Last digits depend on the machine's instructions.
    ok(Math.abs(percentOf(values.filter(hasTarget)) - ofTargets) < 0.02);
    ok(Math.abs(percentOf(values) - ofAll) < 0.02);
    trainer.dispose();
  });

it('the least activation is that of a plain computation', async () => {
  const preset = smallPreset(presetById('mlp-part2'), { batchSize: 0 });
  const trainer = await trainerOf(preset, 'compiled');
  const { least } = at(finish(trainer.leastActivations()).layers, 0);
  const { shape, values } = tensor(trainer, 'h');
  const width = at(shape, 1);
  least.forEach((v, neuron) => {
    const all = values.filter((_, i) => i % width === neuron).map(Math.abs);
    ok(Math.abs(v - Math.min(...all)) < 1e-6);
  });
  trainer.dispose();
});

it('a walk through a counting model ends with the row that sampling has', async () => {
  for (const preset of presets.filter(({ model }) => model === 'bigram' || model === 'trigram')) {
    const trainer = await trainerOf(preset, 'compiled');
    const { walk } = trainer.inspect({ ...watchNothing, walk: { text: 'emma', position: 4 } });
    strictEqual(walk!.probs.shape[0], 5);
    strictEqual(walk!.logits, undefined);
    const row = walk!.probs.values.slice(-at(walk!.probs.shape, 1));
    deepStrictEqual(row, predictorOf(trainer)(Array.from('emma', c => createVocabulary(names).stoi.get(c)!)));
  }
});

function tensor(trainer: Trainer, name: string): WatchedTensor {
  return trainer.inspect({ ...watchNothing, tensors: [name] }).tensors[name]!;
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

function withoutUpdates({ layers, batchNorms }: Inspection): unknown {
  return { layers, batch: batchNorms?.map(({ batchMean, batchStd }) => [batchMean, batchStd]) };
}
