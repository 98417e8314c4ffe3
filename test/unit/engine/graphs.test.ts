import { deepStrictEqual } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { Engine } from '../../../src/engine/engine';
import { CompiledEngine } from '../../../src/engine/compiled-engine';
import { size } from '../../../src/engine/shapes';
import { createTfjsEngine } from '../../../src/engine/tfjs-engine';
import { at } from '../../../src/shared/at';
import {
  assertClose,
  compiledEngines,
  flavors,
  numbers,
  outputsOf,
  runOnce,
  tensors,
  type Kind,
  type TensorFunction,
} from './helpers';
import { inputs, randomSteps, trainingStep, variables, type Step } from './random-graphs';

/** The outputs and the variables after each of three steps of training. */
function train(engine: Engine, graph: readonly Step[]): Record<string, ArrayLike<number>>[] {
  const own = Object.entries(variables).map(([name, shape], i) =>
    engine.variable(name, shape, numbers(size(shape), 'unit', i)),
  );
  try {
    const program = engine.compile(trainingStep(graph, own), inputs);
    return [1, 2, 3].map(step => {
      program.write('x', numbers(15, 'unit', step));
      program.write(
        'i',
        numbers(7, 'positive', step).map(v => Math.floor(v * 2)),
      );
      const check = engine instanceof CompiledEngine ? engine.watchGuards() : undefined;
      program.run();
      check?.();
      const state = Object.keys(variables).map(name => [name, engine.read(name)] as const);
      return { ...outputsOf(program), ...Object.fromEntries(state) };
    });
  } finally {
    engine.dispose();
  }
}

describe('random graphs', () => {
  let oracle: Engine;
  before(async () => (oracle = await createTfjsEngine('tfjs-cpu')));

  it('random training steps give the same numbers with shared memory, with separate memory, and in tfjs', () => {
    let count = 0;
    fc.assert(
      fc.property(randomSteps, graph => {
        const simd = at(flavors, count++ % flavors.length);
        const shared = train(new CompiledEngine({ simd }), graph);
        deepStrictEqual(train(new CompiledEngine({ simd, guard: 64 }), graph), shared);
        const expected = train(oracle, graph);
        shared.forEach((results, i) => assertClose(results, at(expected, i), { relative: 1e-4, absolute: 1e-5 }, simd));
      }),
      { numRuns: 200 },
    );
  });

  it('gradients at kinks and ties are those of tfjs', () => {
    const ops: ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor)[] = [
      tf.relu,
      tf.abs,
      a => tf.max(a, 1, true),
      a => tf.max(a),
      tf.maximum,
      tf.minimum,
      (a, b) => tf.where(tf.greaterEqual(a, b), tf.square(a), tf.neg(b)),
      a => tf.rsqrt(tf.abs(a)),
      a => tf.logSumExp(a, 0),
      a => tf.logSoftmax(a),
      (a, b) => tf.div(tf.norm(a, 2, 1, true), tf.add(b, 20)),
    ];
    const f: TensorFunction<'a' | 'b', string> = ({ a, b }) => {
      const slopes = ops.map(op => tf.grads((x, y) => tf.add(tf.mul(op(x, y), 3), tf.mul(x, y)))([a, b]));
      return Object.fromEntries(slopes.flat().map((slope, i) => [`slope ${i}`, slope]));
    };
    const kind = fc.constantFrom<Kind>('integers', 'unit');
    const given = kind.chain(of => fc.record({ a: tensors([5, 7], of), b: tensors([5, 7], of) }));
    const engines = compiledEngines({ guard: 64 });
    fc.assert(
      fc.property(given, inputs => {
        const expected = runOnce(oracle, f, inputs);
        for (const engine of engines)
          assertClose(runOnce(engine, f, inputs), expected, { relative: 1e-5, absolute: 1e-5 }, engine.simd);
      }),
      { numRuns: 20 },
    );
  });
});
