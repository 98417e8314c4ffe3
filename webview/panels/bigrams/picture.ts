import { at } from '../../../src/shared/at';
import type { BigramCounts } from '../../../src/shared/run';
import { formatInteger, formatShare, formatShort } from '../../draw/format';
import { linearTicks, squareRootTicks, type ScaleTick } from '../../draw/matrix/scale-ticks';
import { linearShades, shadesOf, topProbability, wholeRange } from './probabilities';

/** One matrix of bigrams, ready to be drawn. */
export interface BigramPicture {
  readonly title: string;
  /** From 0 to 1. */
  readonly shades: Float32Array;
  readonly ticks: readonly ScaleTick[];
  /** Says what the colors follow, where that is not the value itself. */
  readonly says: string;
  /** The number of a cell, in at most four characters. */
  readonly short: (cell: number) => string;
  /** Whether a cell has nothing to show: no such bigram, or a probability that rounds to 0. */
  readonly isQuiet: (cell: number) => boolean;
  /** The number of a cell in full, for a table. */
  readonly long: (cell: number) => string;
}

export function countsPicture({ counts }: BigramCounts): BigramPicture {
  const largest = counts.reduce((a, b) => Math.max(a, b), 0);
  return {
    title: 'Counts',
    shades: shadesOf(counts, largest),
    ticks: squareRootTicks(largest, value => formatInteger(Math.round(value))),
    says: 'colors follow the square root of the counts',
    short: cell => formatShort(at(counts, cell)),
    isQuiet: cell => counts[cell] === 0,
    long: cell => formatInteger(at(counts, cell)),
  };
}

/** @param largest the end of the colors, for two pictures that share theirs */
export function probabilityPicture(title: string, probs: Float32Array, largest = topProbability(probs)): BigramPicture {
  return {
    title,
    shades: shadesOf(probs, largest),
    ticks: squareRootTicks(largest, value => String(Number(value.toPrecision(3)))),
    says: 'colors follow the square root of the probabilities',
    short: cell => formatShare(at(probs, cell)),
    isQuiet: cell => at(probs, cell) < 0.0005,
    long: cell => at(probs, cell).toFixed(4),
  };
}

/** @param range of the colors, for two pictures that share theirs */
export function logitsPicture(title: string, logits: Float32Array, range = wholeRange(logits)): BigramPicture {
  const { least, largest } = range;
  return {
    title,
    shades: linearShades(logits, least, largest),
    ticks: linearTicks(least, largest),
    says: '',
    short: cell => formatLogit(at(logits, cell), 1),
    isQuiet: () => false,
    long: cell => formatLogit(at(logits, cell), 4),
  };
}

/** The logs of counts. Bigrams that never occur only have the log of the smoothing. */
export function logCountsPicture(title: string, logs: Float32Array, { counts }: BigramCounts): BigramPicture {
  return { ...logitsPicture(title, logs), isQuiet: cell => counts[cell] === 0 };
}

export function formatLogit(value: number, digits: number): string {
  return value === -Infinity ? '−∞' : value.toFixed(digits).replace('-', '−');
}
