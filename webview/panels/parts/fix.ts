import type { Hyperparameters } from '../../../src/shared/hyperparameters';

/** What to train again with, where other hyperparameters are the remedy. */
export interface Fix {
  /** On a button. */
  readonly label: string;
  readonly hyperparameters: Hyperparameters;
}

/** Restarts with calmer first logits, where the model lets a person choose that. */
export function calmerLogits({ w2Scale, lastScale }: Hyperparameters): Fix | undefined {
  if (w2Scale !== undefined) return { label: 'Restart with W2 × 0.01', hyperparameters: { w2Scale: 0.01, b2Scale: 0 } };
  if (lastScale !== undefined)
    return { label: 'Restart with the Last Layer × 0.1', hyperparameters: { lastScale: 0.1 } };
  return undefined;
}

/** Restarts with smaller weights before the tanh. */
export function smallerWeights({ w1Scale, batchNorm, gain }: Hyperparameters): Fix | undefined {
  if (batchNorm === 1) return undefined;
  if (w1Scale !== undefined)
    return { label: 'Restart with W1 × 0.2', hyperparameters: { w1Scale: 0.2, b1Scale: 0.01 } };
  return gain === undefined ? undefined : { label: 'Restart with BatchNorm', hyperparameters: { batchNorm: 1 } };
}

/** Restarts with weights that make up for what tanh takes away. */
export function evenGain({ gain, batchNorm }: Hyperparameters): Fix | undefined {
  if (gain === undefined || batchNorm === 1) return undefined;
  return { label: 'Restart with Gain 5/3', hyperparameters: { gain: 5 / 3 } };
}

/** Restarts with a tenth of the learning rate. */
export function slower({ learningRate }: Hyperparameters): Fix | undefined {
  if (learningRate === undefined || learningRate === 0) return undefined;
  const rate = Number((learningRate / 10).toPrecision(2));
  return { label: `Restart with Learning Rate ${rate}`, hyperparameters: { learningRate: rate } };
}
