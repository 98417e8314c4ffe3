import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { bigramCounts, negativeLogLikelihood, nextProbabilities, trigramSlice } from '../../../src/makemore/ngrams';
import { at } from '../../../src/shared/at';
import { countNgrams } from '../../../src/shared/ngram-counts';
import { createVocabulary } from '../../../src/shared/vocabulary';

const names = ['ab', 'abb', 'b'];
const vocabulary = createVocabulary(names); // . a b

describe('counting n-grams', () => {
  it('counts bigrams with the boundary on both sides', () => {
    const { counts, total } = countNgrams(names, vocabulary, 2);
    deepStrictEqual([...counts], [0, 2, 1, 0, 0, 2, 3, 0, 1]);
    strictEqual(total, 9);
  });

  it('counts trigrams after contexts padded with two boundaries', () => {
    const { counts, total } = countNgrams(['ab'], vocabulary, 3);
    const seen = [...counts.entries()].filter(([, n]) => n > 0).map(([i]) => i);
    deepStrictEqual(seen, [0 * 9 + 0 * 3 + 1, 0 * 9 + 1 * 3 + 2, 1 * 9 + 2 * 3 + 0]);
    strictEqual(total, 3);
  });

  it('gives probabilities that add up to 1, evenly smoothed', () => {
    const n = countNgrams(names, vocabulary, 2);
    deepStrictEqual([...nextProbabilities(n, 0, [1])], [0, 0, 1]);
    deepStrictEqual(
      [...nextProbabilities(n, 1, [1])],
      [1, 1, 3].map(c => Math.fround(c / 5)),
    );
  });

  it('gives the negative log-likelihood per character', () => {
    const n = countNgrams(names, vocabulary, 2);
    const expected = -(2 * Math.log(2 / 3) + Math.log(1 / 3) + 0 + 3 * Math.log(3 / 4) + Math.log(1 / 4)) / 9;
    ok(Math.abs(negativeLogLikelihood(n, 0) - expected) < 1e-12);
    ok(negativeLogLikelihood(n, 1) > negativeLogLikelihood(n, 0), 'smoothing costs likelihood on the counted file');
  });
});

describe('the bigram matrix to look at', () => {
  it('is the table of counts for a small vocabulary', () => {
    const shown = bigramCounts(names, vocabulary);
    deepStrictEqual(shown.tokens, ['.', 'a', 'b']);
    deepStrictEqual([...shown.counts], [0, 2, 1, 0, 0, 2, 3, 0, 1]);
    deepStrictEqual([...shown.rowTotals], [3, 2, 4]);
    strictEqual(shown.total, 9);
  });

  it('has the boundary and the most frequent characters of a large vocabulary, with the totals of all', () => {
    const many = Array.from({ length: 500 }, (_, i) => String.fromCodePoint(0x4e00 + i));
    const words = many.flatMap((c, i) => (i < 250 ? [c, c] : [c]));
    const large = createVocabulary(words);
    const shown = bigramCounts(words, large);
    strictEqual(shown.tokens.length, 200);
    strictEqual(shown.tokens[0], '.');
    ok(shown.tokens.slice(1).every(c => c < String.fromCodePoint(0x4e00 + 250)));
    strictEqual(shown.rowTotals[0], 750);
    strictEqual(shown.total, 1500);
    strictEqual(shown.vocabSize, 501);
  });
});

describe('the trigrams after a character', () => {
  it('are the slice of the table that a trigram model counts', () => {
    const words = ['abba', 'bab', 'a', 'bbbb', 'abba'];
    const known = createVocabulary(words);
    const n = countNgrams(words, known, 3);
    known.itos.forEach((first, i) => {
      const slice = trigramSlice(words, known, known.itos, first);
      strictEqual(slice.first, first);
      deepStrictEqual([...slice.counts], [...n.counts.subarray(i * 9, (i + 1) * 9)]);
      slice.tokens.forEach((_, row) => {
        const expected = nextProbabilities(n, 1.5, [i, row]);
        const sum = at(slice.rowTotals, row) + 1.5 * slice.vocabSize;
        for (let column = 0; column < 3; column++)
          ok(Math.abs((at(slice.counts, row * 3 + column) + 1.5) / sum - at(expected, column)) < 1e-6);
      });
    });
  });

  it('add up to the bigrams, and begin with two boundaries', () => {
    const slices = vocabulary.itos.map(first => trigramSlice(names, vocabulary, vocabulary.itos, first));
    const { counts, total } = bigramCounts(names, vocabulary);
    deepStrictEqual(
      [...counts],
      [...counts.keys()].map(i => slices.reduce((sum, slice) => sum + at(slice.counts, i), 0)),
    );
    strictEqual(
      slices.reduce((sum, slice) => sum + slice.total, 0),
      total,
    );
    deepStrictEqual([...at(slices, 0).counts.subarray(0, 3)], [0, 2, 1], 'first characters of names');
  });

  it('have the totals of all characters, even if only some are shown', () => {
    const slice = trigramSlice(names, vocabulary, ['.', 'b'], 'a');
    deepStrictEqual(slice.tokens, ['.', 'b']);
    deepStrictEqual([...slice.counts], [0, 0, 1, 1]); // ab. and abb
    deepStrictEqual([...slice.rowTotals], [0, 2]);
    strictEqual(slice.total, 2);
    strictEqual(slice.vocabSize, 3);
  });
});
