import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import type { BigramCounts } from '../../src/shared/run';
import { formatShare, formatShort, formatTick } from '../../webview/draw/format';
import {
  allShown,
  describeBigram,
  negativeLogLikelihood,
  probabilities,
  ranking,
  shadesOf,
  softmaxRows,
  topProbability,
} from '../../webview/panels/bigrams';

/** The names ab, ab and b. */
const counts: BigramCounts = {
  tokens: ['.', 'a', 'b'],
  vocabSize: 3,
  counts: Uint32Array.of(0, 2, 1, 0, 0, 2, 3, 0, 0),
  rowTotals: Uint32Array.of(3, 2, 3),
  total: 8,
};

const near = (actual: number, expected: number): void =>
  ok(Math.abs(actual - expected) < 1e-6, `${actual} ${expected}`);

describe('bigrams', () => {
  it('become probabilities row by row', () => {
    const [first, second, third] = probabilities(counts, 1);
    near(first, 1 / 6);
    near(second, 3 / 6);
    near(third, 2 / 6);
    near(probabilities(counts, 0)[5], 1);
  });

  it('that never occur have no probability without smoothing', () => {
    const none: BigramCounts = { ...counts, counts: new Uint32Array(9), rowTotals: new Uint32Array(3) };
    deepStrictEqual([...probabilities(none, 0)], Array(9).fill(0));
  });

  it('count what is not shown in their rows', () => {
    const part: BigramCounts = { ...counts, vocabSize: 10, rowTotals: Uint32Array.of(13, 2, 3) };
    ok(!allShown(part));
    near(probabilities(part, 1)[1], 3 / 23);
  });

  it('have a negative log-likelihood in nats per character', () => {
    const expected = -(2 * Math.log(2 / 3) + Math.log(1 / 3)) / 8; // the rest is certain
    near(negativeLogLikelihood(counts, probabilities(counts, 0)), expected);
    strictEqual(negativeLogLikelihood(counts, new Float32Array(9)), Infinity);
  });

  it('are learned as the logarithms of their counts', () => {
    const W = Float32Array.from([1, 2, 3, 1, 1, 2, 3, 1000, 1], Math.log);
    const learned = softmaxRows(W, 3);
    near(learned[1], 2 / 6);
    near(learned[7], 1000 / 1004);
    near(softmaxRows(Float32Array.of(1000, 0), 2)[0], 1); // exp(1000) would be infinite
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
      ...['0', '997', '4410', '9949', '9950', '12k', '999k', '1.3M', '24M'],
    ]);
    deepStrictEqual([0.25, 3, 50, 1000, 20_000, 1e9].map(formatTick), ['0.25', '3', '50', '1k', '20k', '1e+9']);
    deepStrictEqual([0, 0.0004, 0.1604, 0.9996, 1].map(formatShare), ['0', '.000', '.160', '1', '1']);
  });
});
