import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import { generateNames, type Cooperative } from '../../../src/makemore/generate';
import { distribution, type Logits } from '../../../src/makemore/multinomial';
import { nextLogits, nextProbabilities } from '../../../src/makemore/ngrams';
import { TorchGenerator } from '../../../src/makemore/random';
import { at } from '../../../src/shared/at';
import { countNgrams } from '../../../src/shared/ngram-counts';
import { defaultSampleRequest, sampleRequestProblem, type SampleRequest } from '../../../src/shared/sampling';
import { createVocabulary, encode } from '../../../src/shared/vocabulary';

const names = ['anna', 'hanna', 'ann', 'nan'];
const vocabulary = createVocabulary(names);
const counts = countNgrams(names, vocabulary, 2);
const origins = new Map([['ann', 'train' as const]]);

function draw(changes: Partial<SampleRequest>): { words: readonly { text: string; origin: string }[]; drawn: number } {
  const request = { ...defaultSampleRequest, ...changes };
  return finish(generateNames(request, name => nextLogits(counts, 0, [name.at(-1) ?? 0]), vocabulary, origins));
}

function finish<T>(work: Cooperative<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

describe('sampling names', () => {
  it('draws as many as were asked for, and the same ones from the same seed', () => {
    strictEqual(draw({ count: 7 }).words.length, 7);
    deepStrictEqual(draw({ count: 50, seed: 5 }), draw({ count: 50, seed: 5 }));
    ok(JSON.stringify(draw({ count: 50, seed: 5 })) !== JSON.stringify(draw({ count: 50, seed: 6 })));
  });

  it('begins every name with the prefix, and refuses one with characters that were never seen', () => {
    ok(draw({ prefix: 'ha' }).words.every(w => w.text.startsWith('ha')));
    throws(() => draw({ prefix: 'xa' }), /never seen "x"/);
    throws(() => draw({ prefix: 'a.' }), /boundary/);
  });

  it('keeps the names with a bigram, and says how many were drawn', () => {
    const { words, drawn } = draw({ count: 1000, bigram: ['h', 'a'] });
    ok(words.every(w => w.text.includes('ha')));
    ok(words.length === 1000 && drawn > 1000 && drawn < 10_000);
    const begins = draw({ count: 20, bigram: ['.', 'h'] });
    ok(begins.words.every(w => w.text.startsWith('h')));
    ok(begins.drawn < 10_000, 'it stops once it has enough');
    ok(draw({ count: 20, bigram: ['n', '.'] }).words.every(w => w.text.endsWith('n')));
    deepStrictEqual(draw({ count: 20, bigram: ['h', 'h'] }), { words: [], drawn: 10_000 });
  });

  it('says which split a name is in, or that it is new', () => {
    for (const { text, origin } of draw({ count: 200 }).words) strictEqual(origin, text === 'ann' ? 'train' : 'new');
  });

  it('cuts a name that does not end after 1,000 characters, and says so', () => {
    const endless = countNgrams(['nana'], vocabulary, 2);
    const predict = (name: readonly number[]): Logits => nextLogits(endless, 0, [name.at(-1) ?? 0]).with(0, -Infinity);
    const request = { ...defaultSampleRequest, count: 1, prefix: 'n' };
    const { words } = finish(generateNames(request, predict, vocabulary, origins));
    deepStrictEqual(
      words.map(({ text, cut }) => [text.length, cut]),
      [[1000, true]],
    );
    ok(draw({ count: 50 }).words.every(word => !('cut' in word)));
  });

  it('a name that was cut has not ended, so that no boundary is behind its last character', () => {
    const [a, n] = encode('an', vocabulary);
    // "na" ends, and "nn" goes on with "a" without end.
    const predict = ([, second]: readonly number[]): Logits => {
      const logits = new Float64Array(vocabulary.itos.length).fill(-Infinity);
      for (const token of second === undefined ? [a, n] : second === a ? [0] : [a]) logits[token ?? 0] = 0;
      return logits;
    };
    const request: SampleRequest = { ...defaultSampleRequest, count: 5, prefix: 'n', bigram: ['a', '.'] };
    const { words, drawn } = finish(generateNames(request, predict, vocabulary, origins));
    ok(drawn > words.length);
    deepStrictEqual(new Set(words.map(({ text }) => text)), new Set(['na']));
  });

  it('draws only the most likely characters if top-k is 1 or the temperature 0', () => {
    for (const changes of [{ topK: 1 }, { temperature: 0 }, { temperature: 0, topK: 5 }]) {
      for (const { text } of draw({ ...changes, count: 50 }).words) {
        let last = 0;
        for (const token of encode(text, vocabulary)) {
          const p = nextProbabilities(counts, 0, [last]);
          strictEqual(p[token], Math.max(...p));
          last = token;
        }
      }
    }
    deepStrictEqual(draw({ temperature: 0 }), draw({ topK: 1 }));
  });

  it('takes a top-k of -1 for all characters, and any seed by its low 32 bits', () => {
    deepStrictEqual(draw({ topK: -1 }), draw({ topK: 0 }));
    deepStrictEqual(draw({ seed: -1 }), draw({ seed: 2 ** 32 - 1 }));
    deepStrictEqual(draw({ seed: 2 ** 40 + 5 }), draw({ seed: 5 }));
  });

  it('composes a drawn name before it looks for it and shows it', () => {
    const accents = createVocabulary(['jos\u00e9', 'm\u0302e']); // this one has no composed form
    const tokens = encode('jose', accents).concat(accents.stoi.get('\u0302') ?? -1, 0);
    const predict = ({ length }: readonly number[]): Logits => {
      const logits = new Float64Array(accents.itos.length).fill(-Infinity);
      return logits.with(at(tokens, length), 0);
    };
    const known = new Map([['jos\u00ea', 'dev' as const]]);
    const { words } = finish(generateNames({ ...defaultSampleRequest, count: 1 }, predict, accents, known));
    deepStrictEqual(words, [{ text: 'jos\u00ea', origin: 'dev' }]);
  });

  it('refuses weights that give no probabilities, in the middle of a name too', () => {
    const predict = ({ length }: readonly number[]): Logits =>
      new Float64Array([0, 1, 2, 3]).fill(length > 2 ? NaN : 0, 3);
    const request = { ...defaultSampleRequest, prefix: 'ann' };
    const sentence = /no probabilities after "ann": train again with a lower learning rate/;
    throws(() => finish(generateNames(request, predict, vocabulary, origins)), sentence);
  });
});

describe('a request for names', () => {
  it('is refused where it is out of range, with both bounds and what was asked for', () => {
    const refusal = (changes: object): string | undefined =>
      sampleRequestProblem({ ...defaultSampleRequest, ...changes });
    strictEqual(refusal({ temperature: 0, topK: -1, seed: -1 }), undefined);
    strictEqual(refusal({ temperature: -1 }), 'The temperature must be a number from 0 to 100, but it is -1.');
    strictEqual(refusal({ topK: 1_000_001 }), 'Top-k must be a whole number from -1 to 1,000,000, but it is 1000001.');
    strictEqual(
      refusal({ count: '1e400' }),
      'The number of names must be a whole number from 1 to 1,000, but it is "1e400".',
    );
    strictEqual(refusal({ prefix: '\u{1f600}'.repeat(999) }), undefined);
    strictEqual(
      refusal({ prefix: 'a'.repeat(1100) }),
      `The prefix must be a text of fewer than 1,000 characters, but it is "${'a'.repeat(100)}\u2026".`,
    );
  });
});

describe('temperature and top-k', () => {
  const logits = Float64Array.of(1, 0.2, -0.7, 0.2, -Infinity);
  const softmax = (z: readonly number[]): number[] => {
    const e = z.map(Math.exp);
    return e.map(v => v / e.reduce((a, b) => a + b));
  };
  const close = (actual: Float32Array | undefined, expected: readonly number[]): void =>
    expected.forEach((v, i) =>
      ok(Math.abs(at(actual ?? [], i) - v) < 1e-6, `${actual?.join()} is not ${expected.join()}`),
    );

  it('are softmax(logits / temperature)', () => {
    for (const t of [0.01, 0.5, 1, 2, 50]) close(distribution(logits, t, 0), softmax(Array.from(logits, z => z / t)));
  });

  it('divide the logits and not what float32 has left of the probabilities', () => {
    // at temperature 1 all but the first are 0 in float32
    close(distribution(Float64Array.of(0, -200, -220), 20, 0), softmax([0, -10, -11]));
  });

  it('hold for every temperature that can be asked for', () => {
    for (const t of [Number.MIN_VALUE, 1e-300, 1e-4])
      deepStrictEqual(distribution(logits, t, 0), Float32Array.of(1, 0, 0, 0, 0));
    close(distribution(logits, 0, 3), [1, 0, 0, 0, 0]);
  });

  it('keep ties at the k-th place, as makemore.py does', () => {
    close(distribution(logits, 1, 1), [1, 0, 0, 0, 0]);
    close(distribution(logits, 1, 2), [...softmax([1, 0.2, -Infinity, 0.2]), 0]);
    for (const all of [-1, 0, 5, 1_000_000]) deepStrictEqual(distribution(logits, 1, all), distribution(logits, 1, 0));
  });

  it('are no distribution where nothing can be, or where a logit is not a number or infinite', () => {
    for (const wrong of [
      [-Infinity, -Infinity],
      [NaN, 1],
      [0, Infinity],
    ])
      for (const t of [0, 1, 20]) strictEqual(distribution(Float64Array.from(wrong), t, 0), undefined);
  });

  it('give counted probabilities to the last bit', () => {
    const random = new TorchGenerator(1);
    for (let i = 0; i < 2000; i++) {
      const row = Float64Array.from({ length: 5 }, () => random.randint(2 ** (1 + (i % 15))));
      const n = { order: 1, vocabSize: 5, counts: Uint32Array.from(row), total: 0 };
      const smoothing = i % 3;
      if (row.every(count => count + smoothing === 0)) continue;
      deepStrictEqual(distribution(nextLogits(n, smoothing, []), 1, 0), nextProbabilities(n, smoothing, []));
    }
  });
});
