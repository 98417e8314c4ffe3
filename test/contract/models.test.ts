import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { createTfjsEngine } from '../../src/engine/tfjs-engine';
import { createExamples } from '../../src/makemore/dataset';
import type { Cooperative } from '../../src/makemore/generate';
import { models } from '../../src/makemore/models';
import type { NeuralModel } from '../../src/makemore/models/model';
import { Generator } from '../../src/makemore/random';
import { createVocabulary } from '../../src/makemore/vocabulary';
import { hyperparameterProblem, type HyperparameterName, type Hyperparameters } from '../../src/shared/hyperparameters';
import { isCounting, presetById, presetOfModel, presets, type Preset } from '../../src/shared/presets';
import { engineIds, type EngineId } from '../../src/shared/run';
import { createRun } from '../../src/worker/create-run';
import type { Trainer } from '../../src/worker/trainer';

const names = ['emma', 'olivia', 'ava', 'isabella', 'sophia'];
const text = names.join('\n');
const neural = Object.values(models).filter((model): model is NeuralModel => model.kind === 'neural');

/** A model at a size at which a test takes milliseconds. */
const small: Hyperparameters = { nEmbd: 3, nHidden: 8, blockSize: 2, batchSize: 16, learningRate: 0.1, maxSteps: 100 };
function smallPreset({ id }: NeuralModel, changes: Hyperparameters = {}): Preset {
  const { hyperparameters, ...preset } = presetById(presetOfModel[id]);
  const taken = Object.entries({ ...small, ...changes }).filter(([name]) => name in hyperparameters);
  return { ...preset, split: 'whole', hyperparameters: { ...hyperparameters, ...Object.fromEntries(taken) } };
}

async function trainerOf(preset: Preset, engine: EngineId): Promise<Trainer> {
  return (await createRun(text, 'names.txt', preset, engine)).trainer;
}

function lossesOf(trainer: Trainer, steps: number): number[] {
  return Array.from({ length: steps }, () => trainer.trainStep().loss);
}

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
  for (const model of neural)
    describe(`${model.id} on ${engineId}`, () => {
      it('gives logits (B, V) that depend on the context', async () => {
        const engine = await createTfjsEngine(engineId);
        const { hyperparameters: h } = smallPreset(model);
        const g = new Generator(1);
        const specs = model.parameters(h, 5);
        const parameters = Object.fromEntries(
          specs.map(({ name, shape, init }) => [name, engine.variable<tf.Rank.R2>(name, shape, init(g, shape))]),
        );
        const T = model.blockSize(h);
        const taps: Record<string, number[]> = {};
        const tap = <X extends tf.Tensor>(name: string, tensor: X): X => {
          taps[name] = tensor.shape;
          return tensor;
        };
        const logits = model.forward(
          parameters,
          tf.tensor2d(
            Int32Array.from({ length: 2 * T }, (_, i) => (i < T ? 1 : 2)),
            [2, T],
            'int32',
          ),
          tap,
        );
        deepStrictEqual(logits.shape, [2, 5]);
        for (const shape of Object.values(taps)) strictEqual(shape[0], 2, 'a tap is (B, …)');
        const [first, second] = logits.arraySync();
        ok(first.some((v, i) => v !== second[i]));
        engine.dispose();
      });

      it('has gradients that agree with finite differences', async () => {
        const preset = smallPreset(model, { learningRate: 1, batchSize: 0 });
        const trainer = await trainerOf(preset, engineId);
        const before = trainer.watched(trainerParameters(model, preset));
        const lossAt = await lossFunction(preset, engineId);
        trainer.trainStep(); // at learning rate 1 the update is the gradient
        const after = trainer.watched(Object.keys(before));
        for (const [name, { values }] of Object.entries(before)) {
          // The steepest element of each parameter: float32 differences of the others drown in rounding.
          const gradient = values.map((v, i) => v - after[name].values[i]);
          const i = gradient.reduce((best, v, at) => (Math.abs(v) > Math.abs(gradient[best]) ? at : best), 0);
          const numeric = (lossAt(name, i, 1e-2) - lossAt(name, i, -1e-2)) / 2e-2;
          ok(
            Math.abs(numeric - gradient[i]) <= 0.02 * Math.abs(gradient[i]) + 1e-4,
            `${name}[${i}]: ${gradient[i]}, not ${numeric}`,
          );
        }
        trainer.dispose();
      });

      it('overfits one batch', async () => {
        const { learningRate = 0.1 } = presetById(presetOfModel[model.id]).hyperparameters;
        const preset = smallPreset(model, { batchSize: 0, nHidden: 64, nEmbd: 8, blockSize: 3, regularisation: 0 });
        const trainer = await trainerOf(
          { ...preset, hyperparameters: { ...preset.hyperparameters, learningRate } },
          engineId,
        );
        const losses = lossesOf(trainer, 300);
        const floor = lossFloor(model.blockSize(preset.hyperparameters));
        ok(losses.at(-1)! < floor + 0.25, `${losses.at(-1)}, while the data allows ${floor}`);
        trainer.dispose();
      });

      it('gives the same numbers from the same seed, and others from another', async () => {
        const twice = [];
        for (const seed of [7, 7, 8]) {
          const trainer = await trainerOf(smallPreset(model, { seed }), engineId);
          twice.push(lossesOf(trainer, 5).join());
          trainer.dispose();
        }
        strictEqual(twice[0], twice[1]);
        ok(twice[0] !== twice[2]);
      });

      it('holds no more memory after 50 steps than after one', async () => {
        const trainer = await trainerOf(smallPreset(model), engineId);
        lossesOf(trainer, 1);
        const { numTensors } = tf.memory();
        lossesOf(trainer, 50);
        Array.from(trainer.evaluate('train'));
        finish(trainer.predictor(true))(
          new Int32Array(8).subarray(0, model.blockSize(smallPreset(model).hyperparameters)),
        );
        strictEqual(tf.memory().numTensors, numTensors);
        trainer.dispose();
      });

      it('predicts probabilities that add up to 1, the same alone and among many', async () => {
        const trainer = await trainerOf(smallPreset(model), engineId);
        const context = new Int32Array(model.blockSize(smallPreset(model).hyperparameters));
        const alone = finish(trainer.predictor(false))(context);
        const among = finish(trainer.predictor(true))(context);
        ok(Math.abs(alone.reduce((a, b) => a + b) - 1) < 1e-5);
        alone.forEach((p, i) => ok(Math.abs(p - among[i]) < 1e-6));
        trainer.dispose();
      });
    });

for (const model of neural)
  it(`${model.id} has the same losses over 20 steps on every engine`, async () => {
    const losses = [];
    for (const engineId of engineIds) {
      const trainer = await trainerOf(smallPreset(model), engineId);
      losses.push(lossesOf(trainer, 20));
      trainer.dispose();
    }
    for (const others of losses.slice(1))
      losses[0].forEach((loss, i) =>
        ok(Math.abs(loss - others[i]) <= 1e-4 * Math.abs(loss), `step ${i}: ${loss}, ${others[i]}`),
      );
  });

function trainerParameters(model: NeuralModel, { hyperparameters }: Preset): string[] {
  return model.parameters(hyperparameters, 5).map(({ name }) => name);
}

/** The training loss with one element of one parameter moved: a fresh run for each, whose first loss is before any update. */
async function lossFunction(
  preset: Preset,
  engineId: EngineId,
): Promise<(name: string, i: number, by: number) => number> {
  const model = models[preset.model] as NeuralModel;
  const engine = await createTfjsEngine(engineId);
  const vocabulary = createVocabulary(names);
  const { x, y, length, blockSize } = createExamples(names, vocabulary, model.blockSize(preset.hyperparameters));
  const g = new Generator(preset.hyperparameters.seed!);
  const specs = model.parameters(preset.hyperparameters, vocabulary.itos.length);
  const drawn = specs.map(({ name, shape, init }) => ({ name, shape, values: init(g, shape) }));
  engine.dispose();
  return (name, i, by) =>
    tf.tidy(() => {
      const parameters = Object.fromEntries(
        drawn.map(parameter => {
          const values = parameter.values.slice();
          if (parameter.name === name) values[i] += by;
          return [parameter.name, tf.tensor<tf.Rank.R2>(values, [...parameter.shape] as [number, number])];
        }),
      );
      const logits = model.forward(
        parameters,
        tf.tensor2d(Int32Array.from(x), [length, blockSize], 'int32'),
        (_, tensor) => tensor,
      );
      const picked = Array.from({ length }, (_, row) => row * vocabulary.itos.length + y[row]);
      const logProbs = tf.logSoftmax(logits).dataSync();
      const nll = -picked.reduce((sum, at) => sum + logProbs[at], 0) / length;
      return nll + (model.regularisation?.(parameters, preset.hyperparameters).dataSync()[0] ?? 0);
    });
}

/** What cooperative work returns, without giving way. */
function finish<T>(work: Cooperative<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The least possible loss: the entropy of what follows, given the context. */
function lossFloor(blockSize: number): number {
  const { x, y, length } = createExamples(names, createVocabulary(names), blockSize);
  const contexts = Array.from({ length }, (_, i) => x.slice(i * blockSize, (i + 1) * blockSize).join());
  const pairs = contexts.map((context, i) => `${context}:${y[i]}`);
  const countIn = (items: readonly string[], item: string): number => items.filter(other => other === item).length;
  const nll = contexts.map((context, i) => -Math.log(countIn(pairs, pairs[i]) / countIn(contexts, context)));
  return nll.reduce((a, b) => a + b) / length;
}
