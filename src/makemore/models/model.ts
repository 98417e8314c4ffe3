import type * as tf from '@tensorflow/tfjs-core';
import { valuesOf, type HyperparameterName, type Hyperparameters, type ValuesOf } from '../../shared/hyperparameters';
import type { LayerKind } from '../../shared/inspection';
import { models, type ModelId } from '../../shared/models';
import type { BatchNorm } from '../nn';
import type { ParameterSpec } from './initializers';

/** What the data decides about a model. */
export interface DataSize {
  readonly vocabSize: number;
  /** How many characters the model sees: the context length, or a whole name with its boundary. */
  readonly blockSize: number;
}

export interface NamedSpec extends ParameterSpec {
  readonly name: string;
}

/** By name; undefined stands for one that the net lacks with these hyperparameters. */
type Specs = Readonly<Record<string, ParameterSpec | undefined>>;

/** A matrix where the spec has two dimensions; possibly undefined where the spec is. */
type TensorOf<S> = S extends ParameterSpec
  ? S['shape'] extends readonly [number, number]
    ? tf.Tensor2D
    : tf.Tensor
  : undefined;
type TensorsOf<P extends Specs> = { readonly [Name in keyof P]: TensorOf<P[Name]> };

/** A model's tensors by name, for names that are put together, such as `W1` and `W2`. */
export type Tensors = Readonly<Record<string, tf.Tensor | undefined>>;

/** Names a tensor inside a model so that it can be watched; returns the tensor. */
export type Tap = <T extends tf.Tensor>(name: string, tensor: T, kind: TapKind) => T;
/**
 * The output of a tanh can be saturated, its input is a preactivation, and the output of any other layer is hidden. The
 * rest are stations of a forward pass: embeddings, vectors side by side, who attends to whom, and what a block passes on.
 */
export type TapKind = LayerKind | 'embedding' | 'concatenation' | 'attention' | 'block';

/** What a forward pass needs besides the parameters and the batch. */
export interface Pass<H = Hyperparameters> {
  readonly h: H;
  /** Training normalizes with the statistics of the batch and updates the running ones; everything else uses those. */
  readonly training: boolean;
  readonly state: Readonly<Record<string, tf.Variable>>;
  readonly tap: Tap;
  /** Called with the input (N, H) of each BatchNorm. */
  readonly observe?: ((layer: BatchNorm, x: tf.Tensor2D) => void) | undefined;
}

/**
 * A net as its file defines it: `h` holds the hyperparameters that it lists, and the parameters that it declares are what
 * `forward` gets. Plain tfjs ops that read like the paper; it disposes of nothing.
 *
 * A model of contexts takes int32 x (B, blockSize), the characters before one, and returns logits (B, V), as in the
 * lectures. A model of names takes x (B, T), a boundary and a whole name, and returns logits (B, T, V) of what follows each
 * character, as in makemore.py.
 */
interface Definition<N extends HyperparameterName = HyperparameterName, P extends Specs = Specs> {
  readonly id: ModelId;
  readonly title: string;
  readonly optimizer: 'sgd' | 'adamw';
  readonly hyperparameters: readonly N[];
  /** In the order in which PyTorch draws them. */
  parameters(h: ValuesOf<N>, size: DataSize): P;
  /** What training keeps besides the parameters and no gradient reaches, such as running statistics. */
  state?(h: ValuesOf<N>, size: DataSize): Specs;
  forward(parameters: TensorsOf<P>, x: tf.Tensor2D, pass: Pass<ValuesOf<N>>): tf.Tensor;
  /** What the loss has besides the cross-entropy. */
  regularization?(parameters: TensorsOf<P>, h: ValuesOf<N>): tf.Scalar;
}

/** A net that learns by gradient descent, as everything outside its file sees it: all nets are alike. */
export interface NeuralModel {
  readonly kind: 'neural';
  readonly id: ModelId;
  readonly title: string;
  readonly hyperparameters: readonly HyperparameterName[];
  /** A context and what follows it, or a whole name. */
  readonly example: 'context' | 'sequence';
  readonly optimizer: 'sgd' | 'adamw';
  /** In the order in which PyTorch draws them. */
  parameters(h: Hyperparameters, size: DataSize): readonly NamedSpec[];
  state(h: Hyperparameters, size: DataSize): readonly NamedSpec[];
  forward(parameters: Readonly<Record<string, tf.Tensor>>, x: tf.Tensor2D, pass: Pass): tf.Tensor;
  regularization(parameters: Readonly<Record<string, tf.Tensor>>, h: Hyperparameters): tf.Scalar | undefined;
}

/** A table of how often each n-gram occurs, normalized row by row. */
export interface CountingModel {
  readonly kind: 'counting';
  readonly id: ModelId;
  readonly title: string;
  readonly hyperparameters: readonly ['smoothing'];
}

export type Model = NeuralModel | CountingModel;

/**
 * A net from its definition, which the compiler checks against itself: `forward` can use no hyperparameter and no parameter
 * that the definition does not declare. A run that lacks a declared hyperparameter is an error wherever values are needed.
 */
export function defineModel<const N extends HyperparameterName, P extends Specs>(
  definition: Definition<N, P>,
): NeuralModel;
export function defineModel(definition: Definition): NeuralModel {
  const { id, title, optimizer, hyperparameters } = definition;
  const declared = (h: Hyperparameters) => valuesOf(h, hyperparameters);
  return {
    kind: 'neural',
    id,
    title,
    hyperparameters,
    example: models[id].reads === 'names' ? 'sequence' : 'context',
    optimizer,
    parameters: (h, size) => present(definition.parameters(declared(h), size)),
    state: (h, size) => present(definition.state?.(declared(h), size) ?? {}),
    forward: (parameters, x, pass) => definition.forward(parameters, x, { ...pass, h: declared(pass.h) }),
    regularization: (parameters, h) => definition.regularization?.(parameters, declared(h)),
  };
}

function present(specs: Specs): NamedSpec[] {
  return Object.entries(specs).flatMap(([name, spec]) => (spec ? { name, ...spec } : []));
}

/** What every net of the lectures with minibatches is trained with. */
export const sgdHyperparameters = ['batchSize', 'learningRate', 'decayFrom', 'maxSteps', 'seed'] as const;
/** What every net of makemore.py is trained with. */
export const adamWHyperparameters = ['batchSize', 'learningRate', 'weightDecay', 'maxSteps', 'seed'] as const;
