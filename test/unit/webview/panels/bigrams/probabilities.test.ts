import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../../../../src/shared/at';
import type { BigramCounts } from '../../../../../src/shared/run';
import { formatShare, formatShort, formatTick } from '../../../../../webview/draw/format';
import {
  allShown,
  columnProbabilities,
  describeBigram,
  likelihoodsByDivisor,
  linearShades,
  negativeLogLikelihood,
  normalizeRows,
  probabilities,
  ranking,
  rowSums,
  shadesOf,
  topProbability,
  wholeRange,
} from '../../../../../webview/panels/bigrams/probabilities';
import { addRowConstants, logCounts, rowConstants, softmaxRows } from '../../../../../webview/panels/bigrams/logits';
import { countsOf, noisyCounts } from './counts';

const counts = countsOf('ab', 'ab', 'b');

const near = (actual: number, expected: number, by = 1e-6): void =>
  ok(Math.abs(actual - expected) < by, `${actual} ${expected}`);

/** With smoothing 1, in double precision: what is drawn from a row is drawn in proportion to it. */
function plainLikelihood({ counts, tokens, total }: BigramCounts, by: 'rows' | 'columns'): number {
  const n = tokens.length;
  const smoothed = Array.from(counts, count => count + 1);
  const sumOfRow = (row: number): number => smoothed.slice(row * n, (row + 1) * n).reduce((a, b) => a + b);
  const divided = smoothed.map((value, i) => value / sumOfRow(by === 'rows' ? Math.floor(i / n) : i % n));
  const drawn = divided.map((value, i) => {
    const start = Math.floor(i / n) * n;
    return value / divided.slice(start, start + n).reduce((a, b) => a + b);
  });
  return -drawn.reduce((sum, p, i) => sum + at(counts, i) * Math.log(p), 0) / total;
}

describe('bigrams', () => {
  it('become probabilities row by row', () => {
    const probs = probabilities(counts, 1);
    near(at(probs, 0), 1 / 6);
    near(at(probs, 1), 3 / 6);
    near(at(probs, 2), 2 / 6);
    near(at(probabilities(counts, 0), 5), 1);
  });

  it('that never occur have no probability without smoothing', () => {
    const none: BigramCounts = { ...counts, counts: new Uint32Array(9), rowTotals: new Uint32Array(3) };
    deepStrictEqual([...probabilities(none, 0)], Array(9).fill(0));
  });

  it('count what is not shown in their rows', () => {
    const part: BigramCounts = { ...counts, vocabSize: 10, rowTotals: Uint32Array.of(13, 2, 3) };
    ok(!allShown(part));
    near(at(probabilities(part, 1), 1), 3 / 23);
  });

  it('have a negative log-likelihood in nats per character', () => {
    const expected = -(2 * Math.log(2 / 3) + Math.log(1 / 3)) / 8; // the rest is certain
    near(negativeLogLikelihood(counts, probabilities(counts, 0)), expected);
    strictEqual(negativeLogLikelihood(counts, new Float32Array(9)), Infinity);
  });

  it('are learned as the logarithms of their counts', () => {
    const W = Float32Array.from([1, 2, 3, 1, 1, 2, 3, 1000, 1], Math.log);
    const learned = softmaxRows(W, 3);
    near(at(learned, 1), 2 / 6);
    near(at(learned, 7), 1000 / 1004);
    near(at(softmaxRows(Float32Array.of(1000, 0), 2), 0), 1); // exp(1000) would be infinite
  });

  it('with a constant per row are the same to softmax, and the constant is found again', () => {
    const smoothed = logCounts(noisyCounts, 1);
    const n = noisyCounts.tokens.length;
    const expected = noisyCounts.tokens.map((_, row) => Math.sin(row) * 5);
    const W = smoothed.map((value, i) => value - at(expected, Math.floor(i / n)));
    rowConstants(smoothed, W, n).forEach((constant, row) => near(constant, at(expected, row), 1e-5));
    const probs = softmaxRows(W, n);
    probabilities(noisyCounts, 1).forEach((p, i) => near(at(probs, i), p));
    addRowConstants(W, expected).forEach((value, i) => near(value, at(smoothed, i), 1e-5));
  });

  it('that never occur have the log −∞ without smoothing, and softmax takes it', () => {
    strictEqual(at(logCounts(counts, 0), 0), -Infinity);
    near(at(softmaxRows(logCounts(counts, 0), 3), 1), 2 / 3);
    ok(rowConstants(logCounts(counts, 0), new Float32Array(9), 3).every(Number.isFinite));
  });

  it('divided by the wrong sums have columns that sum to 1, and rows that do not', () => {
    const n = noisyCounts.tokens.length;
    for (const smoothing of [0, 1, 2.5]) {
      const wrong = columnProbabilities(noisyCounts, smoothing);
      for (let column = 0; column < n; column++) {
        let sum = 0;
        for (let row = 0; row < n; row++) sum += at(wrong, row * n + column);
        near(sum, 1, 1e-5);
      }
      ok(rowSums(wrong, n).some(sum => Math.abs(sum - 1) > 0.1));
      rowSums(normalizeRows(wrong, n), n).forEach(sum => near(sum, 1, 1e-5));
    }
  });

  it('divided by the wrong sums are a worse model, which their own likelihood does not tell', () => {
    const { rows, columns } = likelihoodsByDivisor(noisyCounts, 1);
    near(rows, plainLikelihood(noisyCounts, 'rows'));
    near(columns, plainLikelihood(noisyCounts, 'columns'));
    ok(columns > rows + 0.01, `${columns} ${rows}`);
    near(negativeLogLikelihood(noisyCounts, columnProbabilities(noisyCounts, 1)), rows);
  });

  it('are shaded evenly where they are logs', () => {
    const logs = Float32Array.of(-Infinity, -1.5, 0, 2.4);
    deepStrictEqual(wholeRange(logs), { least: -2, largest: 3 });
    deepStrictEqual(
      [...linearShades(logs, -2, 3)].map(shade => shade.toFixed(2)),
      ['0.00', '0.10', '0.40', '0.88'],
    );
    deepStrictEqual([...linearShades(logs, 0, 2)], [0, 0, 0, 1]);
    deepStrictEqual(wholeRange(Float32Array.of(-Infinity)), { least: 0, largest: 1 });
  });

  it('rank by count, equal ones alike', () => {
    const rank = ranking(counts.counts);
    strictEqual(rank(3), 1);
    strictEqual(rank(2), 2);
    strictEqual(rank(1), 4);
    strictEqual(rank(0), 5);
  });

  it('say what the boundary stands for', () => {
    strictEqual(describeBigram(counts.tokens, 1, 4410), 'a begins 4,410 names.');
    strictEqual(describeBigram(counts.tokens, 3, 1), 'a ends 1 name.');
    strictEqual(describeBigram(counts.tokens, 3, 0), 'a ends no name.');
    strictEqual(describeBigram(counts.tokens, 5, 2), 'b follows a 2 times.');
    strictEqual(describeBigram(counts.tokens, 4, 0), 'a never follows a.');
  });

  it('are shaded by their square roots', () => {
    deepStrictEqual([...shadesOf([0, 1, 4], 4)], [0, 0.5, 1]);
    deepStrictEqual([...shadesOf([0], 0)], [0]);
    strictEqual(topProbability(Float32Array.of(0.1, 0.38)), 0.5);
  });

  it('are written in at most four characters', () => {
    deepStrictEqual([0, 997, 4410, 9949, 9950, 12_345, 999_499, 1.26e6, 2.4e7].map(formatShort), [
      '0',
      '997',
      '4410',
      '9949',
      '9950',
      '12k',
      '999k',
      '1.3M',
      '24M',
    ]);
    deepStrictEqual([0.25, 3, 50, 1000, 20_000, 1e9].map(formatTick), ['0.25', '3', '50', '1k', '20k', '1e+9']);
    deepStrictEqual([0, 0.0004, 0.1604, 0.9996, 1, NaN].map(formatShare), ['0', '.000', '.160', '1', '1', 'nan']);
  });
});
