import type { Hyperparameters } from '../../src/shared/hyperparameters';
import { presetById, type Preset } from '../../src/shared/presets';
import type { RunState } from '../../src/shared/run-state';

/** What to train again with, where other hyperparameters are the remedy. */
export interface Fix {
  /** On a button. */
  readonly label: string;
  readonly hyperparameters: Hyperparameters;
}

/** A remedy in words, and as a button where it can be one. */
interface Remedy {
  readonly remedy: string;
  readonly fix?: Fix | undefined;
}

/** A tenth of the learning rate. */
export function slower({ learningRate }: Hyperparameters): Remedy {
  const remedy = 'Try a learning rate three to ten times smaller; Find the Learning Rate looks for one.';
  if (learningRate === undefined || learningRate === 0) return { remedy };
  return { remedy, fix: withRate(Number((learningRate / 10).toPrecision(2))) };
}

/** Ten times the learning rate. */
export function faster({ learningRate }: Hyperparameters): Remedy {
  const remedy =
    'Try a learning rate three to ten times larger; where that does not help, hardly any gradient arrives.';
  if (learningRate === undefined || learningRate === 0) return { remedy };
  return { remedy, fix: withRate(Number((learningRate * 10).toPrecision(2))) };
}

/** The learning rate of the lecture; undefined where there is none above 0. */
export function usualRate({ id }: Preset): Fix | undefined {
  const { learningRate = 0 } = presetById(id).hyperparameters;
  return learningRate > 0 ? withRate(learningRate) : undefined;
}

function withRate(learningRate: number): Fix {
  return { label: `Restart with Learning Rate ${learningRate}`, hyperparameters: { learningRate } };
}

/** Calmer first logits, where the model lets a person choose that. */
export function calmerLogits({ w2Scale, lastScale }: Hyperparameters): Remedy {
  const then = 'The first loss is close to ln V then, and every step teaches something.';
  if (w2Scale !== undefined)
    return {
      remedy: `Try the preset mlp-part3-logits, or restart with a scale of W2 of 0.01 and a scale of b2 of 0. ${then}`,
      fix: { label: 'Restart with W2 × 0.01', hyperparameters: { w2Scale: 0.01, b2Scale: 0 } },
    };
  if (lastScale !== undefined)
    return {
      remedy: `Restart with a scale of the last layer of 0.1 or less. ${then}`,
      fix: { label: 'Restart with the Last Layer × 0.1', hyperparameters: { lastScale: 0.1 } },
    };
  return { remedy: 'With smaller weights at the start the first loss would be close to ln V.' };
}

/** Smaller weights before the tanh. */
export function smallerWeights({ w1Scale, gain, batchNorm }: Hyperparameters): Remedy {
  if (batchNorm !== 1 && w1Scale !== undefined)
    return {
      remedy:
        'Restart with smaller weights before the tanh: a scale of W1 of 0.2 and of b1 of 0.01 (the preset mlp-part3-tanh), a gain of 5/3, which is 1.667 (mlp-part3-kaiming), or batch normalization (mlp-part3-batchnorm).',
      fix: { label: 'Restart with W1 × 0.2', hyperparameters: { w1Scale: 0.2, b1Scale: 0.01 } },
    };
  if (batchNorm !== 1 && gain !== undefined)
    return {
      remedy: 'Restart with batch normalization, or with a gain of 5/3, which is 1.667, or less.',
      fix: { label: 'Restart with BatchNorm', hyperparameters: { batchNorm: 1 } },
    };
  return { remedy: 'Try a lower learning rate.' };
}

/** Weights that make up for what tanh takes away. */
export function evenGain({ gain, w1Scale, batchNorm }: Hyperparameters): Remedy {
  if (gain === undefined || batchNorm === 1)
    return { remedy: 'Try a smaller learning rate: the weights may have been thrown far at the start.' };
  if (w1Scale !== undefined)
    return {
      remedy:
        'Restart with a gain of 5/3, which is 1.667, and a scale of W1 of 1: what is drawn is multiplied by both.',
      fix: { label: 'Restart with Gain 5/3 and W1 × 1', hyperparameters: { gain: 5 / 3, w1Scale: 1 } },
    };
  return {
    remedy:
      'Restart with a gain of 5/3, which is 1.667 and makes up for what tanh takes away, or with batch normalization.',
    fix: { label: 'Restart with Gain 5/3', hyperparameters: { gain: 5 / 3 } },
  };
}

/** Whether a person chooses how large the weights before the tanh are drawn. */
export function isDrawnByScale({ preset }: RunState): boolean {
  const { w1Scale, gain } = preset?.hyperparameters ?? {};
  return w1Scale !== undefined || gain !== undefined;
}
