import type { BigramCounts } from '../../../src/shared/run';

/** What follows from counted bigrams. Matrices are (n, n), row-major: rows are first characters. */

/** A picture of only some characters says nothing about the whole file. */
export function allShown({ tokens, vocabSize }: BigramCounts): boolean {
  return tokens.length === vocabSize;
}

/** `P = (N + smoothing); P /= P.sum(1, keepdims=True)`; a row that never occurs, without smoothing, is all zeros. */
export function probabilities({ tokens, vocabSize, counts, rowTotals }: BigramCounts, smoothing: number): Float32Array {
  const n = tokens.length;
  return Float32Array.from(counts, (count, i) => {
    const sum = rowTotals[Math.floor(i / n)] + smoothing * vocabSize;
    return sum === 0 ? 0 : (count + smoothing) / sum;
  });
}

/**
 * The bug of part 1: `P / P.sum(1)` without `keepdim=True` divides each column by the sum of the row of its number. So
 * columns sum to 1, since every character begins as many bigrams as it ends, and rows do not.
 */
export function columnProbabilities(counts: BigramCounts, smoothing: number): Float32Array {
  const n = counts.tokens.length;
  return Float32Array.from(counts.counts, (count, i) => {
    const sum = counts.rowTotals[i % n] + smoothing * counts.vocabSize;
    return sum === 0 ? 0 : (count + smoothing) / sum;
  });
}

/** Each row divided by its sum, as `torch.multinomial` does with what it is given; a row of zeros stays. */
export function normalizeRows(values: Float32Array, n: number): Float32Array {
  const sums = rowSums(values, n);
  return values.map((value, i) => value / (sums[Math.floor(i / n)] || 1));
}

export function rowSums(values: Float32Array, n: number): number[] {
  return Array.from({ length: n }, (_, row) =>
    values.subarray(row * n, (row + 1) * n).reduce((sum, value) => sum + value, 0),
  );
}

/** Mean over all bigrams of the file, in nats per character. Infinite where a bigram that occurs is held impossible. */
export function negativeLogLikelihood({ counts, total }: BigramCounts, probs: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0) sum -= counts[i] * Math.log(probs[i]);
  return sum / total;
}

/**
 * Of the model that is divided by rows, and of the one that is divided by columns, whose rows are made to sum to 1 when
 * names are drawn. Taken as it is, the wrong table would have the likelihood of the right one: each character begins as
 * many bigrams as it ends, so the same divisors are met equally often.
 */
export function likelihoodsByDivisor(counts: BigramCounts, smoothing: number): { rows: number; columns: number } {
  const drawn = normalizeRows(columnProbabilities(counts, smoothing), counts.tokens.length);
  return {
    rows: negativeLogLikelihood(counts, probabilities(counts, smoothing)),
    columns: negativeLogLikelihood(counts, drawn),
  };
}

/** Gives the place of a count among all, from 1; equal counts share the better place. */
export function ranking(counts: Uint32Array): (count: number) => number {
  const ascending = counts.slice().sort();
  return count => {
    let low = 0;
    let high = ascending.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ascending[middle] <= count) low = middle + 1;
      else high = middle;
    }
    return ascending.length - low + 1;
  };
}

/** Square roots, so that what is rare can still be seen; 1 is the largest. */
export function shadesOf(values: ArrayLike<number>, largest: number): Float32Array {
  return Float32Array.from(values, value => (largest > 0 ? Math.sqrt(value / largest) : 0));
}

/** Evenly from the least to the largest; what lies outside is cut, and nothing is what an impossible bigram has. */
export function linearShades(values: Float32Array, least: number, largest: number): Float32Array {
  const range = largest - least;
  return values.map(value => (value > least && range > 0 ? Math.min(1, (value - least) / range) : 0));
}

/** The whole numbers around all values that are finite, so that the colors stay while a net learns. */
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

/** What the boundary stands for: "a begins 4,410 names" says more than "bigram .a". */
export function describeBigram(tokens: readonly string[], cell: number, count: number): string {
  const first = Math.floor(cell / tokens.length);
  const second = cell % tokens.length;
  const names = count === 0 ? 'no name' : count === 1 ? '1 name' : `${count.toLocaleString('en-US')} names`;
  if (first === 0 && second === 0) return 'The boundary after itself would be a name without characters.';
  if (first === 0) return `${tokens[second]} begins ${names}.`;
  if (second === 0) return `${tokens[first]} ends ${names}.`;
  if (count === 0) return `${tokens[second]} never follows ${tokens[first]}.`;
  return `${tokens[second]} follows ${tokens[first]} ${count === 1 ? 'once' : `${count.toLocaleString('en-US')} times`}.`;
}
