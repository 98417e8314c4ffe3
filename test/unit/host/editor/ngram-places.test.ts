import fc from 'fast-check';
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mock } from 'node:test';
import {
  findPlaces,
  mostListed,
  mostMarked,
  searchPlaces,
  type NamePlace,
} from '../../../../src/host/editor/ngram-places';
import { at } from '../../../../src/shared/at';
import { readNames } from '../../../../src/reading/read-names';
import { countNgrams } from '../../../../src/shared/ngram-counts';
import { createVocabulary } from '../../../../src/shared/vocabulary';

const reading = { boundary: '.' };
const find = (text: string, characters: string) => findPlaces(text, [...characters], reading);
const lineOf = (text: string, line: number): string => at(text.split(/\r\n|\r|\n/), line);
/** What is marked, with its line. */
const marked = (text: string, ranges: readonly NamePlace[]): string[] =>
  ranges.map(({ line, start, end }) => `${line}:${lineOf(text, line).slice(start, end)}`);

describe('the places of characters in a row', () => {
  it('are found in every name, overlapping ones too, with their lines', () => {
    const text = 'anna\nbob\nhanan\naaa\n';
    const found = find(text, 'an');
    deepStrictEqual(found.names, [
      { text: 'anna', line: 0 },
      { text: 'hanan', line: 2 },
    ]);
    deepStrictEqual(found.ranges, [
      { line: 0, start: 0, end: 2 },
      { line: 2, start: 1, end: 3 },
      { line: 2, start: 3, end: 5 },
    ]);
    strictEqual(found.occurrences, 3);
    strictEqual(find(text, 'aa').occurrences, 2);
    strictEqual(find(text, 'nan').occurrences, 1);
  });

  it('are at the begin and the end of names for boundaries', () => {
    const text = '  abba  \n\nab\r\nba\ra\n';
    deepStrictEqual(marked(text, find(text, '.a').ranges), ['0:a', '2:a', '4:a']);
    deepStrictEqual(
      find(text, '.a').ranges[0],
      { line: 0, start: 2, end: 3 },
      'spaces around a name are no part of it',
    );
    deepStrictEqual(marked(text, find(text, '..a').ranges), ['0:a', '2:a', '4:a']);
    deepStrictEqual(marked(text, find(text, '.ab').ranges), ['0:ab', '2:ab']);
    deepStrictEqual(marked(text, find(text, 'a.').ranges), ['0:a', '3:a', '4:a']);
    deepStrictEqual(marked(text, find(text, 'ba.').ranges), ['0:ba', '3:ba']);
    deepStrictEqual(marked(text, find(text, '.a.').ranges), ['4:a']);
  });

  it('are none for characters that no name can have in a row', () => {
    for (const characters of ['..', '...', 'a.b', '.a.b', 'a..'])
      deepStrictEqual(find('ab\na\nb\n', characters).ranges, [], characters);
  });

  it('are none in lines that are no names, or that the preset does not use', () => {
    const text = 'a.b ab\nab\tcd\nab\ncab\n';
    deepStrictEqual(marked(text, find(text, 'ab').ranges), ['2:ab', '3:ab']);
    deepStrictEqual(marked(text, findPlaces(text, ['a', 'b'], { boundary: '.', names: 1 }).ranges), ['2:ab']);
    deepStrictEqual(marked(text, findPlaces(text, ['#', 'a'], { boundary: '#' }).ranges), ['0:a', '2:a']);
  });

  it('are in UTF-16 units, as the editor counts, or the whole name if it is not composed', () => {
    deepStrictEqual(find('x\u{1f600}y\u{1f600}y', '\u{1f600}y').ranges, [
      { line: 0, start: 1, end: 4 },
      { line: 0, start: 4, end: 7 },
    ]);
    const found = find(' zoe\u0301e\u0301', 'o\u00e9');
    deepStrictEqual(found.names, [{ text: 'zo\u00e9\u00e9', line: 0 }]);
    deepStrictEqual(found.ranges, [{ line: 0, start: 1, end: 7 }]);
  });

  it('are no more than can be marked: the search ends there, and says that there are more', () => {
    const found = find('anan\n'.repeat(1200), 'an');
    strictEqual(found.names.length, mostListed);
    strictEqual(found.ranges.length, mostMarked);
    deepStrictEqual([found.holding, found.occurrences, found.more], [500, 1000, true]);
    const all = find('anan\n'.repeat(500), 'an');
    deepStrictEqual([all.holding, all.occurrences, all.more], [500, 1000, undefined]);
  });

  it('cost what they return, in one line of 50 MB too', () => {
    const long = 'a'.repeat(50 * 2 ** 20);
    strictEqual(long.charCodeAt(0), 97); // written out once, as the text of a document is
    const looking = mock.method(String.prototype, 'indexOf');
    const start = performance.now();
    try {
      strictEqual(find(long, 'aa').occurrences, mostMarked);
      ok(looking.mock.callCount() < mostMarked + 10, `it was looked ${looking.mock.callCount()} times`);
    } finally {
      looking.mock.restore();
    }
    console.log(`      one line of 50 MB: ${Math.round(performance.now() - start)} ms`);
  });

  it('are searched in slices, between which others get their turn, and nothing is read behind the last one', () => {
    const names = 'bob\n'.repeat(500_000);
    let slices = 1;
    for (const search = searchPlaces(names, ['x', 'y'], reading); !search.next().done;) slices++;
    ok(slices >= 8, `${slices} slices of 2 MB`);
    strictEqual(searchPlaces(`${'an\n'.repeat(2000)}${names}`, ['a', 'n'], reading).next().done, true);
  });

  it('are as many as the counts, for all bigrams and trigrams of any file', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', '.', ' ', 'e\u0301', '\u{1f600}'), maxLength: 8 });
    const lines = fc.array(line, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n'), (parts, newline) => {
        const text = `emma${newline}${parts.join(newline)}`;
        const { names } = readNames(text, 'names.txt');
        const vocabulary = createVocabulary(names);
        const { itos } = vocabulary;
        for (const order of [2, 3]) {
          countNgrams(names, vocabulary, order).counts.forEach((count, i) => {
            const digits = Array.from({ length: order }, (_, d) => Math.floor(i / itos.length ** (order - 1 - d)));
            const characters = digits.map(digit => at(itos, digit % itos.length));
            const found = findPlaces(text, characters, reading);
            strictEqual(found.occurrences, count, characters.join(''));
            for (const { line, start, end } of found.ranges) ok(start < end && end <= lineOf(text, line).length);
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});
