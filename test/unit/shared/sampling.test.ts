import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import { generateNames, type Cooperative } from '../../../src/makemore/generate';
import { reshapeProbabilities } from '../../../src/makemore/multinomial';
import { nextProbabilities } from '../../../src/makemore/ngrams';
import { at } from '../../../src/shared/at';
import { countNgrams } from '../../../src/shared/ngram-counts';
import { defaultSampleRequest, type SampleRequest } from '../../../src/shared/sampling';
import { createVocabulary, encode } from '../../../src/shared/vocabulary';

const names = ['anna', 'hanna', 'ann', 'nan'];
const vocabulary = createVocabulary(names);
const counts = countNgrams(names, vocabulary, 2);
const origins = new Map([['ann', 'train' as const]]);

function draw(changes: Partial<SampleRequest>): { words: readonly { text: string; origin: string }[]; drawn: number } {
  const request = { ...defaultSampleRequest, ...changes };
  return finish(generateNames(request, name => nextProbabilities(counts, 0, [name.at(-1) ?? 0]), vocabulary, origins));
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
    const predict = (name: readonly number[]): Float32Array =>
      nextProbabilities(endless, 0, [name.at(-1) ?? 0]).with(0, 0);
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
    const predict = ([, second]: readonly number[]): Float32Array => {
      const p = new Float32Array(vocabulary.itos.length);
      const next = second === undefined ? [a, n] : second === a ? [0] : [a];
      for (const token of next) p[token ?? 0] = 1 / next.length;
      return p;
    };
    const request: SampleRequest = { ...defaultSampleRequest, count: 5, prefix: 'n', bigram: ['a', '.'] };
    const { words, drawn } = finish(generateNames(request, predict, vocabulary, origins));
    ok(drawn > words.length);
    deepStrictEqual(new Set(words.map(({ text }) => text)), new Set(['na']));
  });

  it('draws only the most likely characters if top-k is 1', () => {
    for (const { text } of draw({ topK: 1, count: 50 }).words) {
      let last = 0;
      for (const token of encode(text, vocabulary)) {
        const p = nextProbabilities(counts, 0, [last]);
        strictEqual(p[token], Math.max(...p));
        last = token;
      }
    }
  });
});

describe('temperature and top-k', () => {
  const p = Float32Array.of(0.5, 0.25, 0.25, 0);
  const close = (actual: Float32Array, expected: readonly number[]): void =>
    expected.forEach((v, i) => ok(Math.abs(at(actual, i) - v) < 1e-6, `${actual.join()} is not ${expected.join()}`));

  it('leave the probabilities alone if they are 1 and 0, or k is the whole vocabulary', () => {
    strictEqual(reshapeProbabilities(p, 1, 0), p);
    strictEqual(reshapeProbabilities(p, 1, 4), p);
  });

  it('are softmax(logits / temperature)', () => {
    const logits = [1, 0.2, -0.7];
    const softmax = (z: number[]): number[] => {
      const e = z.map(Math.exp);
      return e.map(v => v / e.reduce((a, b) => a + b));
    };
    for (const t of [0.01, 0.5, 2, 50])
      close(reshapeProbabilities(Float32Array.from(softmax(logits)), t, 0), softmax(logits.map(z => z / t)));
  });

  it('keep ties at the k-th place, as makemore.py does', () => {
    close(reshapeProbabilities(p, 1, 1), [1, 0, 0, 0]);
    close(reshapeProbabilities(p, 1, 2), [0.5, 0.25, 0.25, 0]);
  });
});
