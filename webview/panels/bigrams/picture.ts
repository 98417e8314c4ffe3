import type { BigramCounts } from '../../../src/shared/run';
import { formatInteger, formatShare, formatShort } from '../../draw/format';
import { linearTicks, squareRootTicks, type ScaleTick } from '../../draw/scale-ticks';
import { linearShades, shadesOf, topProbability, wholeRange } from './probabilities';

/** One matrix of bigrams, ready to be drawn. */
export interface BigramPicture {
  readonly title: string;
  /** From 0 to 1. */
  readonly shades: Float32Array;
  readonly ticks: readonly ScaleTick[];
  /** What the colors follow, where it is not the value itself. */
  readonly says: string;
  /** In at most four characters, for a cell. */
  readonly short: (cell: number) => string;
  /** Whether there is nothing to say: no such bigram, or a probability that rounds to none. */
  readonly isQuiet: (cell: number) => boolean;
  /** In full, for a table. */
  readonly long: (cell: number) => string;
}

export function countsPicture({ counts }: BigramCounts): BigramPicture {
  const largest = counts.reduce((a, b) => Math.max(a, b), 0);
  return {
    title: 'Counts',
    shades: shadesOf(counts, largest),
    ticks: squareRootTicks(largest, value => formatInteger(Math.round(value))),
    says: 'colors follow the square root of the counts',
    short: cell => formatShort(counts[cell]),
    isQuiet: cell => counts[cell] === 0,
    long: cell => formatInteger(counts[cell]),
  };
}

/** @param largest where the colors end, where two pictures are to have the same ones */
export function probabilityPicture(title: string, probs: Float32Array, largest = topProbability(probs)): BigramPicture {
  return {
    title,
    shades: shadesOf(probs, largest),
    ticks: squareRootTicks(largest, value => String(Number(value.toPrecision(3)))),
    says: 'colors follow the square root of the probabilities',
    short: cell => formatShare(probs[cell]),
    isQuiet: cell => probs[cell] < 0.0005,
    long: cell => probs[cell].toFixed(4),
  };
}

/** @param range of the colors, where two pictures are to have the same ones */
export function logitsPicture(title: string, logits: Float32Array, range = wholeRange(logits)): BigramPicture {
  const { least, largest } = range;
  return {
    title,
    shades: linearShades(logits, least, largest),
    ticks: linearTicks(least, largest),
    says: '',
    short: cell => formatLogit(logits[cell], 1),
    isQuiet: () => false,
    long: cell => formatLogit(logits[cell], 4),
  };
}

/** The logs of counts; those of what never occurs are only those of the smoothing. */
export function logCountsPicture(title: string, logs: Float32Array, { counts }: BigramCounts): BigramPicture {
  return { ...logitsPicture(title, logs), isQuiet: cell => counts[cell] === 0 };
}

export function formatLogit(value: number, digits: number): string {
  return value === -Infinity ? '−∞' : value.toFixed(digits).replace('-', '−');
}
