/** A look inside a running model: asked for with a `Watch`, answered a few times a second with an `Inspection`. */
import type { LayerDiagnostics, ParameterDiagnostics } from './diagnostics';
import { accept, isBoolean, isFields, isNatural, isText, parseFields } from './fields';
import type { WatchedTensor } from './run';

/** What can be watched of a training step with a plain yes or no. One row each: whatever lists the flags follows. */
const stepFlags = [
  'layers', // every tapped layer in numbers and densities
  'updates', // every matrix with its gradient and its update
  'batchNorms',
  'batch', // the minibatch
] as const;
const watchFlags = [
  ...stepFlags,
  'samples', // a few names with the same seed every so often
] as const;
type WatchFlag = (typeof watchFlags)[number];

/** What panels draw right now: the worker computes and copies no more than this. */
export interface Watch extends Readonly<Record<WatchFlag, boolean>> {
  /**
   * By name, to be sent as they are: parameters (`W1`), running statistics, and what a step produces: tapped tensors
   * (`h`), gradients (`h.grad`, `W1.grad`) and the input of a BatchNorm (`bnmean_running.batch`).
   */
  readonly tensors: readonly string[];
  /** One forward pass, step by step. */
  readonly walk?: WalkRequest;
}

function eachFlag<T>(valueOf: (flag: WatchFlag) => T): Record<WatchFlag, T> {
  return Object.fromEntries(watchFlags.map(flag => [flag, valueOf(flag)])) as Record<WatchFlag, T>;
}

export const watchNothing: Watch = { tensors: [], ...eachFlag(() => false) };

/** Everything that any of the panels wants; if several want a walk, the last one's. */
export function mergeWatches(wishes: readonly Partial<Watch>[]): Watch {
  const walk = wishes.findLast(wish => wish.walk)?.walk;
  return {
    tensors: [...new Set(wishes.flatMap(wish => wish.tensors ?? []))],
    ...eachFlag(flag => wishes.some(wish => wish[flag])),
    ...(walk && { walk }),
  };
}

/** Whether the watch needs a look into a training step. */
export function looksIntoStep(watch: Watch): boolean {
  return stepFlags.some(flag => watch[flag]);
}

/** Whether the watch asks for any part of an `Inspection`. */
export function wantsInspection(watch: Watch): boolean {
  return looksIntoStep(watch) || watch.tensors.length > 0 || watch.walk !== undefined;
}

const watchParsers = { tensors: accept(isTensorNames), ...eachFlag(() => accept(isBoolean)) };

/** Undefined for anything that is not a watch. */
export function parseWatch(value: unknown): Watch | undefined {
  if (!isFields(value)) return undefined;
  const watch = parseFields(value, watchParsers);
  if (value.walk === undefined) return watch;
  const walk = parseWalkRequest(value.walk);
  return watch && walk && { ...watch, walk };
}

function parseWalkRequest(value: unknown): WalkRequest | undefined {
  return parseFields(value, { text: accept(isText), position: accept(isNatural) });
}

function isTensorNames(value: unknown): value is string[] {
  return (
    Array.isArray(value) && value.length <= 1000 && value.every(name => typeof name === 'string' && name.length <= 200)
  );
}

/** The answer to a watch, for one step. */
export interface Inspection {
  /** Updates made so far. */
  readonly step: number;
  /** Whether the step that was looked into has not been made: while nothing trains, the next one is tried and undone. */
  readonly ahead: boolean;
  readonly tensors: Readonly<Partial<Record<string, WatchedTensor>>>;
  readonly layers?: readonly LayerLook[];
  readonly parameters?: readonly ParameterLook[];
  readonly batchNorms?: readonly BatchNormLook[];
  readonly batch?: Batch;
  readonly walk?: Walk;
}

/** As `torch.histogram(t, density=True)`: equal bins from the least to the largest value, the integral is 1. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly density: Float32Array;
}

/** For example `h`, the output of a layer, and `hpreact`, the input of its tanh. */
export type LayerKind = 'tanh' | 'preactivation' | 'hidden';

export interface LayerLook extends LayerDiagnostics {
  readonly kind: LayerKind;
  /** The last dimension is that of the neurons. */
  readonly shape: readonly number[];
  readonly histogram: Histogram;
  readonly gradHistogram: Histogram;
}

export interface ParameterLook extends ParameterDiagnostics {
  readonly gradHistogram: Histogram;
}

/** A layer that normalizes H neurons. Every array has one number per neuron. */
export interface BatchNormLook {
  /** The name of its running mean. Its input is the tensor `<name>.batch` (rows, H). */
  readonly name: string;
  readonly batchMean: Float32Array;
  readonly batchStd: Float32Array;
  readonly runningMean: Float32Array;
  readonly runningStd: Float32Array;
  readonly gain: Float32Array;
  readonly bias: Float32Array;
}

/** Indices of characters: x (B, T) and y (B, 1), or y (B, T) with -1 after the end of a name. Only the first rows of a very large batch. */
export interface Batch {
  /** Of the whole batch. */
  readonly rows: number;
  readonly x: WatchedTensor;
  readonly y: WatchedTensor;
}

/** A name, and the position before which its forward pass is shown, from 0 to its length, where the boundary follows. */
export interface WalkRequest {
  readonly text: string;
  readonly position: number;
}

/** A name on its way through the model, which uses running statistics if it has any. */
export interface Walk extends WalkRequest {
  /** Why there is nothing to see, as a sentence. */
  readonly problem?: string;
  /** (length + 1, V): what the model predicts for each character, and for the boundary after the last one. */
  readonly probs: WatchedTensor;
  /** (V), the input of the softmax; a counting model has none. */
  readonly logits?: Float32Array;
  /** What the forward pass at the position produces, in order, without the batch dimension. */
  readonly passes: readonly WalkPass[];
}

export interface WalkPass extends WatchedTensor {
  readonly name: string;
  readonly kind: LayerKind | 'embedding' | 'concatenation' | 'attention' | 'block';
}

/** For every neuron of every tanh layer, the least |h| over the whole train split. A neuron is dead if even that is saturated. */
export interface LeastActivations {
  readonly step: number;
  readonly layers: readonly { readonly name: string; readonly least: Float32Array }[];
}

/** A few names at a step of the training, drawn with the same seed at every such step. */
export interface SamplesAlong {
  readonly step: number;
  readonly words: readonly string[];
}

/** Counts of what is in the file. */
export interface DataSummary {
  /** The first name that is used. */
  readonly first: string;
  /** Names by their number of characters, from 0 on. */
  readonly lengths: Uint32Array;
  /** A few names that occur more than once, the most frequent ones first. */
  readonly duplicates: readonly { readonly name: string; readonly times: number }[];
  /** How many names repeat an earlier one. */
  readonly repetitions: number;
  /** Names per split. */
  readonly splits: { readonly train: number; readonly dev: number | null; readonly test: number | null };
  /** How many names of dev and test are in train, too. */
  readonly shared: { readonly dev: number; readonly test: number };
}
