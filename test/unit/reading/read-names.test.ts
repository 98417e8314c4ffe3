import fc from 'fast-check';
import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import { InputError } from '../../../src/shared/errors';
import { linesOf } from '../../../src/reading/name-lines';
import { noteDuplicates, readNames } from '../../../src/reading/read-names';
import { createVocabulary, encode } from '../../../src/shared/vocabulary';

const read = (text: string): ReturnType<typeof readNames> => readNames(text, 'names.txt');
const refusal = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    ok(error instanceof InputError);
    return error.message;
  }
  throw new Error('it was not refused');
};

describe('reading names', () => {
  it('reads one name per line, with or without a newline at the end', () => {
    for (const text of ['emma\nolivia\n', 'emma\nolivia']) {
      const { names, notes } = read(text);
      deepStrictEqual({ names, notes }, { names: ['emma', 'olivia'], notes: [] });
    }
  });

  it('ends lines at LF, CRLF and CR, and drops a byte order mark', () => {
    deepStrictEqual(read('\ufeffemma\r\nolivia\rava\nmia').names, ['emma', 'olivia', 'ava', 'mia']);
    deepStrictEqual(read('\ufeffemma\r\nolivia\r\n').notes, []);
  });

  it('accepts a single name, and a name of one character', () => {
    deepStrictEqual(read('emma').names, ['emma']);
    deepStrictEqual(read('a\n').names, ['a']);
  });

  it('skips blank lines, and says which', () => {
    const { names, notes } = read('emma\n\n  \nava\n');
    deepStrictEqual(names, ['emma', 'ava']);
    deepStrictEqual(notes, ['2 blank lines (the first is line 2) were skipped.']);
  });

  it('cuts off white space around names, and says so', () => {
    const { names, notes } = read('emma  \n ava\nmary ann\n');
    deepStrictEqual(names, ['emma', 'ava', 'mary ann']);
    deepStrictEqual(notes, ['White space around the name was cut off: 2 lines (the first is line 1) were changed.']);
    for (const space of ['\t', '\f', '\v', '\u3000', '\u00a0', '\u001f', '\u0085', '\u2028', '\ufeff']) {
      const around = read(`emma\n${space}ava${space}\n${space}mia`);
      deepStrictEqual(around.names, ['emma', 'ava', 'mia'], JSON.stringify(space));
      deepStrictEqual(around.notes, [
        'White space around the name was cut off: 2 lines (the first is line 2) were changed.',
      ]);
    }
  });

  it('keeps duplicates, and says how many there are', () => {
    const { names } = read('emma\nava\nemma\nemma\n');
    strictEqual(names.length, 4);
    deepStrictEqual(noteDuplicates(2, 0), []);
    deepStrictEqual(noteDuplicates(4, 2), ['2 of the 4 names repeat an earlier one; all of them count.']);
  });

  it('leaves out names that hold the boundary character, and says what to do', () => {
    const { names, notes } = read('emma\nj.r\nava\n');
    deepStrictEqual(names, ['emma', 'ava']);
    match(notes.join(), /^1 line \(line 2\) was left out: "\." marks .*remove it/);
  });

  it('leaves out tabs, unreadable characters and lone surrogates', () => {
    const { names, notes } = read('emma\tF\nava\ufffd\nmia\ud83d\nzoe\n');
    deepStrictEqual(names, ['zoe']);
    strictEqual(notes.length, 3);
  });

  it('composes characters: an e with an accent is one character, however it was typed', () => {
    deepStrictEqual(read('Rene\u0301e\nRen\u00e9e\n').names, ['Ren\u00e9e', 'Ren\u00e9e']);
  });

  it('leaves out names that are longer than wanted, counted in characters, and says so', () => {
    const { names, notes } = readNames('e\u0301va\nolivia\n😀😀😀\nisabella\n', 'names.txt', {
      boundary: '.',
      maxLength: 3,
    });
    deepStrictEqual(names, ['éva', '😀😀😀']);
    deepStrictEqual(notes.slice(0, 1), [
      '2 lines (the first is line 2) were left out: names may have 3 characters at most.',
    ]);
    throws(() => readNames('eva\n', 'names.txt', { maxLength: 1 }), /names may have 1 character at most\./);
  });

  it('leaves out names that hold the boundary once they are composed', () => {
    deepStrictEqual(readNames('a\u212a\nava\n', 'names.txt', { boundary: 'K' }).names, ['ava']);
    deepStrictEqual(readNames('rene\u0301\nava\n', 'names.txt', { boundary: 'é' }).names, ['ava']);
    deepStrictEqual(readNames('rene\u0301\nava\n', 'names.txt', { boundary: '\u0301' }).names, ['ren\u00e9', 'ava']);
  });

  it('refuses a text without names, saying which line is at fault and what to do', () => {
    strictEqual(refusal(''), 'names.txt has no names: write one name per line, then train again.');
    strictEqual(refusal('\n \r\n'), 'names.txt has no names: write one name per line, then train again.');
    match(refusal('\nj.r\n.\n'), /no name that can be trained on .*line 2\): .*remove it/);
    match(refusal('emma\n\0\u0001ELF\n'), /^Line 2 of names\.txt holds a NUL character/);
  });

  it('agrees with a plain reader, character by character, on any text', () => {
    const pieces = fc.constantFrom(
      'a',
      'é',
      'e\u0301',
      '.',
      '\n',
      '\r',
      '\r\n',
      ' ',
      '\t',
      '\u212a',
      '\u2028',
      '\u0085',
      '\f',
    );
    const odd = fc.constantFrom(
      '\ufeff',
      '\ufffd',
      '\ud83d',
      '\ude00',
      '\u{1f600}',
      '\u00a0',
      '\u3000',
      '\u001f',
      '-',
      '\0',
    );
    const unit = fc.oneof({ weight: 3, arbitrary: pieces }, odd);
    const decoded = fc.uint8Array({ maxLength: 80 }).map(bytes => new TextDecoder().decode(bytes));
    const texts = fc.oneof(
      { weight: 4, arbitrary: fc.string({ unit, maxLength: 60 }) },
      fc.string({ unit: 'binary', maxLength: 80 }),
      decoded,
    );
    const runs = { numRuns: 10_000 };
    let refused = 0;
    fc.assert(
      fc.property(texts, fc.constantFrom('.', '-', '\u{1f600}', 'é', 'K'), (text, boundary) => {
        const expected = plainlyRead(text, boundary);
        deepStrictEqual(
          [...linesOf(text)],
          text.split(/\r\n|\r|\n/).filter((line, i, all) => line !== '' || i < all.length - 1),
        );
        try {
          const { names, notes } = readNames(text, 'names.txt', { boundary });
          deepStrictEqual(names, expected?.names);
          strictEqual(notes.length > 0, expected?.noted);
        } catch (error) {
          ok(error instanceof InputError, String(error));
          ok(!error.message.includes('\n'));
          strictEqual(expected, undefined);
          refused++;
        }
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} texts, ${refused} of them refused`);
    ok(refused > 0 && refused < runs.numRuns);
  });

  it('reads or refuses any text, and never breaks a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        try {
          const { names } = read(text);
          ok(names.length > 0);
          for (const name of names) ok(name.isWellFormed() && name === name.trim() && name.length > 0);
        } catch (error) {
          ok(error instanceof InputError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the vocabulary', () => {
  it('has the boundary first, then the characters by code point', () => {
    deepStrictEqual(createVocabulary(['zoé', '\u{1f600}a', '\uffa1']).itos, [
      '.',
      'a',
      'o',
      'z',
      'é',
      '\uffa1',
      '\u{1f600}',
    ]);
  });

  it('encodes code points, and refuses one that it does not have', () => {
    const vocabulary = createVocabulary(['a\u{1f600}b']);
    deepStrictEqual(encode('\u{1f600}a', vocabulary), [3, 1]);
    throws(() => encode('ax', vocabulary), /never seen "x"/);
  });
});

const invisible = [
  ...['\u00a0', '\u00ad', '\u061c', '\u180e', '\u200b', '\u200e', '\u200f', '\u2007', '\u202f', '\ufeff'],
  ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2060', '\u2061', '\u2062', '\u2063', '\u2064'],
  ...['\u2066', '\u2067', '\u2068', '\u2069'],
];
const misread = /[ÂÃÄÅ][\u0080-\u00bf€]|[ÐÑ][\u0080-\u00bf]|â€/;

// eslint-disable-next-line no-control-regex -- they end lines
const pythonBreaks = /[\v\f\u001c-\u001e\u0085\u2028\u2029]/;

// eslint-disable-next-line no-control-regex -- Python's white space
const outerSpace = /^[\s\u001c-\u001f\u0085]+|[\s\u001c-\u001f\u0085]+$/g;

/** What the reader should give, computed step by step; undefined if it should refuse the text. */
function plainlyRead(text: string, boundary: string): { names: string[]; noted: boolean } | undefined {
  const lines: string[] = [];
  let current = '';
  for (let i = text.startsWith('\ufeff') ? 1 : 0; i < text.length; i++) {
    const unit = text.charAt(i);
    if (unit === '\r' && text.charAt(i + 1) === '\n') continue;
    if (unit === '\r' || unit === '\n') {
      lines.push(current);
      current = '';
    } else current += unit;
  }
  if (current !== '') lines.push(current);
  const names: string[] = [];
  let noted = false;
  for (const line of lines.flatMap(whole => {
    const parts = whole.split(pythonBreaks).filter(part => part.replace(outerSpace, '') !== '');
    noted ||= parts.length > 1;
    return parts.length > 1 ? parts : [whole];
  })) {
    const trimmed = line.replace(outerSpace, '');
    if (trimmed.includes('\0')) return undefined;
    const characters = [...trimmed.normalize()];
    const isControl = (c: string): boolean =>
      c < ' ' || (c >= '\u007f' && c <= '\u009f') || ['\u2028', '\u2029'].includes(c);
    const isHalf = (c: string): boolean => c.length === 1 && c >= '\ud800' && c <= '\udfff';
    const isBad = (c: string): boolean => isControl(c) || isHalf(c) || c === boundary || c === '\ufffd';
    if (trimmed === '' || characters.some(isBad)) {
      noted = true;
      continue;
    }
    // what this alphabet has of characters that cannot be seen, and of UTF-8 that was read wrongly
    noted ||= trimmed !== line || characters.some(c => invisible.includes(c)) || misread.test(trimmed.normalize());
    noted ||= trimmed !== trimmed.normalize();
    names.push(trimmed.normalize());
  }
  return names.length > 0 ? { names, noted } : undefined;
}
