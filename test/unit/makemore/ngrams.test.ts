import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import {
  bigramCounts,
  countedLosses,
  negativeLogLikelihood,
  nextProbabilities,
  trigramSlice,
} from '../../../src/makemore/ngrams';
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

describe('what counting reaches on the names that were counted', () => {
  /** In words: the mean over all characters of -log(times with this one / times with any), n - 1 characters before it. */
  function plainly(words: readonly string[], order: number): number {
    const times = new Map<string, number>();
    const add = (key: string): void => void times.set(key, (times.get(key) ?? 0) + 1);
    const seen: [string, string][] = [];
    for (const word of words) {
      const padded = `${'.'.repeat(order - 1)}${word}.`;
      for (let i = 0; i + order <= padded.length; i++) {
        const [context, all] = [padded.slice(i, i + order - 1), padded.slice(i, i + order)];
        add(`after ${context}`);
        add(all);
        seen.push([`after ${context}`, all]);
      }
    }
    return (
      -seen.reduce((sum, [context, all]) => sum + Math.log(times.get(all)! / times.get(context)!), 0) / seen.length
    );
  }

  const near = (a: number | undefined, b: number): void => ok(Math.abs(a! - b) < 1e-9, `${a} is not ${b}`);

  it('is what a plain computation gives', () => {
    for (const words of [names, ['a'], ['anna', 'hannah', 'nan', 'ann']]) {
      const { letters, bigrams, trigrams } = countedLosses(words, createVocabulary(words));
      near(letters, plainly(words, 1));
      near(bigrams, plainly(words, 2));
      near(trigrams, plainly(words, 3));
    }
  });

  it('is 2.82, 2.45, and 2.19 on the names that come with the extension', () => {
    const words = fs.readFileSync('media/names.txt', 'utf8').trim().split('\n');
    const { letters, bigrams, trigrams } = countedLosses(words, createVocabulary(words));
    deepStrictEqual(
      [letters, bigrams, trigrams].map(loss => loss?.toFixed(2)),
      ['2.82', '2.45', '2.19'],
    );
  });

  it('leaves out tables that would be too large', () => {
    const words = Array.from({ length: 170 }, (_, i) => String.fromCodePoint(0x4e00 + i));
    deepStrictEqual(Object.keys(countedLosses(words, createVocabulary(words))), ['letters', 'bigrams']);
    const more = Array.from({ length: 2050 }, (_, i) => String.fromCodePoint(0x4e00 + i));
    deepStrictEqual(Object.keys(countedLosses(more, createVocabulary(more))), ['letters']);
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
