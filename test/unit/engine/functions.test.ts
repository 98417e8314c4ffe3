import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { CompiledEngine } from '../../../src/engine/compiled-engine';
import { at } from '../../../src/shared/at';
import { compiledEngines, floats, runOnce } from './helpers';

const functions = {
  exp: { op: tf.exp<tf.Tensor>, exact: Math.exp },
  log: { op: tf.log<tf.Tensor>, exact: Math.log },
  tanh: { op: tf.tanh<tf.Tensor>, exact: Math.tanh },
};

/** Every so many of the 2^32 bit patterns of a float32. A prime, so that all low bits are seen. */
const stride = 997;
const length = 2 ** 18;

/** One array of float32 after another, until all patterns have been seen. */
function* patterns(): Generator<Float32Array> {
  for (let next = 0; next < 2 ** 32; next += length * stride)
    yield new Float32Array(Uint32Array.from({ length }, (_, i) => (next + i * stride) % 2 ** 32).buffer);
}

/** The distance between neighboring float32 numbers near x; beyond the largest number the steps go on. */
function ulpAt(x: number): number {
  return 2 ** (Math.max(Math.floor(Math.log2(Math.abs(x))), -126) - 23);
}

/** How many ulp a float32 is from a float64. Overflow has to give infinity, which counts as 2^128. */
function distance(actual: number, exact: number): number {
  if (Object.is(actual, exact) || (Number.isNaN(actual) && Number.isNaN(exact))) return 0;
  const finite = (x: number): number => Math.max(-(2 ** 128), Math.min(2 ** 128, x));
  const error = Math.abs(finite(actual) - finite(exact)) / ulpAt(finite(exact));
  return Number.isNaN(error) ? Infinity : error;
}

/** The largest error over all patterns. */
function worst(engine: CompiledEngine, { op, exact }: (typeof functions)['exp']): { ulp: number; x: number } {
  const program = engine.compile(({ x }) => ({ y: op(x) }), { x: { shape: [length], dtype: 'float32' } });
  let largest = { ulp: 0, x: 0 };
  for (const xs of patterns()) {
    program.write('x', xs);
    program.run();
    program.read('y').forEach((y, i) => {
      const x = at(xs, i);
      const ulp = distance(y, exact(x));
      if (ulp > largest.ulp) largest = { ulp, x };
    });
  }
  program.dispose();
  return largest;
}

describe('exp, log and tanh of the compiled engine', () => {
  for (const engine of compiledEngines()) {
    for (const [name, f] of Object.entries(functions))
      it(`${name} is within 4 ulp everywhere (${engine.simd})`, () => {
        const { ulp, x } = worst(engine, f);
        console.log(`      ${name} (${engine.simd}): ${ulp.toFixed(2)} ulp at ${x}`);
        ok(ulp <= 4, `${name}(${x}) is ${ulp} ulp away`);
      });

    it(`exp, log and tanh follow IEEE 754 for NaN, infinities, zeros and subnormal numbers (${engine.simd})`, () => {
      const special = [NaN, Infinity, -Infinity, 0, -0, -1, -(2 ** -149)];
      const x = floats([special.length], special);
      const { exp, log, tanh } = runOnce(engine, v => ({ exp: tf.exp(v.x), log: tf.log(v.x), tanh: tf.tanh(v.x) }), {
        x,
      });
      deepStrictEqual([...Array.from(exp)].slice(0, 5), [NaN, Infinity, 0, 1, 1]);
      deepStrictEqual([...Array.from(log)], [NaN, Infinity, NaN, -Infinity, -Infinity, NaN, NaN]);
      deepStrictEqual([...Array.from(tanh)].slice(0, 5), [NaN, 1, -1, 0, -0]);
      strictEqual(tanh[6], -(2 ** -149));
    });
  }
});
