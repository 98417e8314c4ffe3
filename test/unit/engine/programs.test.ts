import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { CompiledEngine } from '../../../src/engine/compiled-engine';
import { createEngine } from '../../../src/engine/create-engine';
import { at } from '../../../src/shared/at';
import { engineIds } from '../../../src/shared/run';
import { compiledEngines, floats, runOnce, type TensorFunction } from './helpers';

const vector = { shape: [4], dtype: 'float32' } as const;
const values = Float32Array.of(1, 2, 3, 4);

describe('programs of the compiled engine', () => {
  it('programs keep their inputs and go on working after the memory has grown', () => {
    const engine = new CompiledEngine();
    const w = engine.variable('w', [4], values);
    const program = engine.compile(({ x }) => ({ y: tf.mul(x, w) }), { x: vector });
    program.write('x', values);
    const large = engine.compile(({ x }) => ({ y: tf.exp(tf.transpose(x)) }), {
      x: { shape: [300, 200], dtype: 'int32' },
    });
    large.write('x', new Int32Array(60_000).fill(1));
    large.run();
    program.run();
    deepStrictEqual(program.read('y'), Float32Array.of(1, 4, 9, 16));
    deepStrictEqual(engine.read('w'), values);
    engine.variable('large', [100_000], new Float32Array(100_000));
    deepStrictEqual(program.read('y'), Float32Array.of(1, 4, 9, 16));
    strictEqual(new Set(large.read('y')).size, 1);
  });

  for (const id of engineIds)
    it(`on ${id}, what a program gives is a copy, which neither another run nor other programs change`, async () => {
      const { engine } = await createEngine(id);
      const program = engine.compile(({ x }) => ({ y: tf.neg(x) }), { x: vector });
      program.write('x', values);
      program.run();
      const y = program.read('y');
      engine.compile(({ x }) => ({ y: tf.exp(x) }), { x: { shape: [300, 200], dtype: 'float32' } });
      program.write('x', new Float32Array(4));
      program.run();
      deepStrictEqual(y, Float32Array.of(-1, -2, -3, -4));
      throws(() => program.write('x', [1, 2]), /x has 4 values, not 2/);
      throws(() => program.write('i' as 'x', values), /no input i/);
      throws(() => program.read('z' as 'y'), /no output z/);
      engine.dispose();
    });

  it('programs of two engines do not affect each other', () => {
    const engines = [...compiledEngines(), ...compiledEngines()].map(engine => {
      const w = engine.variable('w', [4], values);
      const program = engine.compile(({ x }) => (w.assign(tf.add(w, x)), { y: tf.neg(w) }), { x: vector });
      return { engine, program };
    });
    engines.forEach(({ program }, i) => program.write('x', new Float32Array(4).fill(i)));
    engines.forEach(({ program }) => program.run());
    engines.forEach(({ engine, program }, i) => {
      deepStrictEqual(
        engine.read('w'),
        values.map(v => v + i),
      );
      deepStrictEqual(
        program.read('y'),
        values.map(v => -v - i),
      );
    });
  });

  it('an input that the function does not use is written all the same', () => {
    const engine = new CompiledEngine();
    const program = engine.compile(({ x }) => ({ y: tf.neg(x) }), { x: vector, i: { shape: [2, 3], dtype: 'int32' } });
    program.write('i', new Int32Array(6).fill(1));
    program.run();
    deepStrictEqual(program.read('y'), new Float32Array(4).fill(-0));
  });

  it('programs of one engine share its variables', () => {
    const engine = new CompiledEngine();
    const w = engine.variable('w', [4], values);
    const [double, read] = [
      engine.compile(() => (w.assign(tf.mul(w, 2)), {}), {}),
      engine.compile(() => ({ y: tf.add(w, 1) }), {}),
    ];
    double.run();
    double.run();
    double.dispose();
    read.run();
    deepStrictEqual(
      read.read('y'),
      values.map(v => 4 * v + 1),
    );
    engine.write('w', new Float32Array(4));
    read.run();
    deepStrictEqual(read.read('y'), new Float32Array(4).fill(1));
  });

  it('constants such as 0 and -0, or NaN and infinity, are not taken for one another', () => {
    const divisors = [NaN, Infinity, -Infinity, 0, -0, 1, 4];
    // With an array each; otherwise all would be one loop.
    const inputs = Object.fromEntries(divisors.map((_, i) => [`x${i}`, floats([4], values)]));
    const f: TensorFunction<string, string> = x =>
      Object.fromEntries(Object.values(x).map((dividend, i) => [`y${i}`, tf.div(dividend, at(divisors, i))]));
    const expected = Object.fromEntries(divisors.map((d, i) => [`y${i}`, values.map(v => v / d)]));
    for (const engine of compiledEngines()) deepStrictEqual(runOnce(engine, f, inputs), expected);
  });

  it('print lists the calls, one on each line', () => {
    for (const engine of compiledEngines()) {
      const w = engine.variable('w', [4, 5], new Float32Array(20));
      const f = ({ x }: { x: tf.Tensor }): Record<string, tf.Tensor> => {
        w.assign(tf.mul(w, 0.5));
        return { y: tf.tanh(tf.matMul(x, w)) };
      };
      const [title, ...lines] = engine
        .compile(f, { x: { shape: [3, 4], dtype: 'float32' } })
        .print()
        .split('\n');
      match(
        title ?? '',
        new RegExp(`^${lines.length} calls.*${engine.simd === 'fma' ? 'fused' : 'multiply, then add'}`),
      );
      for (const call of [/loop \[4,5\] w\[4,5\] = mul\(w/, /product \(3, 4\) \(4, 5\)/, /loop .* = tanh\(/])
        ok(
          lines.some(line => call.test(line)),
          `${String(call)} in ${lines.join('\n')}`,
        );
    }
  });
});
