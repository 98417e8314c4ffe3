import type * as tf from '@tensorflow/tfjs-core';
import type { HyperparameterName, Hyperparameters } from '../../shared/hyperparameters';
import type { ModelId } from '../../shared/presets';
import type { Generator } from '../random';

interface ModelDefinition {
  readonly id: ModelId;
  readonly title: string;
  readonly paper: string;
  /** Those that it takes; a preset gives each a value. */
  readonly hyperparameters: readonly HyperparameterName[];
}

/**
 * A net that learns by gradient descent. Plain tfjs ops that read like the paper; it disposes nothing.
 * An example is a context: int32 x (B, blockSize) gives logits (B, V).
 */
export interface NeuralModel<P extends string = string, S extends string = string> extends ModelDefinition {
  readonly kind: 'neural';
  blockSize(h: Hyperparameters): number;
  /** In the order in which PyTorch draws them. */
  parameters(h: Hyperparameters, vocabSize: number): readonly ParameterSpec<P>[];
  /** What training keeps besides: no gradient reaches it. */
  state?(h: Hyperparameters, vocabSize: number): readonly ParameterSpec<S>[];
  forward(parameters: Record<P, tf.Tensor2D>, x: tf.Tensor2D, pass: Pass<S>): tf.Tensor2D;
  /** What the loss has besides the cross-entropy. */
  regularisation?(parameters: Record<P, tf.Tensor2D>, h: Hyperparameters): tf.Scalar;
}

/** What a forward pass needs besides the parameters and the batch. */
export interface Pass<S extends string = string> {
  readonly h: Hyperparameters;
  /** Training takes the statistics of the batch and updates the running ones; everything else uses the running ones. */
  readonly training: boolean;
  readonly state: Record<S, tf.Variable<tf.Rank.R2>>;
  readonly tap: Tap;
}

/** A table of how often each n-gram occurs, normalised row by row. */
export interface CountingModel extends ModelDefinition {
  readonly kind: 'counting';
  /** 2 for bigrams. */
  readonly order: number;
}

export type Model = NeuralModel | CountingModel;

export interface ParameterSpec<P extends string = string> {
  readonly name: P;
  readonly shape: readonly [rows: number, columns: number] | readonly [size: number];
  readonly init: Initialiser;
}

export type Initialiser = (g: Generator, shape: readonly number[]) => Float32Array;

/** Names a tensor inside a model so that it can be watched; gives the tensor back. */
export type Tap = <T extends tf.Tensor>(name: string, tensor: T, kind: TapKind) => T;
/** What a tanh gives can be saturated; what goes in is a preactivation. */
export type TapKind = 'tanh' | 'preactivation';

/** Standard normal numbers, as `torch.randn(shape, generator=g)`. */
export const randn: Initialiser = (g, shape) => g.randn(shape.reduce((product, n) => product * n, 1));

/** What `draw` draws, times each factor in turn, rounded to float32 after each as PyTorch does. */
export function scaled(draw: Initialiser, ...factors: readonly number[]): Initialiser {
  return (g, shape) => factors.reduce((values, factor) => values.map(v => v * Math.fround(factor)), draw(g, shape));
}

/** Divided by √fan_in: `randn(fan_in, fan_out) * gain / fan_in**0.5`. */
export function kaiming(gain: number): Initialiser {
  return (g, shape) => {
    const root = Math.fround(shape[0] ** 0.5);
    return scaled(randn, gain)(g, shape).map(v => v / root);
  };
}

/** The same number everywhere; draws nothing. */
export function constant(value: number): Initialiser {
  return (_, shape) => new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(value);
}

/** The value of a hyperparameter. @throws Error where the model declares it but the run lacks it. */
export function need(h: Hyperparameters, name: keyof Hyperparameters): number {
  const value = h[name];
  if (value === undefined) throw new Error(`The hyperparameter ${name} is missing.`);
  return value;
}
