import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { createExamples } from '../../src/makemore/dataset';
import { models } from '../../src/makemore/models';
import { createVocabulary } from '../../src/makemore/vocabulary';
import { hyperparameterProblem, type HyperparameterName } from '../../src/shared/hyperparameters';
import { isCounting, presets } from '../../src/shared/presets';
import { engineIds } from '../../src/shared/run';
import { finish, lossesOf, names, neuralPresets, smallPreset, trainerOf } from './small';

describe('every preset', () => {
  for (const preset of presets)
    it(`${preset.id} is known to count, or not to`, () => {
      strictEqual(isCounting(preset), models[preset.model].kind === 'counting');
    });

  for (const preset of presets)
    it(`${preset.id} has a model and values that it takes`, () => {
      const { hyperparameters } = models[preset.model];
      deepStrictEqual(Object.keys(preset.hyperparameters).toSorted(), hyperparameters.toSorted());
      for (const [name, value] of Object.entries(preset.hyperparameters))
        strictEqual(hyperparameterProblem(name as HyperparameterName, value), undefined);
    });
});

for (const engineId of engineIds)
  for (const preset of neuralPresets)
    describe(`${preset.id} on ${engineId}`, () => {
      it('predicts probabilities (V) that depend on the context, the same alone and among many', async () => {
        const trainer = await trainerOf(smallPreset(preset), engineId);
        const contexts = [0, 1].map(token => new Int32Array(trainer.blockSize).fill(token));
        const [alone, among] = [false, true].map(many => contexts.map(finish(trainer.predictor(many))));
        for (const p of alone) ok(Math.abs(p.reduce((a, b) => a + b) - 1) < 1e-5);
        ok(alone[0].some((p, i) => Math.abs(p - alone[1][i]) > 1e-6));
        // The compiled engine sums in the same order whatever the number of rows.
        const tolerance = engineId === 'compiled' ? 0 : 1e-6;
        alone.forEach((row, r) => row.forEach((p, i) => ok(Math.abs(p - among[r][i]) <= tolerance)));
        trainer.dispose();
      });

      it('can be watched, which changes no number', async () => {
        const [plain, watched] = await Promise.all([1, 2].map(() => trainerOf(smallPreset(preset), engineId)));
        const gradients = plain.parameters.map(({ name }) => `${name}.grad`);
        const losses = Array.from({ length: 5 }, () => watched.trainStep(gradients).loss);
        const same = lossesOf(plain, 5);
        losses.forEach((loss, i) => ok(Math.abs(loss - same[i]) <= 1e-6 * same[i]));
        const layers = watched.tanhLayers();
        const seen = watched.watched([...gradients, ...layers, ...layers.map(name => `${name}.grad`)]);
        strictEqual(Object.keys(seen).length, gradients.length + 2 * layers.length);
        for (const { shape, values } of Object.values(seen)) {
          strictEqual(
            values.length,
            shape.reduce((product, n) => product * n, 1),
          );
          ok(values.some(v => v !== 0));
        }
        plain.parameters.forEach(({ shape }, i) => deepStrictEqual(seen[gradients[i]].shape, shape));
        plain.dispose();
        watched.dispose();
      });

      it('overfits one batch', async () => {
        const changes = { batchSize: 0, nHidden: 64, nEmbd: 8, blockSize: 3, regularisation: 0 };
        const trainer = await trainerOf(smallPreset(preset, changes), engineId);
        const losses = lossesOf(trainer, 300);
        const floor = lossFloor(trainer.blockSize);
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

      it('evaluates without touching anything', async () => {
        const trainer = await trainerOf(smallPreset(preset), engineId);
        lossesOf(trainer, 20);
        const losses = [1, 2].map(() => finish(trainer.evaluate('train')));
        strictEqual(losses[0], losses[1]);
        const other = await trainerOf(smallPreset(preset), engineId);
        lossesOf(other, 20);
        strictEqual(trainer.trainStep().loss, other.trainStep().loss);
        trainer.dispose();
        other.dispose();
      });

      it('holds no more memory after 50 steps than after one', async () => {
        const trainer = await trainerOf(smallPreset(preset), engineId);
        const use = (): void => {
          const gradients = trainer.parameters.map(({ name }) => `${name}.grad`);
          trainer.trainStep(gradients);
          finish(trainer.evaluate('train'));
          finish(trainer.predictor(true))(new Int32Array(trainer.blockSize));
        };
        use();
        const { numTensors } = tf.memory();
        lossesOf(trainer, 50);
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
      losses[0].forEach((loss, i) =>
        ok(Math.abs(loss - others[i]) <= 1e-4 * Math.abs(loss), `step ${i}: ${loss}, ${others[i]}`),
      );
  });

/** The least possible loss: the entropy of what follows, given the context. */
function lossFloor(blockSize: number): number {
  const { x, y, length } = createExamples(names, createVocabulary(names), blockSize);
  const contexts = Array.from({ length }, (_, i) => x.slice(i * blockSize, (i + 1) * blockSize).join());
  const pairs = contexts.map((context, i) => `${context}:${y[i]}`);
  const countIn = (items: readonly string[], item: string): number => items.filter(other => other === item).length;
  const nll = contexts.map((context, i) => -Math.log(countIn(pairs, pairs[i]) / countIn(contexts, context)));
  return nll.reduce((a, b) => a + b) / length;
}
