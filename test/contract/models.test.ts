import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { createExamples } from '../../src/makemore/dataset';
import { modelDefinitions } from '../../src/makemore/models';
import { at } from '../../src/shared/at';
import { hyperparameterProblem, type HyperparameterName } from '../../src/shared/hyperparameters';
import { watchNothing } from '../../src/shared/inspection';
import { isCounting, presetById, presets, type Preset } from '../../src/shared/presets';
import { engineIds, type WatchedTensor } from '../../src/shared/run';
import { createVocabulary } from '../../src/shared/vocabulary';
import { finish, lossesOf, names, neuralPresets, smallPreset, trainerOf, predictorOf } from './small';

describe('every preset', () => {
  for (const preset of presets)
    it(`${preset.id} is known to count, or not to`, () => {
      strictEqual(isCounting(preset), modelDefinitions[preset.model].kind === 'counting');
    });

  for (const preset of presets)
    it(`${preset.id} has a model and values that it takes`, () => {
      const { hyperparameters } = modelDefinitions[preset.model];
      deepStrictEqual(Object.keys(preset.hyperparameters).toSorted(), hyperparameters.toSorted());
      for (const [name, value] of Object.entries(preset.hyperparameters))
        strictEqual(hyperparameterProblem(name as HyperparameterName, value), undefined);
    });
});

const learning = neuralPresets.filter(({ model }) => model !== 'one-neuron');

for (const engineId of engineIds)
  for (const preset of learning)
    describe(`${preset.id} on ${engineId}`, () => {
      it('predicts probabilities (V) that depend on the characters before, the same alone and among many', async () => {
        const trainer = await trainerOf(smallPreset(preset), engineId);
        lossesOf(trainer, 3); // some begin with zeros
        const names = [[], [1], [2, 1], [3, 2, 1]];
        const predict = (many: boolean) => names.map(predictorOf(trainer, many));
        const [alone, among] = [predict(false), predict(true)];
        for (const p of alone) ok(Math.abs(p.reduce((a, b) => a + b) - 1) < 1e-5);
        const sees = Math.min(seenCharacters(preset, trainer.blockSize), 3);
        names.forEach((_, n) => strictEqual(differ(at(alone, n), at(alone, Math.max(0, n - 1))), n > 0 && n <= sees));
        // The compiled engine sums in the same order whatever the number of rows.
        const tolerance = engineId === 'compiled' ? 0 : 1e-6;
        alone.forEach((row, r) => row.forEach((p, i) => ok(Math.abs(p - at(at(among, r), i)) <= tolerance)));
        trainer.dispose();
      });

      it('watching changes no loss, and gives every layer and gradient', async () => {
        const [plain, watched] = await Promise.all([
          trainerOf(smallPreset(preset), engineId),
          trainerOf(smallPreset(preset), engineId),
        ]);
        const gradients = plain.parameters.map(({ name }) => `${name}.grad`);
        const losses = Array.from({ length: 5 }, () => watched.trainStep(true).loss);
        const same = lossesOf(plain, 5);
        losses.forEach((loss, i) => ok(Math.abs(loss - at(same, i)) <= 1e-6 * at(same, i)));
        const { layers } = watched.inspect({ ...watchNothing, layers: true });
        const names = layers!.map(({ name }) => name);
        const all = [...gradients, ...names, ...names.map(name => `${name}.grad`)];
        const { tensors: seen, ahead } = watched.inspect({ ...watchNothing, tensors: all });
        strictEqual(ahead, false);
        strictEqual(Object.keys(seen).length, all.length);
        for (const { shape, values } of Object.values(seen as Record<string, WatchedTensor>)) {
          strictEqual(
            values.length,
            shape.reduce((product, n) => product * n, 1),
          );
          ok(values.some(v => v !== 0));
        }
        plain.parameters.forEach(({ shape }, i) => deepStrictEqual(seen[at(gradients, i)]?.shape, shape));
        plain.dispose();
        watched.dispose();
      });

      it('overfits one batch', async () => {
        const isAdamW = 'weightDecay' in preset.hyperparameters;
        const learningRate = Math.max(preset.hyperparameters.learningRate!, isAdamW ? 0.03 : 0.3); // every net learns
        const wide = { batchSize: 0, nHidden: 32, nEmbd: 8, blockSize: 4, regularization: 0, learningRate };
        const trainer = await trainerOf(smallPreset(preset, wide), engineId);
        const losses = lossesOf(trainer, 100);
        const floor = lossFloor(seenCharacters(preset, trainer.blockSize));
        ok(losses.at(-1)! < floor + 0.25, `${losses.at(-1)}, while the data allows ${floor}`);
        trainer.dispose();
      });

      it('gives the same numbers from the same seed, and others from another', async () => {
        const twice = [];
        for (const seed of [7, 7, 8]) {
          const trainer = await trainerOf(smallPreset(preset, { seed }), engineId);
          twice.push(lossesOf(trainer, 5).join());
          trainer.dispose();
        }
        strictEqual(twice[0], twice[1]);
        ok(twice[0] !== twice[2]);
      });

      it('evaluating changes neither the next evaluation nor the next step', async () => {
        const trainer = await trainerOf(smallPreset(preset), engineId);
        lossesOf(trainer, 5);
        const losses = [1, 2].map(() => finish(trainer.evaluate('train')));
        strictEqual(losses[0], losses[1]);
        const other = await trainerOf(smallPreset(preset), engineId);
        lossesOf(other, 5);
        strictEqual(trainer.trainStep().loss, other.trainStep().loss);
        trainer.dispose();
        other.dispose();
      });

      it('holds no more memory after 5 steps than after one', async () => {
        const trainer = await trainerOf(smallPreset(preset), engineId);
        const use = (): void => {
          trainer.trainStep(true);
          trainer.inspect({ ...watchNothing, layers: true, updates: true, batchNorms: true, batch: true });
          finish(trainer.evaluate('train'));
          finish(trainer.predictor(true))([1]);
        };
        use();
        const { numTensors } = tf.memory();
        lossesOf(trainer, 5);
        use();
        strictEqual(tf.memory().numTensors, numTensors);
        trainer.dispose();
      });
    });

for (const preset of neuralPresets)
  it(`${preset.id} has the same losses over 20 steps on every engine`, async () => {
    const losses = [];
    for (const engineId of engineIds) {
      const trainer = await trainerOf(smallPreset(preset), engineId);
      losses.push(lossesOf(trainer, 20));
      trainer.dispose();
    }
    for (const others of losses.slice(1))
      at(losses, 0).forEach((loss, i) =>
        ok(Math.abs(loss - at(others, i)) <= 1e-4 * Math.abs(loss), `step ${i}: ${loss}, ${others[i]}`),
      );
  });

it('one neuron cannot give a distribution: every character stays as probable, and nothing is learned', async () => {
  for (const engineId of engineIds) {
    const trainer = await trainerOf(smallPreset(presetById('bigram-one-neuron')), engineId);
    for (const loss of lossesOf(trainer, 3)) ok(Math.abs(loss - Math.log(createVocabulary(names).itos.length)) < 1e-6);
    const p = predictorOf(trainer)([1]);
    ok(p.every(share => Math.abs(share - 1 / p.length) < 1e-6));
    trainer.dispose();
  }
});

/** How many of the last characters a model looks at. */
function seenCharacters({ model }: Preset, blockSize: number): number {
  return model === 'makemore-bigram' ? 1 : blockSize;
}

function differ(a: Float32Array, b: Float32Array): boolean {
  return a.some((v, i) => Math.abs(v - at(b, i)) > 1e-6);
}

/** The least possible loss: the entropy of what follows, given the context. */
function lossFloor(blockSize: number): number {
  const { x, y, length } = createExamples(names, createVocabulary(names), blockSize);
  const contexts = Array.from({ length }, (_, i) => x.slice(i * blockSize, (i + 1) * blockSize).join());
  const pairs = contexts.map((context, i) => `${context}:${y[i]}`);
  const countIn = (items: readonly string[], item: string): number => items.filter(other => other === item).length;
  const nll = contexts.map((context, i) => -Math.log(countIn(pairs, at(pairs, i)) / countIn(contexts, context)));
  return nll.reduce((a, b) => a + b) / length;
}
