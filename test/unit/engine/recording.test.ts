import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { CompiledEngine } from '../../../src/engine/compiled-engine';
import { MissingKernelError } from '../../../src/engine/engine';
import { at } from '../../../src/shared/at';
import { floats, runOnce, type TensorFunction } from './helpers';

const x = floats([3], [1, 2, 3]);

describe('recording a function', () => {
  const engine = new CompiledEngine({ verify: true });
  const w = engine.variable('w', [3], Float32Array.of(1, 2, 3));

  /** After the error everything is as before, and the engine goes on working. */
  function refuses(f: TensorFunction<'x', string>, error: RegExp | ((e: Error) => boolean)): void {
    const { dataId } = w;
    const assigning: TensorFunction<'x', string> = inputs => {
      w.assign(tf.mul(w, inputs.x));
      return f(inputs);
    };
    throws(() => runOnce(engine, f, { x }), error);
    throws(() => runOnce(engine, assigning, { x }), error);
    strictEqual(w.dataId, dataId);
    deepStrictEqual(engine.read('w'), Float32Array.of(1, 2, 3));
    deepStrictEqual(
      runOnce(engine, v => ({ y: tf.add(v.x, w) }), { x }),
      { y: Float32Array.of(2, 4, 6) },
    );
  }

  it('refuses random numbers, which would be frozen', () => {
    refuses(v => ({ y: tf.mul(v.x, Math.random()) }), /Two recordings .* differ.*random.*Make them inputs/);
    refuses(v => ({ y: tf.add(v.x, tf.randomNormal([3])) }), /differ/);
  });

  it('refuses a function that counts its calls', () => {
    let n = 0;
    refuses(v => ({ y: tf.add(v.x, n++) }), /differ/);
    refuses(v => ({ y: n++ % 2 ? tf.neg(tf.exp(v.x)) : tf.neg(v.x) }), /differ/);
  });

  it('refuses a function whose results alternate', () => {
    let n = 0;
    refuses(v => {
      const [a, b] = [tf.neg(v.x), tf.exp(v.x)];
      return { y: n++ % 2 ? a : b };
    }, /differ/);
  });

  it('refuses a function that assigns every other time', () => {
    let n = 0;
    refuses(v => {
      const y = tf.neg(v.x);
      if (n++ % 2) w.assign(y);
      return { y };
    }, /differ/);
  });

  it('accepts NaNs of different bits, which are up to the machine', () => {
    const nans = [0x7fc0_0000, 0xffc0_0000].map(bits => new Float32Array(Uint32Array.of(bits, 0).buffer));
    let n = 0;
    const f: TensorFunction<'x', 'y'> = v => ({ y: tf.add(tf.slice(v.x, [1], [2]), tf.tensor(at(nans, n++))) });
    deepStrictEqual(runOnce(engine, f, { x }), { y: Float32Array.of(NaN, 3) });
  });

  it('refuses a function that reads the values of a tensor', () => {
    refuses(v => ({ y: tf.mul(v.x, at(v.x.dataSync(), 0)) }), /reads the values of a tensor/);
  });

  it('names the kernel that is missing', () => {
    refuses(
      v => ({ y: tf.cumsum(v.x) }),
      e => e instanceof MissingKernelError && e.message.includes('Cumsum'),
    );
    refuses(
      v => ({ y: tf.pow(v.x, 0.3) }),
      e => e instanceof MissingKernelError && e.message.includes('Pow'),
    );
  });

  it('refuses tensors that were made outside of the function, or in another recording', () => {
    const outside = tf.tensor([1, 2, 3]);
    refuses(v => ({ y: tf.add(v.x, outside) }), /made outside of it/);
    let kept: tf.Tensor | undefined;
    refuses(v => ({ y: tf.add(v.x, (kept ??= tf.exp(v.x))) }), /made outside of it/);
  });

  it('refuses variables of another engine', () => {
    const other = new CompiledEngine().variable('w', [3], new Float32Array(3));
    refuses(v => ({ y: tf.add(v.x, other) }), /other engine|another engine|made outside/);
  });

  it('refuses shapes that do not match', () => {
    const misfits: TensorFunction<'x', string>[] = [
      v => ({ y: tf.matMul(tf.reshape(v.x, [1, 3]), tf.reshape(v.x, [1, 3])) }),
      v => ({ y: tf.matMul(v.x, v.x) }),
      v => ({ y: tf.reshape(v.x, [2]) }),
      v => ({ y: tf.slice(v.x, [1], [3]) }),
      v => ({ y: tf.concat([tf.zeros([2, 3]), tf.reshape(v.x, [3, 1])], 0) }),
      v => ({ y: tf.concat(tf.split(v.x, [1, 1])) }),
      v => ({ y: tf.add(v.x, tf.zeros([2])) }),
    ];
    for (const f of misfits) throws(() => runOnce(engine, f, { x }), Error, String(f));
  });

  it('passes on an error that the function throws', () => {
    refuses(() => {
      throw new RangeError('mine');
    }, /^RangeError: mine$/);
  });

  it('calls the function twice while it records, and never when the program runs', () => {
    let times = 0;
    const f: TensorFunction<'x', 'y'> = v => {
      times++;
      return { y: tf.neg(v.x) };
    };
    const program = engine.compile(f, { x });
    program.run();
    program.run();
    strictEqual(times, 2);
    ok(program.read('y').every(v => v === 0));
    program.dispose();
  });
});
