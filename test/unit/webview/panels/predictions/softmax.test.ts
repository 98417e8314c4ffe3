import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../../src/shared/at';
import type { Distribution } from '../../../../../webview/panels/predictions/distribution';
import { crossEntropy, naiveSoftmax, shiftedSoftmax } from '../../../../../webview/panels/predictions/softmax';
import {
  trialRows,
  trialSentence,
  trySoftmax,
  writeLoss,
} from '../../../../../webview/panels/predictions/softmax-trial';

/** In float64 and without any exponential that is large. */
function logProbabilities(logits: ArrayLike<number>): number[] {
  const all = Array.from(logits);
  const largest = Math.max(...all);
  const sum = all.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return all.map(logit => logit - largest - Math.log(sum));
}

const logitsOf = (most: number): fc.Arbitrary<Float32Array> =>
  fc.float32Array({ min: -most, max: most, noNaN: true, minLength: 2, maxLength: 30 });

describe('the softmax of part 1', () => {
  it('is that of float64 as long as float32 can hold the exponentials', () => {
    fc.assert(
      fc.property(logitsOf(20), logits => {
        const exact = logProbabilities(logits).map(Math.exp);
        naiveSoftmax(logits).probs.forEach((p, i) => ok(Math.abs(p - at(exact, i)) < 1e-5, `${p} for ${at(exact, i)}`));
      }),
    );
  });

  it('overflows at 89, and not at 88: then nan is where the large logit was, 0 elsewhere', () => {
    ok(naiveSoftmax(Float32Array.of(-2, -3, 0, 88)).probs.every(Number.isFinite));
    const { sum, probs } = naiveSoftmax(Float32Array.of(-2, -3, 0, 89));
    strictEqual(sum, Infinity);
    deepStrictEqual([...probs], [0, 0, 0, NaN]);
  });

  it('has nothing left where all exponentials are 0', () => {
    deepStrictEqual([...naiveSoftmax(Float32Array.of(-110, -120)).probs], [NaN, NaN]);
  });
});

describe('the softmax without the largest logit', () => {
  it('is that of float64 for any logits, and an offset does not change it', () => {
    fc.assert(
      fc.property(logitsOf(1000), fc.integer({ min: -200, max: 200 }), (logits, offset) => {
        const exact = logProbabilities(logits).map(Math.exp);
        const moved = shiftedSoftmax(logits.map(logit => logit + offset)).probs;
        shiftedSoftmax(logits).probs.forEach((p, i) => {
          ok(Math.abs(p - at(exact, i)) < 1e-5, `${p} for ${at(exact, i)}`);
          ok(Math.abs(at(moved, i) - p) < 1e-3, `${at(moved, i)} for ${p}`); // the sum with the offset is rounded
        });
      }),
    );
  });

  it('gives the loss of float64', () => {
    fc.assert(
      fc.property(logitsOf(1000), logits => {
        const exact = -at(logProbabilities(logits), 0);
        ok(
          Math.abs(crossEntropy(logits, 0) - exact) < 1e-5 * Math.max(1, exact),
          `${crossEntropy(logits, 0)} ${exact}`,
        );
      }),
    );
  });
});

describe('the experiment with large logits', () => {
  const logits = Float32Array.of(-2, -3, 0, 5);
  const change = { offset: 0, raised: 3, to: undefined };

  it('breaks one way and not the other when a logit is raised to 100', () => {
    const raised = { ...change, to: 100 };
    const trial = trySoftmax(logits, 2, raised);
    deepStrictEqual([...trial.logits], [-2, -3, 0, 100]);
    deepStrictEqual([trial.naiveLoss, trial.loss], [Infinity, 100]);
    deepStrictEqual(
      [...trial.shifted.probs].map(p => p.toFixed(3)),
      ['0.000', '0.000', '0.000', '1.000'],
    );
    match(trialSentence(trial, raised), /exp\(100\) is more than float32 can hold/);
    strictEqual(writeLoss(trySoftmax(logits, 3, raised).naiveLoss), 'nan');
  });

  it('tells where each exponential fits and only their sum does not', () => {
    const close = Float32Array.of(88.6, 88.4, 0);
    const trial = trySoftmax(close, 2, change);
    deepStrictEqual([trial.naive.sum, trial.naiveLoss], [Infinity, Infinity]);
    match(trialSentence(trial, change), /^Each exponential fits .* every probability is 0, and the loss is inf\./);
  });

  it('keeps the probabilities when an offset is added', () => {
    const plain = trySoftmax(logits, 3, change);
    const moved = trySoftmax(logits, 3, { ...change, offset: 20 });
    moved.naive.probs.forEach((p, i) => ok(Math.abs(p - at(plain.naive.probs, i)) < 1e-6));
    ok(moved.naive.sum > 1e8 * plain.naive.sum);
    match(trialSentence(moved, { ...change, offset: 20 }), /the probabilities stay/);
    match(trialSentence(trySoftmax(logits, 3, { ...change, offset: -200 }), change), /0 \/ 0 is nan/);
  });

  it('lists the likely, the raised and the one that follows, and their sum', () => {
    const characters = Array.from('.abcdefgh');
    const many = Float32Array.of(0, 8, 7, 6, 5, 4, 3, 2, 1);
    const distribution: Distribution = { characters, logits: many, probs: new Float32Array(9), target: 8 };
    const trial = trySoftmax(many, 8, { ...change, raised: 7, to: 1000 });
    const rows = trialRows(trial, distribution, 7);
    deepStrictEqual(
      rows.map(([name]) => name),
      ['g', 'a', 'b', 'c', 'h', 'sum'],
    );
    deepStrictEqual(at(rows, 0), ['g', '1000', 'inf', 'nan', '1.00', '1.000']);
    deepStrictEqual(at(rows, 1).slice(1, 4), ['8', '3e3', '0.000']);
  });
});
