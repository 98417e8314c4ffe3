import { ok, strictEqual } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { reads, writes } from '../../../src/engine/calls';
import { CompiledEngine } from '../../../src/engine/compiled-engine';
import { CompiledProgram } from '../../../src/engine/compiled-program';
import { fuse } from '../../../src/engine/fuse';
import { alignment, Arena, slack } from '../../../src/engine/memory';
import { size } from '../../../src/engine/shapes';
import { planMemory } from '../../../src/engine/plan';
import { record, recordableVariable } from '../../../src/engine/recording';
import { simplify } from '../../../src/engine/simplify';
import { inputs, randomSteps, trainingStep, variables, type Step } from './random-graphs';

interface Range {
  readonly begin: number;
  readonly end: number;
}

function overlap(a: Range, b: Range): boolean {
  return a.begin < b.end && b.begin < a.end;
}

describe('an arena', () => {
  it('never hands out bytes that are in use, and is whole again once everything is released', () => {
    const sizes = fc.array(fc.oneof(fc.nat(100), fc.record({ release: fc.nat() })), { maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(fc.constantFrom(0, 64), fc.constantFrom(0, 4096), sizes, (guard, begin, actions) => {
        const arena = new Arena(begin, guard);
        const taken: { address: number; bytes: number }[] = [];
        const range = ({ address, bytes }: (typeof taken)[number]): Range => ({
          begin: address - guard,
          end: address + bytes + Math.max(guard, slack),
        });
        for (const action of actions) {
          if (typeof action === 'number') {
            const array = { address: arena.allocate(action), bytes: action };
            strictEqual(array.address % alignment, 0);
            ok(range(array).begin >= begin && range(array).end <= arena.end);
            ok(!taken.some(other => overlap(range(other), range(array))));
            taken.push(array);
          } else
            for (const { address, bytes } of taken.splice(action.release % taken.length, 1))
              arena.release(address, bytes);
        }
        const { end } = arena;
        taken.forEach(({ address, bytes }) => arena.release(address, bytes));
        if (end > begin)
          strictEqual(arena.allocate(end - begin - 2 * guard - slack), begin + guard, 'all is free again');
        strictEqual(arena.end, Math.max(end, begin));
      }),
    );
  });
});

/** Where the arrays of a step of training lie, and from which call to which they are needed. */
function planned(steps: readonly Step[]): { bytes: number; arrays: { place: Range; life: Range }[] } {
  const known = new Map(Object.entries(variables).map(([name, shape]) => [name, recordableVariable(name, shape)]));
  const recording = record(trainingStep(steps, [...known.values()]), inputs, known);
  known.forEach(variable => variable.dispose());
  const simplified = simplify(recording);
  const fused = fuse(simplified);
  const ofInputs = simplified.nodes.filter(({ kind }) => kind === 'input');
  const { calls, places, bytes } = planMemory(fused, ofInputs, 0);
  const results = new Set(fused.outputs.values());
  const arrays = [...places].flatMap(([node, place]) => {
    if ('variable' in place) return [];
    const written = calls.findIndex(call => writes(call).includes(node));
    const used = calls.findLastIndex(call => [...reads(call), ...writes(call)].includes(node));
    // Inputs and constants are there from the beginning: no call writes them.
    const life = { begin: written, end: results.has(node) || written < 0 ? Infinity : used + 1 };
    return [{ place: { begin: place.offset, end: place.offset + size(node.shape) * 4 }, life }];
  });
  return { bytes, arrays };
}

describe('the memory of a program', () => {
  it('holds no two overlapping arrays that are needed at the same time', () => {
    let shared = 0;
    fc.assert(
      fc.property(randomSteps, steps => {
        const { bytes, arrays } = planned(steps);
        arrays.forEach(({ place, life }, i) => {
          ok(place.begin >= 0 && place.end + slack <= bytes);
          for (const other of arrays.slice(0, i)) {
            if (!overlap(place, other.place)) continue;
            ok(!overlap(life, other.life), JSON.stringify([place, life, other]));
            shared++;
          }
        });
      }),
    );
    ok(shared > 0, 'arrays that are not needed at the same time share memory');
  });

  it('is free for the next program once a program is disposed of', () => {
    const engine = new CompiledEngine();
    const w = engine.variable('w', [3, 5], new Float32Array(15));
    const compile = (): number => {
      const f = ({ x }: { x: tf.Tensor }): Record<string, tf.Tensor> => {
        w.assign(tf.add(w, 1));
        return { y: tf.tanh(tf.matMul(tf.softmax(x), w)) };
      };
      const program = engine.compile(f, { x: { shape: [40, 3], dtype: 'float32' } });
      program.dispose();
      ok(program instanceof CompiledProgram);
      return Math.min(...program.arrays().map(({ address }) => address));
    };
    const before = compile();
    for (let i = 0; i < 1000; i++) strictEqual(compile(), before);
  });
});
