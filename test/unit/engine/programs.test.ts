import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { CompiledEngine } from '../../../src/engine/compiled-engine';
import { compiledEngines, floats, runOnce, type TensorFunction } from './helpers';

const vector = { shape: [4], dtype: 'float32' } as const;
const values = Float32Array.of(1, 2, 3, 4);

describe('programs of the compiled engine', () => {
  it('find their memory again where it has grown', () => {
    const engine = new CompiledEngine();
    const w = engine.variable('w', [4], values);
    const program = engine.compile(({ x }) => ({ y: tf.mul(x, w) }), { x: vector });
    const { x } = program.in;
    x.set(values);
    const large = engine.compile(({ x }) => ({ y: tf.exp(tf.transpose(x)) }), {
      x: { shape: [300, 200], dtype: 'int32' },
    });
    notStrictEqual(program.in.x, x, 'the old view has no memory');
    strictEqual(x.length, 0);
    deepStrictEqual(program.in.x, values, 'inputs keep their values');
    large.in.x.fill(1);
    large.run();
    program.run();
    deepStrictEqual(program.out.y, Float32Array.of(1, 4, 9, 16));
    deepStrictEqual(engine.read('w'), values);
    engine.variable('large', [100_000], new Float32Array(100_000));
    deepStrictEqual(program.out.y, Float32Array.of(1, 4, 9, 16));
    deepStrictEqual(large.out.y, new Float32Array(60_000).fill(large.out.y[0]));
  });

  it('of two engines have nothing to do with each other', () => {
    const engines = [...compiledEngines(), ...compiledEngines()].map(engine => {
      const w = engine.variable('w', [4], values);
      const program = engine.compile(({ x }) => (w.assign(tf.add(w, x)), { y: tf.neg(w) }), { x: vector });
      return { engine, program };
    });
    engines.forEach(({ program }, i) => program.in.x.fill(i));
    engines.forEach(({ program }) => program.run());
    engines.forEach(({ engine, program }, i) => {
      deepStrictEqual(
        engine.read('w'),
        values.map(v => v + i),
      );
      deepStrictEqual(
        program.out.y,
        values.map(v => -v - i),
      );
    });
  });

  it('have an array for an input that they do not look at', () => {
    const engine = new CompiledEngine();
    const program = engine.compile(({ x }) => ({ y: tf.neg(x) }), { x: vector, i: { shape: [2, 3], dtype: 'int32' } });
    deepStrictEqual(program.in.i, new Int32Array(6));
    program.in.i.fill(1);
    program.run();
    deepStrictEqual(program.out.y, new Float32Array(4).fill(-0));
  });

  it('share the variables of their engine', () => {
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
      read.out.y,
      values.map(v => 4 * v + 1),
    );
    engine.write('w', new Float32Array(4));
    read.run();
    deepStrictEqual(read.out.y, new Float32Array(4).fill(1));
  });

  it('tell constants apart', () => {
    const divisors = [NaN, Infinity, -Infinity, 0, -0, 1, 4];
    // An array each, or all would be one loop.
    const inputs = Object.fromEntries(divisors.map((_, i) => [`x${i}`, floats([4], values)]));
    const f: TensorFunction = x => Object.fromEntries(divisors.map((d, i) => [`y${i}`, tf.div(x[`x${i}`], d)]));
    const expected = Object.fromEntries(divisors.map((d, i) => [`y${i}`, values.map(v => v / d)]));
    for (const engine of compiledEngines()) deepStrictEqual(runOnce(engine, f, inputs), expected);
  });

  it('print a line per call', () => {
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
      match(title, new RegExp(`^${lines.length} calls.*${engine.simd === 'fma' ? 'fused' : 'multiply, then add'}`));
      for (const call of [/loop \[4,5\] w\[4,5\] = mul\(w/, /product \(3, 4\) \(4, 5\)/, /loop .* = tanh\(/])
        ok(
          lines.some(line => call.test(line)),
          `${String(call)} in ${lines.join('\n')}`,
        );
    }
  });
});
