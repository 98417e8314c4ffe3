/** The functions that an engine executes, in tfjs: one step of training, a loss to evaluate, a prediction to sample from. */
import * as tf from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../shared/hyperparameters';
import { crossEntropy } from './loss';
import type { NeuralModel, Tap, TapKind } from './models/model';
import { sgd } from './optimizers';

/** A model with its hyperparameters and an engine's variables. */
export interface Net {
  readonly model: NeuralModel;
  readonly h: Hyperparameters;
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  readonly state: Readonly<Record<string, tf.Variable>>;
}

type Inputs<I extends string> = Record<I, tf.Tensor>;
type StepInputs = Inputs<'x' | 'y' | 'weights' | 'learningRate'>;

const noTap: Tap = (_, tensor) => tensor;

/** Int32 x (B, T) and y (B), weights (B), learningRate (): the loss (), and every variable moved one step. */
export function trainingStep(net: Net) {
  return (inputs: StepInputs): { loss: tf.Tensor } => ({ loss: update(net, inputs, noTap).loss });
}

/** A tensor that a watched step gives: a tapped one, or the gradient of one or of a parameter as `name.grad`. */
export interface WatchedName {
  readonly name: string;
  readonly shape: readonly number[];
  readonly kind: TapKind | 'gradient';
}

/**
 * The same step, which also gives every tapped tensor, its gradient, and each parameter's gradient.
 *
 * @param onName told of each of them in the order of the forward pass
 */
export function watchedStep(net: Net, onName: (watched: WatchedName) => void) {
  return (inputs: StepInputs): Record<string, tf.Tensor> => {
    const watched: Record<string, tf.Tensor> = {};
    const keep = (name: string, tensor: tf.Tensor, kind: WatchedName['kind']): void => {
      watched[name] = tf.keep(tensor.clone()); // outlives the pass; the engine disposes of it
      onName({ name, shape: tensor.shape, kind });
    };
    const { loss, gradients } = update(net, inputs, (name, tensor, kind) => {
      keep(name, tensor, kind);
      return withGradient(tensor, gradient => keep(`${name}.grad`, gradient, 'gradient'));
    });
    for (const [name, gradient] of Object.entries(gradients)) keep(`${name}.grad`, gradient, 'gradient');
    return { ...watched, loss };
  };
}

/** Int32 x (B, T) and y (B), weights (B): the weighted sum of the examples' cross-entropies (), in nats. */
export function evaluationLoss(net: Net) {
  return ({ x, y, weights }: Inputs<'x' | 'y' | 'weights'>): { loss: tf.Tensor } => ({
    loss: crossEntropy(forward(net, x), y, weights),
  });
}

/** Int32 x (B, T): the probabilities (B, V) of what follows. */
export function prediction(net: Net) {
  return ({ x }: Inputs<'x'>): { probs: tf.Tensor } => ({ probs: tf.softmax(forward(net, x)) });
}

function update(net: Net, { x, y, weights, learningRate }: StepInputs, tap: Tap) {
  const { model, h } = net;
  const variables = Object.values(net.parameters);
  const { value, grads } = tf.variableGrads(() => {
    const logits = forward(net, x, { training: true, tap });
    const loss = crossEntropy(logits, y, weights);
    return model.regularisation ? loss.add(model.regularisation(matrices(net.parameters), h)) : loss;
  }, variables);
  const gradients = Object.fromEntries(
    Object.entries(net.parameters).map(([name, variable]) => [name, grads[variable.name]]),
  );
  sgd(variables, grads, learningRate);
  return { loss: value, gradients };
}

function forward(net: Net, x: tf.Tensor, { training = false, tap = noTap } = {}): tf.Tensor2D {
  const { model, h, parameters, state } = net;
  const pass = { h, training, tap, state: state as Record<string, tf.Variable<tf.Rank.R2>> };
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
