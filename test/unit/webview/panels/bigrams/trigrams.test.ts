import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../../../../src/shared/at';
import { bigramCounts, nextProbabilities, trigramSlice } from '../../../../../src/makemore/ngrams';
import { countNgrams } from '../../../../../src/shared/ngram-counts';
import { presetById } from '../../../../../src/shared/presets';
import type { Places, TrigramSlice } from '../../../../../src/shared/run';
import { createVocabulary } from '../../../../../src/shared/vocabulary';
import { viewBigrams } from '../../../../../webview/panels/bigrams/view';
import { placesSentence } from '../../../../../webview/panels/bigrams/places-sentence';
import {
  charactersOf,
  describeTrigram,
  knowsTrigrams,
  trigramSentence,
} from '../../../../../webview/panels/bigrams/trigrams';

const names = ['anna', 'ann', 'nan', 'a', 'hannah'];
const vocabulary = createVocabulary(names); // . a h n
const { tokens, total } = bigramCounts(names, vocabulary);
const slice = (first: string): TrigramSlice => trigramSlice(names, vocabulary, tokens, first);

/** What is said of the cell of the last two characters, in the slice of the first one. */
function said(characters: string): string {
  const [first = '', second = '', third = ''] = characters;
  const cell = tokens.indexOf(second) * tokens.length + tokens.indexOf(third);
  return describeTrigram(first, tokens, cell, at(slice(first).counts, cell));
}

describe('trigrams', () => {
  it('are the first character and those of the cell', () => {
    deepStrictEqual(charactersOf(tokens, 1 * 4 + 3, 'h'), ['h', 'a', 'n']);
    deepStrictEqual(charactersOf(tokens, 1 * 4 + 3, undefined), ['a', 'n']);
  });

  it('say what the boundary stands for', () => {
    strictEqual(said('nna'), 'a follows nn 2 times.');
    strictEqual(said('nnh'), 'h never follows nn.');
    strictEqual(said('nah'), 'h follows na once.');
    strictEqual(said('.an'), '2 names begin with an.');
    strictEqual(said('.ha'), '1 name begins with ha.');
    strictEqual(said('.hn'), 'No name begins with hn.');
    strictEqual(said('nn.'), '1 name ends in nn.');
    strictEqual(said('.a.'), '1 name consists of a alone.');
    strictEqual(said('..a'), '3 names begin with a: two boundaries stand in front.');
    for (const none of ['...', 'a.n', 'a..']) match(said(none), /no name goes on/);
  });

  it('are looked at with the probabilities of the model that counts them', () => {
    const choice = { mode: 'probability', smoothing: 0.5, normalize: 'rows', addConstants: false } as const;
    const view = viewBigrams(slice('n'), { ...choice, after: 'n' });
    const model = countNgrams(names, vocabulary, 3);
    tokens.forEach((_, row) => {
      const expected = nextProbabilities(model, 0.5, [tokens.indexOf('n'), row]);
      expected.forEach((p, column) => ok(Math.abs(at(view.probs, row * tokens.length + column) - p) < 1e-6));
    });
    deepStrictEqual([view.after, view.tokens], ['n', tokens]);
  });

  it('are told with their share, and with what they are to the model', () => {
    match(
      trigramSentence(slice('n'), total, presetById('mlp-part2')),
      /^6 of 22 trigrams begin .* follows “n” [^.]*\.$/,
    );
    match(trigramSentence(slice('.'), total, presetById('trigram-counts')), /Row “\.” has .* are the model\.$/);
    match(trigramSentence(slice('.'), total, presetById('trigram-net')), /net has no such table/);
    ok(
      knowsTrigrams(presetById('trigram-net')) &&
        !knowsTrigrams(presetById('bigram-counts')) &&
        !knowsTrigrams(undefined),
    );
  });
});

describe('the names that hold a bigram', () => {
  const places: Places = {
    characters: ['a', 'n'],
    names: names.map((text, line) => ({ text, line })),
    holding: 5,
    occurrences: 5,
    marked: 5,
  };

  it('are told with their number, and with what the editor shows of them', () => {
    strictEqual(placesSentence(places), '“an” stands in 5 names. The editor marks where.');
    strictEqual(
      placesSentence({ ...places, holding: 5, occurrences: 7, marked: 7 }),
      '“an” stands in 5 names, 7 times in all. The editor marks where.',
    );
    strictEqual(
      placesSentence({ ...places, holding: 968, occurrences: 1000, marked: 1000, more: true }),
      '“an” stands in at least 968 names. The first 1,000 places are marked in the editor. The first 5:',
    );
    match(placesSentence({ ...places, marked: 0 }), /The file is no longer there/);
    strictEqual(placesSentence({ ...places, names: [], holding: 0, occurrences: 0, marked: 0 }), 'No name holds “an”.');
  });
});
