import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { repeatInSplits, splitNames } from '../../../src/makemore/dataset';
import { TorchGenerator } from '../../../src/makemore/random';
import { chooseLayout, type Wish } from '../../../src/reading/choose';
import { mostCounted, parseCount, scaleCounts } from '../../../src/reading/name-counts';
import { countColumnOf, offersOf } from '../../../src/reading/offers';
import { readNames, type Names } from '../../../src/reading/read-names';
import { InputError } from '../../../src/shared/errors';
import { decodeReading, plainReading, type Reading } from '../../../src/shared/reading';

const table = 'name,sex,count\nEmma,F,5\nNoah,M,3\nOlivia,F,2\nemma,M,1\n';

function read(text: string, wish: Wish = { count: 'count' }, reading: Partial<Reading> = {}): Names {
  const { layout } = chooseLayout(text, 'a.csv', wish);
  return readNames(text, 'a.csv', { reading: { ...plainReading, ...reading, layout } });
}
const countsOf = ({ counts }: Names): [string, number][] => [...(counts ?? [])];

describe('a column of counts', () => {
  it('is ignored unless somebody asks for it, which is told with how to ask', () => {
    const { layout, notes } = chooseLayout(table, 'a.csv', {});
    strictEqual(layout.kind === 'table' && layout.count, undefined);
    match(notes.join(' '), /--count count makes each name count as often as that column says\./);
    const names = readNames(table, 'a.csv', { reading: { ...plainReading, layout } });
    strictEqual(names.counts, undefined);
    match(names.notes.join(' '), /not used: "sex", "count"/);
  });

  it('says how often each name counts, by its name or number', () => {
    for (const count of ['count', 'COUNT', '3']) {
      const names = read(table, { count });
      deepStrictEqual(names.names, ['Emma', 'Noah', 'Olivia', 'emma']);
      deepStrictEqual(countsOf(names), [
        ['Emma', 5],
        ['Noah', 3],
        ['Olivia', 2],
        ['emma', 1],
      ]);
      deepStrictEqual(names.notes.slice(0, 2), [
        'The names are those of the column "name", each as often as the column "count" says; not used: "sex".',
        'The 4 different names count 11 times in all.',
      ]);
    }
  });

  it('adds up the counts of a name that stands in several rows, once it is in lower case', () => {
    for (const unique of [false, true]) {
      const names = read(table, { count: 'count' }, { lower: true, unique });
      deepStrictEqual(names.names, ['emma', 'noah', 'olivia']);
      deepStrictEqual(countsOf(names)[0], ['emma', 6]);
      match(names.notes.join(' '), /1 row \(line 5\) was added to the count of an earlier one/);
    }
  });

  it('counts the rows that the filter lets through, and leaves out names that count 0 times', () => {
    deepStrictEqual(countsOf(read(table, { count: 'count', where: 'sex=F' })), [
      ['Emma', 5],
      ['Olivia', 2],
    ]);
    const names = read('name,count\nann,0\nbob,1\n,7\ncleo,2\ndora,0\ndora,3\n');
    deepStrictEqual(names.names, ['bob', 'cleo', 'dora']);
    match(names.notes.join(' '), /2 rows \(the first is line 2\) were left out, since the name counts 0 times\./);
    match(names.notes.join(' '), /1 row \(line 4\) was skipped, since there is no name\./);
  });

  for (const [bad, what] of [
    ['', 'There is no count in line 3 of a.csv'],
    ['-4', '"-4" is no count in line 3 of a.csv'],
    ['many', '"many" is no count'],
    ['1.5', '"1.5" is no count'],
    ['"18,688"', '"18,688" is no count'],
    ['18 688', '"18 688" is no count'],
    ['1e3', '"1e3" is no count'],
    ['12345678901234567890', '"12345678901234567890" is no count'],
    ['Infinity', '"Infinity" is no count'],
    ['٣', '"٣" is no count'],
  ] as const)
    it(`is refused with its line where it holds ${bad === '' ? 'nothing' : bad}`, () => {
      throws(
        () => read(`name,count\nann,1\nbob,${bad}\n`),
        (error: Error) =>
          error.message.startsWith(what) && error.message.includes('write a whole number without separators'),
      );
    });

  it('is refused where nobody counts, and tells one name as one', () => {
    throws(
      () => read('name,count\nann,0\n'),
      /a\.csv has no name that counts more than 0 times: choose another column/,
    );
    deepStrictEqual(read('name,count\nann,3\n').notes[1], 'The only name counts 3 times in all.');
    deepStrictEqual(read('name,count\nann,1\n').notes[1], 'The only name counts once.');
  });

  it('is read or refused in any table, and never breaks', () => {
    const cell = fc.constantFrom(
      'Emma',
      'ava',
      '3',
      '0',
      '',
      '"a,b"',
      '"',
      '-1',
      '1.5',
      '"1,500"',
      'İ',
      '.',
      '\t',
      '99',
    );
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.boolean(), fc.boolean(), (table, lower, filtered) => {
        const text = table.map(row => row.join(',')).join('\n');
        const where = filtered ? { where: { column: 2, is: '3' } } : {};
        const layout = { kind: 'table', separator: ',', header: false, column: 0, count: 1, ...where } as const;
        try {
          const { names, counts, distinct } = readNames(text, 'a.csv', { reading: { ...plainReading, layout, lower } });
          deepStrictEqual([...counts!.keys()], names);
          strictEqual(distinct, names.length);
          ok([...counts!.values()].every(n => Number.isInteger(n) && n >= 1));
        } catch (error) {
          ok(error instanceof InputError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('may be bad in rows that are not used', () => {
    deepStrictEqual(read('name,sex,count\nann,F,1\nbob,M,x\n,F,y\n', { count: 'count', where: 'sex=F' }).names, [
      'ann',
    ]);
  });

  it('cannot be the column of the names, or one that does not exist, or of a file without columns', () => {
    throws(() => read(table, { count: 'name' }), /has its names in name: choose another column for --count\./);
    throws(() => read(table, { count: 'births' }), /has no column births: it has name, sex, count\./);
    throws(() => read('emma\nava\n', { count: '1' }), /no columns that --column, --where, or --count could choose/);
  });

  it('is kept with the reading', () => {
    const layout = { kind: 'table', separator: ',', header: true, column: 0, count: 2 } as const;
    const reading = { ...plainReading, layout };
    deepStrictEqual(decodeReading(JSON.parse(JSON.stringify(reading))), reading);
    for (const count of [-1, 0, 1.5, '2', null])
      strictEqual(decodeReading({ ...plainReading, layout: { ...layout, count } }), undefined, String(count));
  });

  it('is scaled down in proportion, at least 1 each, which is told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e12 }), { minLength: 1, maxLength: 50 }), numbers => {
        const counts = new Map(numbers.map((n, i) => [`n${i}`, n]));
        const before = new Map(counts);
        const total = numbers.reduce((a, b) => a + b);
        const note = scaleCounts(counts);
        if (total <= mostCounted) deepStrictEqual(counts, before);
        else match(note, /: scaled down to about 1,000,000, at least 1 each\.$/);
        let sum = 0;
        for (const [name, n] of counts) {
          ok(Number.isInteger(n) && n >= 1);
          ok(Math.abs(n - (before.get(name)! * Math.min(total, mostCounted)) / total) <= 1);
          sum += n;
        }
        ok(sum <= mostCounted + counts.size);
      }),
    );
  });

  it('is a plain whole number', () => {
    strictEqual(parseCount(' 18688 ', 'line 1'), 18688);
    strictEqual(parseCount('007', 'line 1'), 7);
  });
});

describe('names that count more than once', () => {
  it('are split first, so that no name is in two splits, and then repeated', () => {
    const names = Array.from({ length: 60 }, (_, i) => `n${i}`);
    const counts = new Map(names.map((name, i) => [name, 1 + (i % 7)]));
    for (const split of ['lecture', 'makemore'] as const) {
      const once = splitNames(names, { split }, new TorchGenerator(1));
      const { train, dev, test } = repeatInSplits(once, counts);
      for (const [repeated, single] of [
        [train, once.train],
        [dev ?? [], once.dev ?? []],
        [test ?? [], once.test ?? []],
      ] as const) {
        deepStrictEqual([...new Set(repeated)], single);
        for (const name of single) strictEqual(repeated.filter(one => one === name).length, counts.get(name));
      }
      const held = new Set([...(dev ?? []), ...(test ?? [])]);
      ok(!train.some(name => held.has(name)));
    }
  });
});

describe('what is offered about the names of a file', () => {
  const offers = (text: string): ReturnType<typeof offersOf> =>
    offersOf(text, { ...plainReading, layout: chooseLayout(text, 'a.csv', {}).layout });

  it('is nothing for a plain list in lower case', () => {
    deepStrictEqual(offers('emma\nolivia\nava\n'), {});
    deepStrictEqual(offers('王伟\n李娜\n'), {});
  });

  it('is lower case where there is upper case, and to drop names that repeat', () => {
    deepStrictEqual(offers('emma\nOlivia\nava\n'), { upper: 'Olivia' });
    deepStrictEqual(offers('emma\nava\nava\n'), { repeated: 'ava' });
    deepStrictEqual(offers('Ärmel\nemma\nemma\n'), { upper: 'Ärmel', repeated: 'emma' });
    deepStrictEqual(offers('["Emma","ava","ava"]'), { upper: 'Emma', repeated: 'ava' });
  });

  it('is to weigh by a column of whole numbers, and not by years, ranks, or ages', () => {
    const count = (text: string): string | undefined => offers(text).count?.name;
    strictEqual(count(table), 'count');
    deepStrictEqual(offers(table).count, { column: 2, name: 'count', example: { name: 'Emma', times: 5 } });
    strictEqual(count('Mary,F,7065\nAnna,F,2604\nEmma,F,2003\n'), 'column 3');
    strictEqual(count('name,year,rank\nEmma,2010,1\nAva,2011,2\nMia,2012,3\n'), undefined);
    strictEqual(count('id,name,year\n1,Emma,2010\n2,Ava,2011\n'), undefined);
    strictEqual(count('rank,name,age\n3,Emma,20\n9,Ava,21\n'), undefined);
    strictEqual(count('name,points,births\nEmma,4,1900\nAva,9,1950\n'), 'births');
    strictEqual(count('name,count\nEmma,4\nAva,"1,950"\n'), undefined);
    strictEqual(count('name,count\nEmma,4\nAva,\n'), undefined);
  });

  it('is found at a glance in a file of any size', () => {
    const start = performance.now();
    offers('emma\nava\n'.repeat(2_000_000));
    offers(`name,count\n${'Emma,4\n'.repeat(2_000_000)}`);
    offers(`["Emma",${'"ava",'.repeat(1_000_000)}"mia"]`);
    ok(performance.now() - start < 3000, `${performance.now() - start} ms`);
  });

  it('never breaks on any table', () => {
    const cell = fc.constantFrom('Emma', 'ava', '3', '', '"a,b"', '"', '-1', '1,5', 'É', '\t');
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), rows => {
        const text = rows.map(row => row.join(',')).join('\n');
        const layout = { kind: 'table', separator: ',', header: rows.length % 2 === 0, column: 0 } as const;
        const { count } = offersOf(text, { ...plainReading, layout });
        strictEqual(countColumnOf(text, layout)?.column, count?.column);
        if (count) ok(count.column > 0 && Number.isInteger(count.example.times));
      }),
    );
  });
});
