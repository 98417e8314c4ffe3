import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../src/shared/at';
import type { Batch, BatchNormLook } from '../../../../src/shared/inspection';
import { presetById } from '../../../../src/shared/presets';
import type { RunInfo } from '../../../../src/shared/run';
import { layOutIdentity, pointAt } from '../../../../webview/draw/plot/identity-layout';
import { rangeAround, wholeRangeAround } from '../../../../webview/draw/line/ranges';
import { batchNormRows, disagreementSentence } from '../../../../webview/panels/batch-norm/sentences';
import {
  columnOf,
  epsilonOf,
  meanDisagreement,
  normalize,
  rangeOf,
} from '../../../../webview/panels/batch-norm/normalization';
import {
  exampleTitle,
  isSame,
  moveExample,
  movedRows,
  movedSentence,
} from '../../../../webview/panels/batch-norm/moved-example';

const near = (actual: number, expected: number, by = 1e-6): void =>
  ok(Math.abs(actual - expected) < by, `${actual} ${expected}`);

/** As PyTorch has it: `gain * (x - x.mean()) / torch.sqrt(x.var() + eps) + bias`, in double precision. */
function plainly(x: readonly number[], { gain = 1, bias = 0, epsilon = 0 }): number[] {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  const variance = x.map(v => (v - mean) ** 2).reduce((a, b) => a + b, 0) / (x.length - 1);
  return x.map(v => (gain * (v - mean)) / Math.sqrt(variance + epsilon) + bias);
}

const sumOf = (x: ArrayLike<number>): number => Array.from(x).reduce((a, b) => a + b, 0);
const batchOfTwo: Batch = {
  rows: 4,
  x: { shape: [4, 2], values: Float32Array.of(0, 0, 0, 1, 1, 2, 2, 1) },
  y: { shape: [4, 1], values: Float32Array.of(1, 2, 1, 0) },
};
const info = { characters: ['.', 'a', 'b'] } as unknown as RunInfo;
/** (4, 2) */
const x = { shape: [4, 2], values: Float32Array.of(1, 10, 2, 10, 3, 10, 6, 14) };
const neuron = (more = {}) => ({
  layer: 'bnmean_running',
  neuron: 0,
  example: 3,
  batch: batchOfTwo,
  info,
  x,
  normalization: { gain: 1, bias: 0, epsilon: 0 },
  ...more,
});

describe('one example of a normalized batch', () => {
  it('is normalized with the unbiased deviation of its batch', () => {
    deepStrictEqual([...columnOf(x, 1)], [10, 10, 10, 14]);
    const expected = plainly([1, 2, 3, 6], {}); // mean 3, variance 14 / 3
    near(at(expected, 3), 3 / Math.sqrt(14 / 3));
    normalize(columnOf(x, 0), { gain: 1, bias: 0, epsilon: 0 }).forEach((v, i) => near(v, at(expected, i)));
    strictEqual(epsilonOf(presetById('mlp-part3-batchnorm')), 0);
    strictEqual(epsilonOf(presetById('deep-part3-batchnorm')), 1e-5);
    strictEqual(epsilonOf(presetById('wavenet-part5')), 1e-5);
  });

  it('moved is what a plain computation gives, and the sum of all stays 0', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 40 });
    const options = fc.record({
      gain: fc.double({ min: 0.1, max: 3, noNaN: true }),
      epsilon: fc.constantFrom(0, 1e-5),
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 60, max: 90 }), options, (column, value, { gain, epsilon }) => {
        const of = { shape: [column.length, 1], values: Float32Array.from(column) };
        const example = column.length - 1;
        const { after } = moveExample(neuron({ x: of, example, normalization: { gain, bias: 0, epsilon } }), value);
        const expected = plainly(column.with(example, value), { gain, epsilon });
        after.forEach((v, i) => near(v, at(expected, i), 1e-9));
        near(sumOf(after), 0, 1e-6);
      }),
    );
  });

  it('moved moves all others, and put back moves none', () => {
    const { before, after, value } = moveExample(neuron());
    strictEqual(value, 6);
    strictEqual(after, before);
    const moved = moveExample(neuron(), 12);
    for (const row of [0, 1, 2]) ok(Math.abs(at(moved.after, row) - at(moved.before, row)) > 0.01);
    const back = moveExample(neuron(), 6);
    back.after.forEach((v, i) => near(v, at(before, i)));
  });

  it('has its gain and its bias', () => {
    const column = columnOf(x, 0);
    const plain = normalize(column, { gain: 1, bias: 0, epsilon: 1e-5 });
    normalize(column, { gain: 2, bias: -1, epsilon: 1e-5 }).forEach((v, i) => near(v, 2 * at(plain, i) - 1));
  });

  it('can be moved beyond all that the batch has', () => {
    const { min, max } = rangeOf(columnOf(x, 0));
    near(min, 1 - 2 * Math.sqrt(14 / 3));
    near(max, 6 + 2 * Math.sqrt(14 / 3));
    deepStrictEqual(rangeOf(Float32Array.of(2, 2)), { min: 1, max: 3 });
  });

  it('is told by its context, with what its move does', () => {
    strictEqual(exampleTitle(neuron()), 'ba → .');
    strictEqual(exampleTitle(neuron({ example: 9 })), '', 'of a very large batch only the first are known');
    match(movedSentence(neuron(), moveExample(neuron())), /^Every line is an example/);
    match(
      movedSentence(neuron(), moveExample(neuron(), 10)),
      /^The mean of the batch goes from 3\.00 to 4\.00 and its std from 2\.16 to 4\.08: the other 3 examples move by up to 0\.24/,
    );
    deepStrictEqual(at(movedRows(moveExample(neuron(), 10)), 3), ['3', '6.0000', '1.3887', '1.4697']);
    ok(isSame(neuron(), neuron({ x: { ...x } })) && !isSame(neuron(), neuron({ neuron: 1 })));
  });
});

describe('batch and running statistics', () => {
  const layer: BatchNormLook = {
    name: 'bnmean_running',
    batchMean: Float32Array.of(0, 1, -0.5),
    runningMean: Float32Array.of(0.5, 1, -0.25),
    batchStd: Float32Array.of(1, 2, 0.25),
    runningStd: Float32Array.of(1, 2.5, 0.25),
    gain: Float32Array.of(1, 1, 1),
    bias: Float32Array.of(0, 0, 0.5),
  };

  it('differ by chance in a small batch, and by more where the running ones lag', () => {
    near(meanDisagreement(layer), Math.sqrt((0.5 ** 2 + 0 + 1) / 3)); // in the deviations of the batch: 0.5, 0 and 1
    near(meanDisagreement({ ...layer, batchStd: Float32Array.of(1, 2, 0) }), Math.sqrt(0.25 / 2), 1e-6);
    const by = (shift: number): BatchNormLook => ({
      ...layer,
      batchMean: layer.runningMean.map((mean, i) => mean + shift * at(layer.batchStd, i)),
    });
    match(
      disagreementSentence(by(0.2), 32),
      /^The means differ by 0\.20 std on average, about as chance has it in a batch of 32 \(0\.18\)/,
    );
    match(
      disagreementSentence(by(0.6), 32),
      /differ by 0\.60 std.* more than chance .* \(0\.18\): the running statistics lag/,
    );
    match(disagreementSentence(by(0.2), 182_625), /lag/);
    strictEqual(disagreementSentence({ ...layer, batchStd: new Float32Array(3) }, 1), '', 'which has no std');
  });

  it('are told neuron by neuron', () => {
    deepStrictEqual(at(batchNormRows(layer), 2), ['2', '−0.5000', '−0.2500', '0.2500', '0.2500', '1.0000', '0.5000']);
  });

  it('share one axis, on which the nearest point is found', () => {
    const picture = { x: layer.runningMean, y: layer.batchMean, xTitle: '', yTitle: '', chosen: 0 };
    const layout = layOutIdentity(picture, 254);
    deepStrictEqual([layout.side, layout.min, layout.max], [200, -0.5, 1]);
    const place = (value: number): number => (200 * (value + 0.5)) / 1.5;
    const pixel = (i: number, off = 0) => ({ x: 46 + place(at(picture.x, i)) + off, y: 206 - place(at(picture.y, i)) });
    deepStrictEqual(
      [0, 1, 2].map(i => pointAt(picture, layout, pixel(i, 3))),
      [0, 1, 2],
    );
    strictEqual(pointAt(picture, layout, pixel(0, 15)), undefined);
    const same = layOutIdentity({ ...picture, x: Float32Array.of(2), y: Float32Array.of(2) }, 254);
    deepStrictEqual([same.min, same.max], [1.5, 2.5]);
    const none = layOutIdentity({ ...picture, x: Float32Array.of(NaN), y: Float32Array.of(NaN) }, 254);
    deepStrictEqual([none.min, none.max], [0, 1]);
  });

  it('have axes that stay where they can', () => {
    deepStrictEqual(wholeRangeAround(3, Float64Array.of(-1, 2.9), Float64Array.of(NaN)), { min: -3, max: 3 });
    deepStrictEqual(wholeRangeAround(3, Float64Array.of(0), Float64Array.of(-3.2, 5.1)), { min: -4, max: 6 });
    deepStrictEqual(rangeAround(Float32Array.of(1, 1)), { min: 0.5, max: 1.5 });
    deepStrictEqual(rangeAround(Float32Array.of(0, 10.5)), { min: 0, max: 15 });
    deepStrictEqual(rangeAround(Float32Array.of(-0.3, NaN), Float32Array.of(0.7)), { min: -0.4, max: 0.8 });
    deepStrictEqual(rangeAround(Float32Array.of(NaN)), { min: 0, max: 1 });
  });
});
