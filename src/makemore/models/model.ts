import type * as tf from '@tensorflow/tfjs-core';
import type { HyperparameterName, Hyperparameters } from '../../shared/hyperparameters';
import type { LayerKind } from '../../shared/inspection';
import type { ModelId } from '../../shared/presets';
import type { BatchNorm } from '../nn';
import type { Initializer } from './initializers';

interface ModelDefinition {
  readonly id: ModelId;
  readonly title: string;
  readonly paper: string;
  /** Those that it takes; a preset gives each a value. */
  readonly hyperparameters: readonly HyperparameterName[];
}

/** What the data decides about a model. */
export interface DataSize {
  readonly vocabSize: number;
  /** Characters that the model sees: the context length, or a whole name with its boundary. */
  readonly blockSize: number;
}

/**
 * A net that learns by gradient descent. Plain tfjs ops that read like the paper; it disposes nothing.
 *
 * `context`: int32 x (B, blockSize), the characters before one, gives logits (B, V), as in the lectures. `sequence`: x
 * (B, T), a boundary and a whole name, gives logits (B, T, V) of what follows each character, as in makemore.py.
 */
export interface NeuralModel<P extends string = string, S extends string = string> extends ModelDefinition {
  readonly kind: 'neural';
  readonly example: 'context' | 'sequence';
  readonly optimizer: 'sgd' | 'adamw';
  /** Characters of a context; a model of sequences takes what the longest name needs. */
  contextLength?(h: Hyperparameters): number;
  /** In the order in which PyTorch draws them. */
  parameters(h: Hyperparameters, size: DataSize): readonly ParameterSpec<P>[];
  /** What training keeps besides: no gradient reaches it. */
  state?(h: Hyperparameters, size: DataSize): readonly ParameterSpec<S>[];
  forward(parameters: Record<P, tf.Tensor2D>, x: tf.Tensor2D, pass: Pass<S>): tf.Tensor;
  /** What the loss has besides the cross-entropy. */
  regularization?(parameters: Record<P, tf.Tensor2D>, h: Hyperparameters): tf.Scalar;
}

/** What a forward pass needs besides the parameters and the batch. */
export interface Pass<S extends string = string> {
  readonly h: Hyperparameters;
  /** Training takes the statistics of the batch and updates the running ones; everything else uses the running ones. */
  readonly training: boolean;
  readonly state: Record<S, tf.Variable>;
  readonly tap: Tap;
  /** Told of what each BatchNorm normalizes, (N, H). */
  readonly observe?: ((layer: BatchNorm, x: tf.Tensor2D) => void) | undefined;
}

/** A table of how often each n-gram occurs, normalized row by row. */
export interface CountingModel extends ModelDefinition {
  readonly kind: 'counting';
  /** 2 for bigrams. */
  readonly order: number;
}

export type Model = NeuralModel | CountingModel;

export interface ParameterSpec<P extends string = string> {
  readonly name: P;
  readonly shape: readonly number[];
  readonly init: Initializer;
}

/** Names a tensor inside a model so that it can be watched; gives the tensor back. */
export type Tap = <T extends tf.Tensor>(name: string, tensor: T, kind: TapKind) => T;
/**
 * What a tanh gives can be saturated, what goes in is a preactivation, and what else a layer gives is hidden. The others
 * are stations of a forward pass: embeddings, vectors side by side, who looks at whom, what a block hands on.
 */
export type TapKind = LayerKind | 'embedding' | 'concatenation' | 'attention' | 'block';

/** The value of a hyperparameter. @throws Error where the model declares it but the run lacks it. */
export function need(h: Hyperparameters, name: keyof Hyperparameters): number {
  const value = h[name];
  if (value === undefined) throw new Error(`The hyperparameter ${name} is missing.`);
  return value;
}
