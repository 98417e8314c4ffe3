import { deepStrictEqual } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { size, type Shape } from '../../../src/engine/shapes';
import { at } from '../../../src/shared/at';
import {
  assertClose,
  compiledEngines,
  floats,
  interpretOnce,
  ints,
  narrower,
  numbers,
  runOnce,
  tensors,
  type Given,
  type Inputs,
  type TensorFunction,
  type Tolerance,
} from './helpers';

const engines = compiledEngines({ guard: 64 });

function check<I extends string>(f: TensorFunction<I, string>, inputs: Inputs<I>, tolerance: Tolerance = {}): void {
  const expected = interpretOnce(f, inputs);
  for (const engine of engines) assertClose(runOnce(engine, f, inputs), expected, tolerance, engine.simd);
}

describe('long sums', () => {
  const positive = (shape: Shape, seed = 1): Given => floats(shape, numbers(size(shape), 'positive', seed));

  for (const [which, shape, axes] of [
    ['over the last axis', [5, 10_007], [1]],
    ['over the first axis', [10_007, 5], [0]],
    ['over an axis in the middle', [2, 4097, 3], [1]],
    ['over two neighboring axes', [70, 80, 3], [0, 1]],
    ['over two axes that are not neighbors', [70, 3, 80], [0, 2]],
    ['over all axes', [3, 8192], [0, 1]],
    ['of a million numbers', [1_000_000], [0]],
  ] as const)
    it(`sums ${which} do not drift`, () => {
      const f: TensorFunction<'x', string> = ({ x }) => ({ sum: tf.sum(x, [...axes]), mean: tf.mean(x, [...axes]) });
      check(f, { x: positive(shape) }, { relative: 1e-6 });
    });

  it('sums in matrix products do not drift', () => {
    const f: TensorFunction<'a' | 'b', string> = ({ a, b }) => ({
      y: tf.matMul(a, b),
      z: tf.matMul(a, a, false, true),
    });
    check(f, { a: positive([3, 9001]), b: positive([9001, 7], 2) }, { relative: 1e-6 });
  });

  it('sums of rows by index do not drift', () => {
    const n = 20_000;
    const i = ints(
      [n],
      numbers(n, 'positive').map(x => Math.floor(x * 2)),
    );
    check(
      ({ x, i }) => ({ y: tf.unsortedSegmentSum(x, i as tf.Tensor1D, 2) }),
      { x: positive([n, 3], 2), i },
      { relative: 1e-6 },
    );
  });
});

describe('products', () => {
  const sizes = fc.constantFrom(1, 2, 3, 5, 6, 7, 9, 13, 24, 25, 33);

  it('products broadcast their batch axes', () => {
    const batches = fc.array(fc.constantFrom(1, 2, 3), { maxLength: 3 });
    const cases = fc
      .tuple(batches, sizes, sizes, sizes)
      .chain(([batch, M, K, N]) => fc.tuple(narrower(batch), narrower(batch), fc.constant([M, K]), fc.constant([K, N])))
      .chain(([ofA, ofB, a, b]) => fc.tuple(tensors([...ofA, ...a], 'specials'), tensors([...ofB, ...b], 'specials')));
    fc.assert(fc.property(cases, ([a, b]) => check(({ a, b }) => ({ y: tf.matMul(a, b) }), { a, b })));
  });

  it('products read slices, transposes and broadcasts of their operands', () => {
    const cases = fc.tuple(sizes, sizes, sizes).chain(([M, K, N]) =>
      fc.record({
        a: tensors([K + 2, M + 1, 2], 'integers'),
        b: tensors([N + 3, K + 1], 'integers'),
        row: tensors([N], 'integers'),
      }),
    );
    const f: TensorFunction<'a' | 'b' | 'row', string> = ({ a, b, row }) => {
      const [K, N] = [at(b.shape, 1) - 1, row.size];
      const left = tf.squeeze(tf.slice(a, [1, 0, 1], [K, -1, 1]), [2]);
      const right = tf.slice(b, [2, 1], [N, K]);
      return {
        turned: tf.matMul(left, right, true, true),
        repeated: tf.matMul(tf.transpose(left), tf.broadcastTo(row, [K, N])),
        squares: tf.matMul(left, left, true),
      };
    };
    fc.assert(fc.property(cases, inputs => check(f, inputs)));
  });
});

describe('rows by index', () => {
  const table = floats([3, 2], [1, 2, 3, 4, 5, 6]);
  const outside = ints([6], [2, -1, 0, 3, 2_000_000_000, -2_000_000_000]);

  it('gathering gives zeros for an index outside of the table', () => {
    const f: TensorFunction<'x' | 'i', 'y'> = ({ x, i }) => ({ y: tf.gather(x, i) });
    const y = Float32Array.of(5, 6, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0);
    for (const engine of engines) deepStrictEqual(runOnce(engine, f, { x: table, i: outside }), { y });
  });

  it('scattering leaves out rows whose index is outside of the result', () => {
    const f: TensorFunction<'x' | 'i', 'y'> = ({ x, i }) => ({
      y: tf.unsortedSegmentSum(tf.concat([x, x]), i as tf.Tensor1D, 3),
    });
    const y = Float32Array.of(5, 6, 0, 0, 1, 2);
    for (const engine of engines) deepStrictEqual(runOnce(engine, f, { x: table, i: outside }), { y });
  });

  it('simplified products of gathered, one-hot and joined rows keep their values and gradients', () => {
    const cases = fc
      .tuple(fc.constantFrom(1, 2, 5, 40), fc.constantFrom(2, 5, 9), fc.constantFrom(1, 2, 4, 7))
      .chain(([count, rows, width]) =>
        fc.record({
          i: fc
            .array(fc.integer({ min: -1, max: rows }), { minLength: 2 * count, maxLength: 2 * count })
            .map(i => ints([count, 2], i)),
          x: tensors([rows, width], 'integers'),
          beside: tensors([count, 3], 'integers'),
          w: tensors([2 * width + 12, 3], 'integers'),
        }),
      );
    const f: TensorFunction<'i' | 'x' | 'beside' | 'w', string> = ({ i, x, beside, w }) => {
      const columns = tf.unstack(i, 1);
      const [first, second] = [at(columns, 0), at(columns, 1)];
      const oneHot = tf.oneHot(second, at(x.shape, 0));
      const ways: Record<string, (x: tf.Tensor, beside: tf.Tensor) => tf.Tensor> = {
        gathered: x => tf.gather(x, second),
        oneHot: x => tf.matMul(oneHot, x),
        joined: (x, beside) => tf.concat([tf.gather(x, first), beside, tf.gather(x, second)], 1),
        joinedOneHot: (x, beside) => tf.concat([beside, tf.cast(oneHot, 'float32'), tf.gather(x, first)], 1),
      };
      const product = (left: tf.Tensor, w: tf.Tensor): tf.Tensor =>
        tf.matMul(left, tf.slice(w, [0, 0], [at(left.shape, 1), 3]));
      const gram = (left: tf.Tensor): tf.Tensor => tf.matMul(left, left, true);
      const results = Object.entries(ways).flatMap(([name, way]) => {
        const loss = (x: tf.Tensor, beside: tf.Tensor, w: tf.Tensor): tf.Tensor => {
          const left = way(x, beside);
          return tf.addN([tf.square(product(left, w)), gram(left), beside].map(t => tf.sum(t)));
        };
        const left = way(x, beside);
        const all = [product(left, w), gram(left), ...tf.grads(loss)([x, beside, w])];
        return all.map((t, n) => [`${name} ${n}`, t] as const);
      });
      return Object.fromEntries(results);
    };
    fc.assert(
      fc.property(cases, inputs => check(f, inputs)),
      { numRuns: 25 },
    );
  });
});
