import { at } from '../../../src/shared/at';
import type { BigramCounts } from '../../../src/shared/run';

/** What follows from counted bigrams. Matrices are (n, n), row-major: a row belongs to a first character. */

/** Whether every character is shown: with only some of them, nothing can be said about the whole file. */
export function allShown({ tokens, vocabSize }: BigramCounts): boolean {
  return tokens.length === vocabSize;
}

/** `P = (N + smoothing); P /= P.sum(1, keepdims=True)`. Without smoothing, a row that never occurs is all zeros. */
export function probabilities({ tokens, vocabSize, counts, rowTotals }: BigramCounts, smoothing: number): Float32Array {
  const n = tokens.length;
  return Float32Array.from(counts, (count, i) => {
    const sum = at(rowTotals, Math.floor(i / n)) + smoothing * vocabSize;
    return sum === 0 ? 0 : (count + smoothing) / sum;
  });
}

/**
 * The bug of part 1: `P / P.sum(1)` without `keepdim=True` divides each column by the sum of the row with its number. So
 * columns sum to 1, because every character begins as many bigrams as it ends, and rows do not.
 */
export function columnProbabilities(counts: BigramCounts, smoothing: number): Float32Array {
  const n = counts.tokens.length;
  return Float32Array.from(counts.counts, (count, i) => {
    const sum = at(counts.rowTotals, i % n) + smoothing * counts.vocabSize;
    return sum === 0 ? 0 : (count + smoothing) / sum;
  });
}

/** Each row divided by its sum, which `torch.multinomial` does with its input. A row of zeros stays as it is. */
export function normalizeRows(values: Float32Array, n: number): Float32Array {
  const sums = rowSums(values, n);
  return values.map((value, i) => value / (at(sums, Math.floor(i / n)) || 1));
}

export function rowSums(values: Float32Array, n: number): number[] {
  return Array.from({ length: n }, (_, row) =>
    values.subarray(row * n, (row + 1) * n).reduce((sum, value) => sum + value, 0),
  );
}

/** The mean over all bigrams of the file, in nats per character. Infinite where a bigram occurs that has no probability. */
export function negativeLogLikelihood({ counts, total }: BigramCounts, probs: Float32Array): number {
  let sum = 0;
  for (const [i, count] of counts.entries()) if (count > 0) sum -= count * Math.log(at(probs, i));
  return sum / total;
}

/**
 * The losses of the model that divides by rows, and of the one that divides by columns, whose rows are made to sum to 1
 * when names are drawn. Taken as it is, the wrong table would have the likelihood of the right one: every character
 * begins as many bigrams as it ends, so each divisor counts equally often.
 */
export function likelihoodsByDivisor(counts: BigramCounts, smoothing: number): { rows: number; columns: number } {
  const drawn = normalizeRows(columnProbabilities(counts, smoothing), counts.tokens.length);
  return {
    rows: negativeLogLikelihood(counts, probabilities(counts, smoothing)),
    columns: negativeLogLikelihood(counts, drawn),
  };
}

/** Gives the rank of a count among all, from 1. Equal counts share the better rank. */
export function ranking(counts: Uint32Array): (count: number) => number {
  const ascending = counts.slice().sort();
  return count => {
    let low = 0;
    let high = ascending.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(ascending, middle) <= count) low = middle + 1;
      else high = middle;
    }
    return ascending.length - low + 1;
  };
}

/** Square roots, so that rare bigrams can still be seen. The largest value has a shade of 1. */
export function shadesOf(values: ArrayLike<number>, largest: number): Float32Array {
  return Float32Array.from(values, value => (largest > 0 ? Math.sqrt(value / largest) : 0));
}

/** Evenly from the least to the largest. Values outside are clamped, and an impossible bigram has a shade of 0. */
export function linearShades(values: Float32Array, least: number, largest: number): Float32Array {
  const range = largest - least;
  return values.map(value => (value > least && range > 0 ? Math.min(1, (value - least) / range) : 0));
}

/** Whole numbers around all finite values, so that the colors stay while a net learns. */
export function wholeRange(values: Float32Array): { least: number; largest: number } {
  const finite = values.filter(Number.isFinite);
  const least = Math.floor(finite.reduce((a, b) => Math.min(a, b), Infinity));
  const largest = Math.ceil(finite.reduce((a, b) => Math.max(a, b), -Infinity));
  return finite.length > 0 ? { least, largest } : { least: 0, largest: 1 };
}

/** The largest probability, rounded up so that the colors stay while a net learns. */
export function topProbability(probs: Float32Array): number {
  const largest = probs.reduce((a, b) => Math.max(a, b), 0);
  return [0.1, 0.2, 0.5].find(top => largest <= top) ?? 1;
}

/** A bigram in words: "a begins 4,410 names" says more than "bigram .a". */
export function describeBigram(tokens: readonly string[], cell: number, count: number): string {
  const [row, column] = [Math.floor(cell / tokens.length), cell % tokens.length];
  const [first, second] = [at(tokens, row), at(tokens, column)];
  const names = count === 0 ? 'no name' : count === 1 ? '1 name' : `${count.toLocaleString('en-US')} names`;
  if (row === 0 && column === 0) return 'The boundary after itself would be a name without characters.';
  if (row === 0) return `${second} begins ${names}.`;
  if (column === 0) return `${first} ends ${names}.`;
  if (count === 0) return `${second} never follows ${first}.`;
  return `${second} follows ${first} ${count === 1 ? 'once' : `${count.toLocaleString('en-US')} times`}.`;
}
