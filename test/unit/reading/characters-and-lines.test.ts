import { deepStrictEqual, match, strictEqual, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { findPlaces } from '../../../src/host/editor/ngram-places';
import { nameLinesOf, strip } from '../../../src/reading/name-lines';
import { readNames } from '../../../src/reading/read-names';
import { InputError } from '../../../src/shared/errors';
import { asRead, plainReading, type Reading } from '../../../src/shared/reading';
import { createVocabulary, decode, encode, type Vocabulary } from '../../../src/shared/vocabulary';

// eslint-disable-next-line no-control-regex -- they end lines
const lineEnds = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/;
const asItStands: Reading = { ...plainReading, normalize: 'none' };
const list: Reading = { ...plainReading, layout: { kind: 'list' } };
const words: Reading = { ...plainReading, layout: { kind: 'words' } };

function vocabularyOf(text: string, reading = plainReading, boundary = '.', maxLength = 0): Vocabulary {
  const { names, leftOut } = readNames(text, 'a.txt', { reading, boundary, maxLength });
  return createVocabulary(names, boundary, { rules: reading, leftOut });
}

describe('the ends of lines', () => {
  it('are those of splitlines, with which makemore.py reads, and a line with several is told', () => {
    const text = 'anna\nbella\u2028clara\ndora\u2029ella\nfay\u0085gus\nhal\fida\vjo\u001ckim\u001dlea\u001emia\n';
    const { names, notes } = readNames(text, 'a.txt');
    deepStrictEqual(names, 'anna bella clara dora ella fay gus hal ida jo kim lea mia'.split(' '));
    deepStrictEqual(notes, [
      'A character such as U+2028 or a form feed ends a line too, as in Python: 12 names (the first is line 2) share a line of the editor.',
    ]);
    deepStrictEqual(readNames(text, 'a.txt', { reading: list }).names, names);
    deepStrictEqual(readNames(text, 'a.txt', { reading: words }).names, names);
  });

  it('leave the numbers of lines to the editor, which finds a name where it stands', () => {
    const { ranges, names } = findPlaces('anna\nbella\u2028clara\u2028\u2028dora\n', ['r', 'a'], { boundary: '.' });
    deepStrictEqual(names, [
      { text: 'clara', line: 1 },
      { text: 'dora', line: 1 },
    ]);
    deepStrictEqual(ranges, [
      { line: 1, start: 9, end: 11 },
      { line: 1, start: 15, end: 17 },
    ]);
  });

  it('cut any text into what it holds', () => {
    const unit = fc.constantFrom('a', 'b', ' ', '\n', '\r', '\f', '\u2028', '\u0085', '\u001f', '\t');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), text => {
        const lines = [...nameLinesOf(text)];
        const held = text.split(lineEnds).map(strip).filter(Boolean);
        deepStrictEqual(lines.map(line => strip(line.text)).filter(Boolean), held);
        const editor = text.split(/\r\n|\r|\n/);
        for (const { text: piece, line, start } of lines)
          strictEqual(editor[line - 1]?.slice(start, start + piece.length), piece);
      }),
      { numRuns: 3000 },
    );
  });

  it('are looked for no further than somebody reads on', () => {
    const text = 'anna\u2028'.repeat(2_000_000);
    const started = performance.now();
    strictEqual(findPlaces(text, ['a', 'n'], { boundary: '.' }).more, true);
    strictEqual(performance.now() - started < 300, true);
  });

  it('stay quick in a line of half a million spaces', () => {
    const started = performance.now();
    strictEqual(strip(`\u001c${' '.repeat(5e5)}a${' '.repeat(5e5)}b\u0085`).length, 5e5 + 2);
    strictEqual(performance.now() - started < 500, true);
  });
});

describe('characters that can be written in several ways', () => {
  const text = 'anna\n\u1106\u1175\u11ab\n\uf9e1\nJose\u0301\n';

  it('are composed, which a note tells with a count and the first line', () => {
    const { names, notes } = readNames(text, 'a.txt');
    deepStrictEqual(names, ['anna', '\ubbfc', '\u674e', 'Jos\u00e9']);
    deepStrictEqual(notes, [
      "Characters were composed (Unicode's NFC): 3 names (the first is line 2) were changed. With normalize set to none, they stay as they are.",
    ]);
  });

  it('are kept as they stand where nothing is normalized', () => {
    const { names, notes } = readNames(text, 'a.txt', { reading: asItStands });
    deepStrictEqual([names.join('\n') + '\n', notes], [text, []]);
    const vocabulary = vocabularyOf(text, asItStands);
    strictEqual(vocabulary.stoi.has('\uf9e1'), true);
    strictEqual(decode(encode('Jose\u0301', vocabulary), vocabulary), 'Jose\u0301');
    throws(() => encode('Jos\u00e9', vocabulary), /never seen "\u00e9"/);
  });

  it('are found in the editor as the run has read them', () => {
    const find = (reading: Reading) => findPlaces(text, ['e', '\u0301'], { boundary: '.', reading }).holding;
    deepStrictEqual([find(plainReading), find(asItStands)], [0, 1]);
  });

  it('are read in a prefix as in the file, however they were typed, and in lower case too', () => {
    const vocabulary = vocabularyOf('Jose\u0301\n', { ...plainReading, lower: true });
    strictEqual(decode(encode('JOSE\u0301', vocabulary), vocabulary), 'jos\u00e9');
    strictEqual(asRead('İPEK', { normalize: 'nfc', lower: true }), 'ipek');
  });

  it('hold the boundary only as they were read', () => {
    deepStrictEqual(readNames('a\u212a\nb\n', 'a.txt', { boundary: 'K' }).names, ['b']);
    deepStrictEqual(readNames('a\u212a\nb\n', 'a.txt', { boundary: 'K', reading: asItStands }).names, ['a\u212a', 'b']);
    const short = { maxLength: 1, reading: asItStands };
    deepStrictEqual(readNames('e\u0301\nx\n', 'a.txt', short).names, ['x'], 'two characters as they stand');
  });
});

describe('a character that stands only in lines that were left out', () => {
  function refusal(character: string, vocabulary: Vocabulary): InputError {
    try {
      encode(character, vocabulary);
    } catch (error) {
      if (error instanceof InputError) return error;
    }
    throw new Error('it was not refused');
  }

  it('is told with the first line, why that was left out, and what helps', () => {
    const vocabulary = vocabularyOf('anna\nMr. Mime\nMr. M\nSt. X\n');
    const { message, option } = refusal('Mr', vocabulary);
    strictEqual(
      message,
      '"M" stands only in 2 lines that were left out (the first is line 2: it holds the boundary "."): choose another boundary character.',
    );
    strictEqual(option, 'boundary');
    match(refusal('X', vocabulary).message, /^"X" stands only in line 4, which was left out \(it holds the boundary/);
    match(
      refusal('Q', vocabulary).message,
      /^The model has never seen "Q": use only characters that occur in the names/,
    );
  });

  it('is told for every reason', () => {
    const long = refusal('z', vocabularyOf('anna\nzzzzz\n', plainReading, '.', 4));
    strictEqual(
      long.message,
      '"z" stands only in line 2, which was left out (it has more than 4 characters): allow longer names.',
    );
    strictEqual(long.option, 'maxLength');
    match(
      refusal('x', vocabularyOf('anna\nx\ty\n')).message,
      /\(it holds a tab or another control character\): use only/,
    );
    match(refusal('x', vocabularyOf('anna\nx\ufffd\n')).message, /could not be read/);
    match(refusal('x', vocabularyOf('anna\nx\ud800\n')).message, /half of a character/);
    match(refusal('x', vocabularyOf('# x\n- anna\n', list)).message, /it is a heading or a comment/);
  });
});
