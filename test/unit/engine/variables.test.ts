import { deepStrictEqual, throws } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../../../src/engine/engine';
import { createTfjsEngine } from '../../../src/engine/tfjs-engine';
import { compiledEngines, outputsOf } from './helpers';

const values = Float32Array.of(1, 2, 3, 4);

describe('variables', () => {
  const engines: Engine[] = compiledEngines({ guard: 64 });
  before(async () => engines.push(await createTfjsEngine('tfjs-cpu')));
  afterEach(() => engines.forEach(engine => engine.dispose()));

  it('reading gives a copy, and writing takes as many values as the shape has', () => {
    for (const engine of engines) {
      engine.variable('w', [2, 2], values);
      engine.read('w').fill(0);
      deepStrictEqual(engine.read('w'), values);
      engine.write(
        'w',
        values.map(v => -v),
      );
      deepStrictEqual(
        engine.read('w'),
        values.map(v => -v),
      );
      for (const wrong of [3, 5]) throws(() => engine.write('w', new Float32Array(wrong)), Error, engine.id);
      deepStrictEqual(
        engine.read('w'),
        values.map(v => -v),
      );
    }
  });

  it("a name that is taken, a size that is not the shape's, and an unknown name are refused", () => {
    for (const engine of engines) {
      engine.variable('w', [4], values);
      throws(() => engine.variable('w', [4], values), /variable w already/);
      throws(() => engine.variable('v', [5], values), Error);
      throws(() => engine.read('u'), /no variable u/);
      throws(() => engine.write('u', values), /no variable u/);
    }
  });

  /** What a and b hold after two runs. */
  function afterTwo(f: (a: tf.Variable, b: tf.Variable) => Record<string, tf.Tensor>): void {
    const all = engines.map(engine => {
      const a = engine.variable('a', [4], values);
      const b = engine.variable(
        'b',
        [4],
        values.map(v => 10 * v),
      );
      const program = engine.compile(() => f(a, b), {});
      program.run();
      program.run();
      const results = [engine.read('a'), engine.read('b'), ...Object.values(outputsOf(program))];
      program.dispose();
      engine.dispose();
      return results;
    });
    for (const results of all) deepStrictEqual(results, all.at(-1));
  }

  it('assignments take effect after everything that reads the old values', () => {
    const cases: Parameters<typeof afterTwo>[0][] = [
      (a, b) => {
        const old = tf.clone(a);
        a.assign(b.clone());
        b.assign(old);
        return {};
      },
      a => {
        const old = tf.mul(a, 1);
        a.assign(tf.add(a, 1));
        return { old, twice: tf.mul(a, 2) };
      },
      (a, b) => {
        const sum = tf.add(a, b);
        a.assign(sum);
        b.assign(sum);
        return {};
      },
      a => (a.assign(tf.add(a, tf.sum(a))), {}),
      a => (a.assign(tf.concat([tf.slice(a, 1), tf.slice(a, 0, 1)])), {}),
      a => (a.assign(tf.reshape(tf.transpose(tf.reshape(a, [2, 2])), [4])), {}),
      a => (a.assign(tf.add(a, tf.concat([tf.slice(a, 2), tf.slice(a, 0, 2)]))), {}),
      a => {
        a.assign(tf.add(a, 1));
        a.assign(tf.mul(a, 2));
        return { y: tf.neg(a) };
      },
      (a, b) => {
        a.assign(tf.pad(tf.slice(tf.mul(b, 2), 1), [[1, 0]]));
        b.assign(tf.add(b, tf.sub(tf.max(a), tf.mean(a))));
        return {};
      },
    ];
    cases.forEach(afterTwo);
  });

  it('writing a variable leaves the outputs of the last run as they are', () => {
    for (const engine of engines) {
      const a = engine.variable('a', [4], values);
      const program = engine.compile(() => {
        a.assign(tf.add(a, 1));
        return { next: a };
      }, {});
      program.run();
      engine.write('a', new Float32Array(4));
      deepStrictEqual(program.read('next'), Float32Array.of(2, 3, 4, 5));
    }
  });
});
