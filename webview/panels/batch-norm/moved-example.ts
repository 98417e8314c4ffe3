import { at } from '../../../src/shared/at';
import type { Batch } from '../../../src/shared/inspection';
import type { RunInfo, WatchedTensor } from '../../../src/shared/run';
import { knownExamples, listedRow } from '../parts/batch-listing';
import { columnOf, normalize, rangeOf, statisticsOf, type Normalization } from './normalization';
import { formatNumber } from './sentences';

/** One neuron of a normalized batch, and the example to look at. */
export interface NormalizedNeuron {
  readonly layer: string;
  readonly neuron: number;
  readonly example: number;
  readonly batch: Batch;
  readonly info: RunInfo;
  /** (rows, neurons), before it was normalized. */
  readonly x: WatchedTensor;
  readonly normalization: Normalization;
}

/** Whether two looks are at the same thing, perhaps at different times. */
export function isSame(a: NormalizedNeuron, b: NormalizedNeuron): boolean {
  return a.info === b.info && a.layer === b.layer && a.neuron === b.neuron && a.example === b.example;
}

/** The experiment of the lecture: move one example by hand, and all others of its batch move as well. */
export interface MovedExample {
  readonly column: Float32Array;
  /** The value of the example, moved or not. */
  readonly value: number;
  /** The values that it can be moved to. */
  readonly range: { readonly min: number; readonly max: number };
  /** Normalized values of all examples, as they are and as they would be. */
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** @param value undefined where the example has not been moved */
export function moveExample({ neuron, example, x, normalization }: NormalizedNeuron, value?: number): MovedExample {
  const column = columnOf(x, neuron);
  const before = normalize(column, normalization);
  return {
    column,
    before,
    value: value ?? at(column, example),
    range: rangeOf(column),
    after: value === undefined ? before : normalize(column.with(example, value), normalization),
  };
}

/** "..e → m" */
export function exampleTitle({ batch, info, x, example }: NormalizedNeuron): string {
  const places = at(x.shape, 0) / batch.rows;
  if (example >= knownExamples(batch) * places) return '';
  const { before, part, after, target } = listedRow(batch, info.characters, example, places);
  return `${before}${part}${after} → ${target}`;
}

export function movedSentence({ example }: NormalizedNeuron, { column, value, before, after }: MovedExample): string {
  if (before === after)
    return 'Every line is an example, normalized. Move one: all others move too, since mean and std are those of the batch.';
  const [was, is] = [statisticsOf(column), statisticsOf(column.with(example, value))];
  const shifts = before.map((v, i) => (i === example ? 0 : Math.abs(at(after, i) - v)));
  const furthest = shifts.reduce((a, b) => Math.max(a, b), 0);
  const change = (from: number, to: number): string => `from ${formatNumber(from, 2)} to ${formatNumber(to, 2)}`;
  return `The mean of the batch goes ${change(was.mean, is.mean)} and its std ${change(was.std, is.std)}: the other ${column.length - 1} examples move by up to ${formatNumber(furthest, 2)}, though nothing about them has changed.`;
}

export const movedColumns = ['example', 'value', 'normalized', 'after the move'] as const;

export function movedRows({ column, before, after }: MovedExample): string[][] {
  return Array.from(column, (value, row) => [
    String(row),
    ...[value, at(before, row), at(after, row)].map(v => formatNumber(v, 4)),
  ]);
}
