/** Every preset that learns, at a size at which a test takes milliseconds. */
import type { Cooperative } from '../../src/makemore/generate';
import { distribution } from '../../src/makemore/multinomial';
import { hyperparameterProblem, type HyperparameterName, type Hyperparameters } from '../../src/shared/hyperparameters';
import { isCounting, presets, type Preset } from '../../src/shared/presets';
import type { EngineId } from '../../src/shared/run';
import { createRun } from '../../src/worker/create-run';
import type { Trainer } from '../../src/worker/trainer';

export const names = ['emma', 'olivia', 'ava', 'isabella', 'sophia'];

const small: Hyperparameters = { nEmbd: 4, nHidden: 8, nLayer: 2, nHead: 2, batchSize: 16, maxSteps: 100 };
/** Of a context; a WaveNet joins two at a time, or all of them at once. */
const shortContext = 2;
const wavenetContext = 4;

export const neuralPresets = presets.filter(preset => !isCounting(preset));

/** The preset with smaller hyperparameters, trained on all of `names`. */
export function smallPreset(preset: Preset, changes: Hyperparameters = {}): Preset {
  const { groupSize } = preset.hyperparameters;
  const context =
    groupSize === undefined
      ? { blockSize: shortContext }
      : { blockSize: wavenetContext, groupSize: Math.min(groupSize, wavenetContext) };
  const taken = Object.entries({ ...small, ...context, ...changes }).filter(([name]) => name in preset.hyperparameters);
  for (const [name, value] of taken)
    if (hyperparameterProblem(name as HyperparameterName, value)) throw new Error(`${name} cannot be ${value}`);
  const hyperparameters = { ...preset.hyperparameters, ...Object.fromEntries(taken) };
  return { ...preset, split: 'whole', hyperparameters };
}

export async function trainerOf(preset: Preset, engine: EngineId): Promise<Trainer> {
  return (await createRun(names.join('\n'), 'names.txt', preset, engine)).trainer;
}

export function lossesOf(trainer: Trainer, steps: number): number[] {
  return Array.from({ length: steps }, () => trainer.trainStep().loss);
}

/** From the characters of a name so far to the probabilities (V) of what follows. */
export function predictorOf(trainer: Trainer, many = false): (characters: readonly number[]) => Float32Array {
  const predict = finish(trainer.predictor(many));
  return characters => {
    const p = distribution(predict(characters), 1, 0);
    if (!p) throw new Error('There are no probabilities.');
    return p;
  };
}

/** What cooperative work returns, without giving way. */
export function finish<T>(work: Cooperative<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
