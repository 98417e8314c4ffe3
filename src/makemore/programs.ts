/** The functions that an engine executes, in tfjs: one step of training, a loss to evaluate, a prediction to sample from. */
import * as tf from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../shared/hyperparameters';
import type { LayerKind } from '../shared/inspection';
import { crossEntropy } from './loss';
import type { NeuralModel, Pass, Tap, TapKind } from './models/model';
import { oneHot, type BatchNorm } from './nn';
import { adamW, sgd, type AdamWInputs, type Moments } from './optimizers';

/** A model with its hyperparameters and an engine's variables. */
export interface Net {
  readonly model: NeuralModel;
  readonly h: Hyperparameters;
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  readonly state: Readonly<Record<string, tf.Variable>>;
  /** What AdamW remembers, by parameter. */
  readonly moments: Readonly<Record<string, Moments>>;
}

type Inputs<I extends string> = Record<I, tf.Tensor>;
/** x, y, weights, and what the optimizer is told: `learningRate` where it is SGD, `AdamWInputs` where it is AdamW. */
type StepInputs = Readonly<Record<string, tf.Tensor>>;

const noTap: Tap = (_, tensor) => tensor;

/** Int32 x (B, T) and y (N), weights (N), and the optimizer's scalars: the loss (), and every variable moved one step. */
export function trainingStep(net: Net) {
  return (inputs: StepInputs): { loss: tf.Tensor } => ({ loss: update(net, inputs, noTap).loss });
}

/** A tensor that a program gives besides: its name and shape, and what it is. */
export interface WatchedName {
  readonly name: string;
  readonly shape: readonly number[];
  readonly kind: TapKind | 'gradient' | 'batch';
}

/** What a step is watched for; the stations of a forward pass are looked at in a walk. */
const layerKinds: readonly TapKind[] = ['tanh', 'preactivation', 'hidden'] satisfies LayerKind[];

/**
 * The same step, which also gives the tensor of every layer, its gradient as `name.grad`, each parameter's gradient, and
 * what each BatchNorm normalizes, as the `.batch` of its running mean.
 *
 * @param onName told of each of them in the order of the forward pass
 * @param onBatchNorm told of each layer that normalizes
 */
export function watchedStep(
  net: Net,
  onName: (watched: WatchedName) => void,
  onBatchNorm: (layer: BatchNorm) => void = () => undefined,
) {
  return (inputs: StepInputs): Record<string, tf.Tensor> => {
    const [watched, keep] = keeper(onName);
    const tap: Tap = (name, tensor, kind) => {
      if (!layerKinds.includes(kind)) return tensor;
      keep(name, tensor, kind);
      return withGradient(tensor, gradient => keep(`${name}.grad`, gradient, 'gradient'));
    };
    const observe = (layer: BatchNorm, rows: tf.Tensor2D): void => {
      onBatchNorm(layer);
      keep(`${layer.mean}.batch`, rows, 'batch');
    };
    const { loss, gradients } = update(net, inputs, tap, observe);
    for (const [name, gradient] of Object.entries(gradients)) keep(`${name}.grad`, gradient, 'gradient');
    return { ...watched, loss };
  };
}

/** Int32 x (B, T): the logits, and everything that the forward pass taps on the way. */
export function walkThrough(net: Net, onName: (watched: WatchedName) => void) {
  return ({ x }: Inputs<'x'>): Record<string, tf.Tensor> => {
    const [watched, keep] = keeper(onName);
    const logits = forward(net, x, {
      tap: (name, tensor, kind) => {
        keep(name, tensor, kind);
        return tensor;
      },
    });
    return { ...watched, logits };
  };
}

/**
 * Int32 x (B, T), and for sequences which of their targets are padding (B * T): the least h² of each neuron of every
 * tanh layer (H), by its name.
 */
export function leastActivations(net: Net, onName: (watched: WatchedName) => void) {
  return ({ x, padding }: Inputs<'x' | 'padding'>): Record<string, tf.Tensor> => {
    const least: Record<string, tf.Tensor> = {};
    forward(net, x, {
      tap: (name, tensor, kind) => {
        if (kind !== 'tanh') return tensor;
        const rows = tensor.reshape([-1, tensor.shape.at(-1)!]).square(); // (N, H)
        // No |h| is above 1, so that padding is never the least.
        const masked = net.model.example === 'sequence' ? rows.add(padding.reshape([-1, 1]).mul(2)) : rows;
        least[name] = masked.neg().max(0).neg();
        onName({ name, shape: least[name].shape, kind });
        return tensor;
      },
    });
    return least;
  };
}

/** Int32 x (B, T) and y (N), weights (N): the weighted sum of the targets' cross-entropies (), in nats. */
export function evaluationLoss(net: Net) {
  return ({ x, y, weights }: Inputs<'x' | 'y' | 'weights'>): { loss: tf.Tensor } => ({
    loss: crossEntropy(forward(net, x), y, weights),
  });
}

/** Int32 x (B, T): the probabilities (B, V) of what follows. In a sequence, what follows the character at `position` (B). */
export function prediction(net: Net) {
  return ({ x, position }: Inputs<'x' | 'position'>): { probs: tf.Tensor } => {
    const all = forward(net, x);
    if (net.model.example === 'context') return { probs: tf.softmax(all) };
    const [B, T] = x.shape as [number, number];
    const chosen = oneHot(position, T).reshape([B, T, 1]); // (B, T, 1)
    return { probs: tf.softmax(all.mul(chosen).sum(1)) };
  };
}

/**
 * Int32 x (B, T), weights (B): of what each BatchNorm normalizes, the weighted mean and mean square (1, H), by the name
 * of its running mean. Chunk by chunk they add up to those of a whole split.
 *
 * @param onLayer told of each layer and how many rows of it an example has
 */
export function observation(net: Net, onLayer: (layer: BatchNorm, rowsPerExample: number) => void) {
  return ({ x, weights }: Inputs<'x' | 'weights'>): Record<string, tf.Tensor> => {
    const sums: Record<string, tf.Tensor> = {};
    forward(net, x, {
      observe(layer, rows) {
        const perExample = rows.shape[0] / weights.shape[0];
        onLayer(layer, perExample);
        // Rows over time have their example's weight between them.
        const share = weights
          .reshape([-1, 1])
          .mul(tf.fill([1, perExample], 1 / perExample))
          .reshape([-1, 1]); // (N, 1)
        sums[`${layer.mean}.mean`] = rows.mul(share).sum(0, true);
        sums[`${layer.mean}.square`] = rows.square().mul(share).sum(0, true);
      },
    });
    return sums;
  };
}

/** Outputs, and how a tensor becomes one of them. */
function keeper(onName: (watched: WatchedName) => void) {
  const watched: Record<string, tf.Tensor> = {};
  const keep = (name: string, tensor: tf.Tensor, kind: WatchedName['kind']): void => {
    watched[name] = tf.keep(tensor.clone()); // outlives the pass; the engine disposes of it
    onName({ name, shape: tensor.shape, kind });
  };
  return [watched, keep] as const;
}

function update(net: Net, { x, y, weights, ...scalars }: StepInputs, tap: Tap, observe?: Pass['observe']) {
  const { model, h, parameters, moments } = net;
  const { value, grads } = tf.variableGrads(() => {
    const loss = crossEntropy(forward(net, x, { training: true, tap, observe }), y, weights);
    return model.regularization ? loss.add(model.regularization(matrices(parameters), h)) : loss;
  }, Object.values(parameters));
  const gradients: Record<string, tf.Tensor> = {};
  for (const [name, variable] of Object.entries(parameters)) {
    const gradient = (gradients[name] = grads[variable.name]);
    if (model.optimizer === 'sgd') sgd(variable, gradient, scalars.learningRate);
    else adamW(variable, moments[name], gradient, scalars as unknown as AdamWInputs);
  }
  return { loss: value, gradients };
}

function forward(
  { model, h, parameters, state }: Net,
  x: tf.Tensor,
  { training = false, tap = noTap, observe }: Partial<Omit<Pass, 'h' | 'state'>> = {},
): tf.Tensor {
  const pass = { h, training, tap, state, observe };
  return model.forward(matrices(parameters), x as tf.Tensor2D, pass);
}

/** The identity, which hands its gradient over. */
function withGradient<T extends tf.Tensor>(tensor: T, onGradient: (gradient: tf.Tensor) => void): T {
  const identity = tf.customGrad(x => ({
    value: (x as tf.Tensor).clone(),
    gradFunc: dy => {
      onGradient(dy);
      return dy;
    },
  }));
  return identity(tensor) as T;
}

/** Models call every parameter a matrix; a bias of one dimension is broadcast like one. */
function matrices(variables: Readonly<Record<string, tf.Variable>>): Record<string, tf.Tensor2D> {
  return variables as unknown as Record<string, tf.Tensor2D>;
}
