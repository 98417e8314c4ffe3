import fc from 'fast-check';
import { deepStrictEqual, match, notDeepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { createExamples, distinctExamples, originsOf, splitNames, type Tokens } from '../../../src/makemore/dataset';
import { at } from '../../../src/shared/at';
import { TorchGenerator } from '../../../src/makemore/random';
import { defaultSplit, splitProblem } from '../../../src/shared/run';
import { createVocabulary } from '../../../src/shared/vocabulary';

const five = ['emma', 'olivia', 'ava', 'isabella', 'sophia'];

describe('examples', () => {
  it("are the lecture's: 32 contexts of three from the first five names", () => {
    const vocabulary = createVocabulary(five);
    const { length, x, y } = createExamples(five, vocabulary, 3);
    strictEqual(length, 32);
    const text = (tokens: Tokens): string => Array.from(tokens, i => vocabulary.itos[i]).join('');
    const lines = Array.from(
      y.subarray(0, 5),
      (_, i) => `${text(x.slice(3 * i, 3 * i + 3))} ${text(y.slice(i, i + 1))}`,
    );
    deepStrictEqual(lines, ['... e', '..e m', '.em m', 'emm a', 'mma .']);
  });

  it('weigh as much grouped by context and target as one by one', () => {
    const names = fc.array(fc.stringMatching(/^[abc]{1,5}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 4 }), (words, blockSize) => {
        const vocabulary = createVocabulary(words);
        const all = createExamples(words, vocabulary, blockSize);
        const distinct = distinctExamples(all, vocabulary.itos.length);
        const { weights } = distinct;
        ok(typeof weights !== 'number');
        const shares = new Map<string, number>();
        for (let i = 0; i < all.length; i++) {
          const key = `${all.x.slice(i * blockSize, (i + 1) * blockSize).join()}:${all.y[i]}`;
          shares.set(key, (shares.get(key) ?? 0) + 1 / all.length);
        }
        strictEqual(distinct.length, shares.size);
        for (let i = 0; i < distinct.length; i++) {
          const key = `${distinct.x.slice(i * blockSize, (i + 1) * blockSize).join()}:${distinct.y[i]}`;
          ok(Math.abs(at(weights, i) - shares.get(key)!) < 1e-6);
        }
      }),
    );
  });
});

describe('examples of long contexts', () => {
  it('are not grouped: all of them have the same weight', () => {
    const vocabulary = createVocabulary(five);
    const all = createExamples(five, vocabulary, 8);
    const { length, weights } = distinctExamples(all, vocabulary.itos.length);
    deepStrictEqual([length, weights], [all.length, 1 / all.length]);
  });
});

describe('splits', () => {
  const g = (): TorchGenerator => new TorchGenerator(3407);

  it('of part 1 are the whole file, or its first names', () => {
    deepStrictEqual(splitNames(five, { split: 'whole' }, g()), { train: five, dev: null, test: null, notes: [] });
    deepStrictEqual(splitNames(five, { split: 'whole', names: 2 }, g()).train, ['emma', 'olivia']);
  });

  it('of the lecture are 80, 10 and 10 percent of the shuffled names', () => {
    const names = Array.from({ length: 25 }, (_, i) => `n${i}`);
    const { train, dev, test } = splitNames(names, { split: 'lecture' }, g());
    deepStrictEqual([train.length, dev?.length, test?.length], [20, 2, 3]);
    deepStrictEqual([train, dev ?? [], test ?? []].flat().toSorted(), names.toSorted());
  });

  it('of the lecture may have other shares and another seed', () => {
    const names = Array.from({ length: 25 }, (_, i) => `n${i}`);
    const shares = { train: 60, dev: 20, test: 20, seed: 42 };
    const { train, dev, test } = splitNames(names, { split: 'lecture' }, g(), shares);
    deepStrictEqual([train.length, dev?.length, test?.length], [15, 5, 5]);
    const lecture = splitNames(names, { split: 'lecture' }, g());
    deepStrictEqual([train, dev, test].flat(), [lecture.train, lecture.dev, lecture.test].flat());
    const other = splitNames(names, { split: 'lecture' }, g(), { ...shares, seed: 7 });
    notDeepStrictEqual(other.train, train);
    deepStrictEqual(
      splitNames(names, { split: 'makemore' }, g(), shares),
      splitNames(names, { split: 'makemore' }, g()),
    );
  });

  it('are all the whole file if a share has no name, with a note', () => {
    const names = Array.from({ length: 25 }, (_, i) => `n${i}`);
    const { train, dev, test, notes } = splitNames(names, { split: 'lecture' }, g(), {
      train: 98,
      dev: 1,
      test: 1,
      seed: 42,
    });
    deepStrictEqual([train.length, dev?.length, test?.length], [25, 25, 25]);
    match(notes.join(), /^25 names are too few for such a split/);
  });

  it('are refused unless their shares add up to 100 percent', () => {
    strictEqual(splitProblem(defaultSplit), undefined);
    const whatever = [
      { train: 80, dev: 20, test: 0 },
      { train: 70, dev: 10, test: 10 },
      { train: 79.5, dev: 10.5, test: 10 },
      { train: NaN },
    ];
    for (const shares of whatever) match(splitProblem({ ...defaultSplit, ...shares }) ?? '', /three whole percentages/);
    for (const seed of [-1, 0.5, 2 ** 32, NaN])
      match(splitProblem({ ...defaultSplit, seed }) ?? '', /^The seed of a split/);
  });

  it('are all the whole file for fewer than 10 names, with a note', () => {
    const splits = splitNames(five, { split: 'lecture' }, g());
    deepStrictEqual([splits.train, splits.dev, splits.test], [five, five, five]);
    match(splits.notes.join(), /fewer than 10 names/);
  });

  it('say which one a name is in, train before dev before test', () => {
    const origins = originsOf({ train: ['a'], dev: ['a', 'b'], test: ['b', 'c'], notes: [] });
    deepStrictEqual(Object.fromEntries(origins), { a: 'train', b: 'dev', c: 'test' });
  });
});
