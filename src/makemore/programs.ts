/** The functions that an engine executes, in tfjs: one step of training, a loss to evaluate, a prediction to sample from. */
import * as tf from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../shared/hyperparameters';
import { at } from '../shared/at';
import type { LayerKind } from '../shared/inspection';
import { named } from '../shared/named';
import { crossEntropy } from './loss';
import type { NeuralModel, Pass, Tap, TapKind } from './models/model';
import { matrix, oneHot, type BatchNorm } from './nn';
import { adamW, sgd, type Moments } from './optimizers';

/** A model with its hyperparameters and an engine's variables. */
export interface Net {
  readonly model: NeuralModel;
  readonly h: Hyperparameters;
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  readonly state: Readonly<Record<string, tf.Variable>>;
  /** AdamW's, by parameter. */
  readonly moments: Readonly<Record<string, Moments>>;
}

type Inputs<I extends string> = Record<I, tf.Tensor>;
/** x, y, weights, and the optimizer's scalars: `learningRate` for SGD, `AdamWInputs` for AdamW. */
type StepInputs = Readonly<Record<string, tf.Tensor>>;

const noTap: Tap = (_, tensor) => tensor;

/** From int32 x (B, T) and y (N), weights (N), and the optimizer's scalars: the loss (), after which every variable moves. */
export function trainingStep(net: Net) {
  return (inputs: StepInputs): { loss: tf.Tensor } => ({ loss: update(net, inputs, noTap).loss });
}

/** A tensor that a program outputs besides its result: its name and shape, and what it is. */
interface NamedTensor<K> {
  readonly name: string;
  readonly shape: readonly number[];
  readonly kind: K;
}
/** What a model taps in a forward pass. */
export type Tapped = NamedTensor<TapKind>;
/** What a watched step keeps. */
export type Watched = NamedTensor<LayerKind | 'gradient' | 'batch'>;

/** Whether a watched step keeps it; the other stations of a forward pass are shown in a walk. */
function isLayerKind(kind: TapKind): kind is LayerKind {
  return kind === 'tanh' || kind === 'preactivation' || kind === 'hidden';
}

/**
 * The same step, which also outputs the tensor of every layer, its gradient as `name.grad`, each parameter's gradient, and
 * what each BatchNorm normalizes, as the `.batch` of its running mean.
 *
 * @param onName called with each of them in the order of the forward pass
 * @param onBatchNorm called with each layer that normalizes
 */
export function watchedStep(
  net: Net,
  onName: (watched: Watched) => void,
  onBatchNorm: (layer: BatchNorm) => void = () => undefined,
) {
  return (inputs: StepInputs): Record<string, tf.Tensor> => {
    const [watched, keep] = keeper(onName);
    const tap: Tap = (name, tensor, kind) => {
      if (!isLayerKind(kind)) return tensor;
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

/** From int32 x (B, T): the logits, and everything that the forward pass taps. */
export function walkThrough(net: Net, onName: (tapped: Tapped) => void) {
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
 * From int32 x (B, T), and for sequences which of their targets are padding (B * T): the least h² of each neuron of every
 * tanh layer (H), by the layer's name.
 */
export function leastActivations(net: Net) {
  return ({ x, padding }: Inputs<'x' | 'padding'>): Record<string, tf.Tensor> => {
    const least: Record<string, tf.Tensor> = {};
    forward(net, x, {
      tap: (name, tensor, kind) => {
        if (kind !== 'tanh') return tensor;
        const rows = tensor.reshape([-1, at(tensor.shape, tensor.rank - 1)]).square(); // (N, H)
        // No |h| is above 1, so that padding is never the least.
        const masked = net.model.example === 'sequence' ? rows.add(padding.reshape([-1, 1]).mul(2)) : rows;
        least[name] = masked.neg().max(0).neg();
        return tensor;
      },
    });
    return least;
  };
}

/** From int32 x (B, T) and y (N), weights (N): the weighted sum of the targets' cross-entropies (), in nats. */
export function evaluationLoss(net: Net) {
  return ({ x, y, weights }: Inputs<'x' | 'y' | 'weights'>): { loss: tf.Tensor } => ({
    loss: crossEntropy(forward(net, x), y, weights),
  });
}

/** From int32 x (B, T): the logits (B, V) of what follows x, or in a sequence, the character at `position` (B). */
export function prediction(net: Net) {
  return ({ x, position }: Inputs<'x' | 'position'>): { logits: tf.Tensor } => {
    const all = forward(net, x);
    if (net.model.example === 'context') return { logits: all };
    const [B, T] = matrix(x).shape;
    const chosen = oneHot(position, T).reshape([B, T, 1]); // (B, T, 1)
    return { logits: all.mul(chosen).sum(1) };
  };
}

/**
 * From int32 x (B, T) and weights (B): the weighted mean and mean square (1, H) of what each BatchNorm normalizes, by the
 * name of its running mean. Those of chunks add up to those of a whole split.
 *
 * @param onLayer called with each layer, and how many of its rows belong to one example
 */
export function observation(net: Net, onLayer: (layer: BatchNorm, rowsPerExample: number) => void) {
  return ({ x, weights }: Inputs<'x' | 'weights'>): Record<string, tf.Tensor> => {
    const sums: Record<string, tf.Tensor> = {};
    forward(net, x, {
      observe(layer, rows) {
        const perExample = rows.shape[0] / weights.size;
        onLayer(layer, perExample);
        // Rows over time share their example's weight.
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
function keeper<K>(onName: (kept: NamedTensor<K>) => void) {
  const watched: Record<string, tf.Tensor> = {};
  const keep = (name: string, tensor: tf.Tensor, kind: K): void => {
    watched[name] = tf.keep(tensor.clone()); // it outlives the pass, and the engine disposes of it
    onName({ name, shape: tensor.shape, kind });
  };
  return [watched, keep] as const;
}

function update(net: Net, inputs: StepInputs, tap: Tap, observe?: Pass['observe']) {
  const { model, h, parameters } = net;
  const input = (name: string): tf.Tensor => named(inputs, name);
  const { value, grads } = tf.variableGrads(() => {
    const logits = forward(net, input('x'), { training: true, tap, observe });
    const loss = crossEntropy(logits, input('y'), input('weights'));
    const regularization = model.regularization(parameters, h);
    return regularization ? loss.add(regularization) : loss;
  }, Object.values(parameters));
  const gradients: Record<string, tf.Tensor> = {};
  const move = moverOf(net, input);
  for (const [name, variable] of Object.entries(parameters)) {
    const gradient = named(grads, variable.name);
    gradients[name] = gradient;
    move(name, variable, gradient);
  }
  return { loss: value, gradients };
}

/** How the optimizer moves a parameter. */
function moverOf({ model, moments }: Net, input: (name: string) => tf.Tensor) {
  if (model.optimizer === 'sgd') {
    const learningRate = input('learningRate');
    return (_: string, variable: tf.Variable, gradient: tf.Tensor) => sgd(variable, gradient, learningRate);
  }
  const [stepSize, rootCorrection, shrink] = [input('stepSize'), input('rootCorrection'), input('shrink')];
  return (name: string, variable: tf.Variable, gradient: tf.Tensor) =>
    adamW(variable, named(moments, name), gradient, { stepSize, rootCorrection, shrink });
}

function forward(
  { model, h, parameters, state }: Net,
  x: tf.Tensor,
  { training = false, tap = noTap, observe }: Partial<Omit<Pass, 'h' | 'state'>> = {},
): tf.Tensor {
  return model.forward(parameters, matrix(x), { h, training, tap, state, observe });
}

/** The identity, which reports its gradient. */
function withGradient<T extends tf.Tensor>(tensor: T, onGradient: (gradient: tf.Tensor) => void): T {
  const identity = tf.customGrad<T>(() => ({
    value: tensor.clone(),
    gradFunc: dy => {
      onGradient(dy);
      return dy;
    },
  }));
  return identity(tensor);
}
