import fc from 'fast-check';
import Papa from 'papaparse';
import { rowsOf } from '../../../src/reading/table';
import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseLayout } from '../../../src/reading/choose';
import { decodeText } from '../../../src/reading/decode';
import { entriesOf } from '../../../src/reading/entries';
import { readNames } from '../../../src/reading/read-names';
import { filtersOf, suggestLayouts } from '../../../src/reading/suggest';
import { decodeReading, plainReading, type Reading } from '../../../src/shared/reading';

const folder = join('test', 'data');

/** What each file holds, and what is told of it. */
const files: Record<string, { names: string[]; told: RegExp | undefined }> = {
  'counts.csv': { names: ['Emma', 'Olivia', 'Noah'], told: /column "name"; not used: "sex", "count"/ },
  'without-header.txt': { names: ['Emma', 'Olivia'], told: /names are those of column 1; not used: 2, 3/ },
  'index-first.csv': { names: ['Emma', 'Bob'], told: /column "name"; not used: "id", "year"/ },
  'tabs.tsv': { names: ['Anna', 'Ben'], told: /column "first_name"/ },
  'quoted.csv': { names: ['Bella "Bee"', 'Anna', 'O, Hara'], told: /column "Name"/ },
  'two-lines.csv': { names: ['Emma', 'Olivia'], told: /column "name"/ },
  'array.json': { names: ['emma', 'olivia'], told: /texts of the JSON/ },
  'objects.json': { names: ['emma', 'olivia'], told: /values of "name"/ },
  'lines.jsonl': { names: ['emma', 'olivia'], told: /values of "n"/ },
  'list.md': { names: ['emma', 'olivia'], told: /1 heading or comment \(line 1\) was left out/ },
  'numbered.txt': { names: ['emma', 'olivia', 'ava'], told: /read as a list/ },
  'comments.txt': { names: ['emma', 'olivia'], told: /heading or comment/ },
  'commas.txt': { names: ['emma', 'olivia', 'ava'], told: /read as a list/ },
  'utf-16-marked.txt': { names: ['emma', 'zoë'], told: /read as UTF-16LE/ },
  'utf-16.txt': { names: ['emma', 'zoë'], told: /read as UTF-16LE/ },
  'utf-16-big.txt': { names: ['emma', 'zoë'], told: /read as UTF-16BE/ },
  'windows-1252.txt': { names: ['José', 'Zoë', 'anna'], told: /read as Windows-1252/ },
  'gbk.txt': { names: ['王伟', '李娜', '张敏', '刘洋'], told: /read as GB/ },
  'misread.txt': { names: ['JosÃ©', 'anna'], told: /1 name \(line 1\) looks like text in UTF-8/ },
  'invisible.txt': {
    names: ['an\u200bna', 'mary\u00a0ann', 'bob'],
    told: /2 names .* a character that cannot be seen/,
  },
  'plain.txt': { names: ['emma', 'Mary Ann', "O'Hara", 'Smith-Jones', 'Dr Who', 'B3'], told: undefined },
};

function readAsItIs(file: string): { names: string[]; told: string[] } {
  const decoded = decodeText(readFileSync(join(folder, file)), file);
  const { layout, notes } = chooseLayout(decoded.text, file, {});
  const read = readNames(decoded.text, file, { reading: { ...plainReading, layout } });
  return { names: read.names, told: [...decoded.notes, ...notes, ...read.notes] };
}

describe('a file as people have it', () => {
  for (const [file, { names, told }] of Object.entries(files))
    it(`${file} is read as it is meant, and what was done is told`, () => {
      const read = readAsItIs(file);
      deepStrictEqual(read.names, names);
      if (told) match(read.told.join(' '), told);
      else deepStrictEqual(read.told, []);
    });

  it('has a row in this table', () => {
    deepStrictEqual(readdirSync(folder).sort(), Object.keys(files).sort());
  });

  it('with lines of several words is read by lines, and words are offered', () => {
    const [first, second] = suggestLayouts('anna bella clara dora\nemma fay gina hanna');
    strictEqual(first?.layout.kind, 'lines');
    deepStrictEqual(second?.examples, ['anna', 'bella', 'clara']);
    match(chooseLayout('anna bella clara dora', 'a.txt', {}).notes.join(), /--layout words/);
  });
});

describe('what is asked for', () => {
  const table = 'name,sex,count\nEmma,F,18688\nNoah,M,18000\nOlivia,F,17921\nLiam,M,3\n';
  const names = (text: string, wish: Parameters<typeof chooseLayout>[2], reading: Partial<Reading> = {}): string[] =>
    readNames(text, 'a.csv', {
      reading: { ...plainReading, ...reading, layout: chooseLayout(text, 'a.csv', wish).layout },
    }).names;

  it('is a column by name or number, and rows by a value', () => {
    deepStrictEqual(names(table, { column: 'SEX' }), ['F', 'M', 'F', 'M']);
    deepStrictEqual(names(table, { column: '2' }), ['F', 'M', 'F', 'M']);
    deepStrictEqual(names(table, { where: 'sex=F' }), ['Emma', 'Olivia']);
    deepStrictEqual(names(table, { layout: 'lines' })[0], 'name,sex,count');
  });

  it('is a key of the objects', () => {
    deepStrictEqual(names('[{"a":"x y","b":"emma"},{"a":"z y","b":"ava"}]', { key: 'a' }), ['x y', 'z y']);
  });

  it('is lower case, and no repetitions', () => {
    deepStrictEqual(names('Emma\nemma\nAva\n', {}, { lower: true, unique: true }), ['emma', 'ava']);
  });

  it('is lower case as the languages have it', () => {
    deepStrictEqual(names('İbrahim\nÄrmel\nΘΩΜΑΣ\nI\u0307zmir\n', {}, { lower: true }), [
      'ibrahim',
      'ärmel',
      'θωμας',
      'izmir',
    ]);
  });

  const wide = 'name,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t';
  const refused: readonly [Parameters<typeof chooseLayout>[2], string, RegExp][] = [
    [{ column: 'nmae' }, table, /a\.csv has no column nmae: it has name, sex, count\./],
    [{ column: '4' }, table, /has no column 4/],
    [{ where: 'sex' }, table, /such as sex=F, but it is "sex"/],
    [{ where: 'sex=X' }, table, /has no row with sex=X/],
    [{ column: 'name' }, 'emma\nava\n', /has no columns/],
    [{ key: 'name' }, 'emma\nava\n', /no objects/],
    [{ key: 'c' }, '[{"a":"xy"}]', /no texts under the key c: it has a/],
    [{ column: 'z' }, `${wide}\nemma${',1'.repeat(19)}`, /it has name, b, .*, h, and 12 more\./],
    [{ layout: 'json' }, 'emma\nava\n', /cannot be read with --layout json/],
  ];
  for (const [wish, text, problem] of refused)
    it(`is refused with what there is: ${JSON.stringify(wish)}`, () => {
      throws(() => chooseLayout(text, 'a.csv', wish), problem);
    });

  it('is guessed from its first lines that are not in ASCII, in a moment', () => {
    const ascii = new Uint8Array(20_000_000).map((_, i) => (i % 8 === 7 ? 10 : 0x61));
    const polish = [0xa3, 0x75, 0x6b, 0x61, 0x73, 0x7a, 10, 0xaf, 0x61, 0x6e, 0x65, 0x74, 0x61, 10];
    const file = new Uint8Array(ascii.length + 500_000 * polish.length);
    file.set(ascii);
    for (let at = ascii.length; at < file.length; at += polish.length) file.set(polish, at);
    const start = performance.now();
    match(decodeText(file, 'a.txt').text, /Łukasz\nŻaneta\n$/);
    ok(performance.now() - start < 3000, `${performance.now() - start} ms`);
    ok(decodeText(new Uint8Array(300_000).fill(0xe9), 'a.txt').text.length > 0); // one line
  });

  it('is no file in UTF-32, which is told', () => {
    for (const mark of [
      [0xff, 0xfe, 0, 0],
      [0, 0, 0xfe, 0xff],
    ])
      throws(
        () => decodeText(Uint8Array.of(...mark, 0x61, 0, 0, 0), 'a.txt'),
        /a\.txt is in UTF-32, which cannot be read: save it as UTF-8/,
      );
  });

  it('is an encoding by its name', () => {
    strictEqual(decodeText(Uint8Array.of(0xe9), 'a.txt', 'iso-8859-1').text, 'é');
    throws(() => decodeText(Uint8Array.of(0xe9), 'a.txt', 'klingon'), /no encoding klingon/);
  });
});

describe('trouble that others reported', () => {
  const read = (text: string): string[] => {
    const { layout } = chooseLayout(text, 'a.csv', {});
    return readNames(text, 'a.csv', { reading: { ...plainReading, layout } }).names;
  };

  it('a byte order mark is no part of the first column', () => {
    deepStrictEqual(read('\ufeffname,count\nEmma,1\nAva,2\n'), ['Emma', 'Ava']);
  });

  it('commas in cells and decimal commas do not separate', () => {
    const goods = 'SKU;Name (a, b, c);x, y\n1;Corbata, azul;1,5\n2;Blusa;2,5\n3;Gorra;3,5\n';
    deepStrictEqual(read(goods), ['Corbata, azul', 'Blusa', 'Gorra']);
    deepStrictEqual(read('X\tY\n120,5\tAnna\n50,3\tBob\n'), ['Anna', 'Bob']);
  });

  it('a single column may have a heading, and needs no separator', () => {
    deepStrictEqual(read('name\r\nEmma\r\nAva\r\n'), ['Emma', 'Ava']);
    deepStrictEqual(read('Emma\r\nAva\r\n'), ['Emma', 'Ava']);
  });

  it('a short text is not taken for a rare encoding', () => {
    const bytes = (text: string): Uint8Array => Uint8Array.from(text, c => c.charCodeAt(0));
    strictEqual(decodeText(bytes('Carter\u00e2\u0080\u0099s Janitorial'), 'a.txt').text, 'Carter’s Janitorial');
    match(decodeText(bytes('Rank,Name\n1,Jos\u00e9\n2,Zo\u00eb\n'), 'a.csv').notes.join(), /read as Windows-1252/);
    const polish = bytes('\u00a3ukasz\n\u00afaneta\nJoanna\n');
    strictEqual(decodeText(polish, 'a.txt').text, 'Łukasz\nŻaneta\nJoanna\n');
    const japanese = Uint8Array.from('82b382ad82e70a82d082c882bd0a977a8dd80a'.match(/../g) ?? [], pair =>
      parseInt(pair, 16),
    );
    strictEqual(decodeText(japanese, 'a.txt').text, 'さくら\nひなた\n陽菜\n');
    // Node alone reads these bytes of Windows-1252 as control characters
    const czech = bytes('Tom\u00e1\u009a\nAle\u009a\nBo\u009eena\nMilo\u009a\nLubo\u009a\nR\u00f9\u009eena\n');
    strictEqual(decodeText(czech, 'a.txt').text.split('\n')[2], 'Božena');
  });
});

describe('what may be', () => {
  it('offers each column with names, the likely one first, with three examples', () => {
    const ways = suggestLayouts('town,country\nParis,France\nOslo,Norway\nRome,Italy\nBern,Switzerland\n');
    deepStrictEqual(
      ways.map(({ label, examples }) => [label, ...examples]),
      [
        ['the column "town"', 'Paris', 'Oslo', 'Rome'],
        ['the column "country"', 'France', 'Norway', 'Italy'],
        ['every line as it stands', 'town,country', 'Paris,France', 'Oslo,Norway'],
      ],
    );
  });

  it('offers the values of columns that have few', () => {
    const text = 'name,sex\nEmma,F\nNoah,M\nOlivia,F\nLiam,M\n';
    const [filter, ...others] = filtersOf(text, { separator: ',', header: true, column: 0 });
    deepStrictEqual(others, []);
    deepStrictEqual(filter, {
      column: 1,
      name: 'sex',
      values: [
        { is: 'F', rows: 2 },
        { is: 'M', rows: 2 },
      ],
    });
  });

  it('is found at a glance in a file of any size', () => {
    const text = 'emma\n'.repeat(2_000_000);
    strictEqual(suggestLayouts(text).length, 1);
    strictEqual(suggestLayouts('x'.repeat(10_000_000)).length, 1);
  });

  it('never takes names for a table, a list or JSON', () => {
    for (const text of ['Smith, John\nava\nbob\n', '"Bee"\nava\nbob\n', '[x]\nava\n', '-\nava\nbob\n', 'a|b\nc\nd\n'])
      strictEqual(suggestLayouts(text)[0]?.layout.kind, 'lines', text);
  });
});

describe('a file made to take long', () => {
  const letters = (i: number): string => String(i).replace(/\d/g, digit => 'abcdefghij'.charAt(Number(digit)));
  const soon = (text: string): string[] => {
    const start = performance.now();
    const { layout } = chooseLayout(text, 'a.json', {});
    const { names } = readNames(text, 'a.json', { reading: { ...plainReading, layout } });
    ok(performance.now() - start < 5000, `${performance.now() - start} ms`);
    return names;
  };

  it('is read at once if each object has other keys', () => {
    const object = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [letters(i), `x${letters(i)}`]));
    deepStrictEqual(soon(JSON.stringify(object)), ['xa']);
  });

  it('is read at once if its letters are escaped, as Python writes them', () => {
    const texts = Array.from({ length: 50_000 }, (_, i) => `"${letters(i)}\\u00e9"`);
    strictEqual(soon(`[${texts.join(',\n')}]`).length, 50_000);
  });

  it('is read at once if it has commas upon commas', () => {
    deepStrictEqual(soon(`# girls\n- anna\n- bella\n- ${','.repeat(500_000)}x\n`).slice(0, 2), ['anna', 'bella']);
  });
});

describe('JSON of many megabytes', () => {
  const many = (text: string, between: string): string => Array.from({ length: 1_000_000 }, () => text).join(between);
  const shapes: Record<string, string> = {
    texts: `["anna",${many('"bella"', ',')}]`,
    objects: `[{"name":"anna","n":1},${many('{"name":"bella","n":[2]}', ',\n')}]`,
    'an array in an object': `{"of":2018,"names":["anna",${many('"bella"', ', ')}]}`,
    lines: `{"name":"anna"}\n${many('{"name":"bella"}', '\n')}`,
  };
  for (const [shape, text] of Object.entries(shapes))
    it(`is not parsed to say how it may be meant: ${shape}`, () => {
      const { parse } = JSON;
      let parsed = 0;
      JSON.parse = (part: string) => {
        parsed += part.length;
        return parse(part) as unknown;
      };
      try {
        const [likely] = suggestLayouts(text);
        strictEqual(likely?.layout.kind, 'json');
        deepStrictEqual(likely.examples, ['anna', 'bella', 'bella']);
      } finally {
        JSON.parse = parse;
      }
      ok(parsed < 1_000_000, `${parsed} units were parsed`);
    });
});

describe('a text in JSON', () => {
  it('stands where it is written, escaped or not, and not where a key is', () => {
    const text = '[{"n": "n"},\n {"n": "Jos\\u00e9", "m": "x"},\n {"m": 1}, {"n" : "\\\\\\"b"}]';
    const places = [...entriesOf(text, { kind: 'json', key: 'n' })].map(({ line, start }) => [line, start]);
    deepStrictEqual(places, [
      [1, 8],
      [2, 8],
      [2, 0],
      [3, 19],
    ]);
  });
});

describe('rows with quotes', () => {
  it('are read as the parser of tables reads them, with or without its help', () => {
    const piece = fc.constantFrom('a', 'b c', '"', '""', ',', ' ', 'é');
    const rows = fc.array(
      fc.array(piece, { minLength: 1, maxLength: 12 }).map(pieces => pieces.join('')),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(rows, lines => {
        for (const line of lines) {
          const { data, errors } = Papa.parse<string[]>(line, { delimiter: ',', newline: '\n' });
          if (line.trim() === '' || errors.some(({ code }) => code === 'MissingQuotes')) continue;
          const [row] = rowsOf(line, ',');
          deepStrictEqual(
            row?.cells.map(({ text }) => text),
            data[0],
          );
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('say where their cells begin', () => {
    const [row] = rowsOf('"anna",bob,"c"', ',');
    deepStrictEqual(
      row?.cells.map(({ start }) => start),
      [1, 7, 12],
    );
  });
});

describe('a quote that nobody closes', () => {
  it('takes no other rows with it', () => {
    const rows = Array.from({ length: 300 }, (_, i) => `n${String.fromCharCode(97 + (i % 26))}x,1`);
    rows[10] = '"open,1';
    const reading = { ...plainReading, layout: { kind: 'table', separator: ',', header: false, column: 0 } } as const;
    strictEqual(readNames(rows.join('\n'), 'a.csv', { reading }).names.length, 300);
  });
});

describe('a reading that was written', () => {
  it('is read back, and nothing else', () => {
    const readings: Reading[] = [
      plainReading,
      { layout: { kind: 'json', key: 'n' }, normalize: 'none', lower: true, unique: false },
      {
        layout: { kind: 'table', separator: ';', header: true, column: 20_000, where: { column: 1, is: 'F' } },
        normalize: 'nfc',
        lower: false,
        unique: true,
      },
    ];
    for (const reading of readings) deepStrictEqual(decodeReading(JSON.parse(JSON.stringify(reading))), reading);
    const { normalize: _, ...before } = plainReading;
    deepStrictEqual(decodeReading(before), plainReading, 'as earlier versions wrote it');
    strictEqual(decodeReading({ ...plainReading, normalize: 'nfd' }), undefined);
    for (const wrong of [null, {}, { ...plainReading, layout: { kind: 'xml' } }, { ...plainReading, lower: 1 }])
      strictEqual(decodeReading(wrong), undefined);
    ok(!decodeReading({ ...plainReading, layout: { kind: 'table', separator: 'x', header: true, column: 0 } }));
    ok(!decodeReading({ ...plainReading, layout: { kind: 'table', separator: ',', header: true, column: -1 } }));
  });
});
