import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { mayWait, mergeEvent } from '../../../src/shared/merge-events';
import type { RunEvent } from '../../../src/shared/protocol';
import { reduce } from '../../../src/shared/reducer';
import { idle, type RunState } from '../../../src/shared/run-state';

const merged = (events: readonly RunEvent[]): readonly RunEvent[] => events.reduce<readonly RunEvent[]>(mergeEvent, []);
const stateAfter = (events: readonly RunEvent[]): RunState => {
  // What was seen in between, of which a slow page sees less.
  const { layerHistory: _, updateHistory: __, losses, ...state } = events.reduce(reduce, idle);
  return { ...idle, ...state, losses: { values: losses.values.slice(0, losses.length), length: losses.length } };
};

/** What a run tells by itself, step after step. */
const news = fc
  .array(
    fc.tuple(
      fc.constantFrom('losses', 'inspected', 'evaluated', 'kept', 'unkept', 'sampledAlong', 'sampledNow'),
      fc.nat(5),
    ),
  )
  .map(kinds => {
    let step = 0;
    return kinds.map(([kind, steps], i): RunEvent => {
      switch (kind) {
        case 'losses': {
          const losses = Float32Array.from({ length: steps }, (_, j) => i + j);
          step += steps;
          return { type: 'losses', firstStep: step - steps, losses, learningRate: 1 / (i + 1), microsecondsPerStep: i };
        }
        case 'inspected': {
          const watched = steps % 2 === 0 ? { layers: [] } : { parameters: [] };
          return { type: 'inspected', inspection: { step, ahead: false, tensors: {}, ...watched } };
        }
        case 'evaluated':
          return { type: 'evaluated', evaluation: { step, ...(steps % 2 === 0 ? { dev: i } : { train: i }) } };
        case 'kept':
          return { type: 'kept', step };
        case 'unkept':
          return { type: 'kept', step, problem: `problem ${i}` };
        case 'sampledNow':
          return { type: 'sampledNow', names: { step, words: [{ text: String(i), origin: 'new' }] } };
        default:
          return { type: 'sampledAlong', samples: { step, words: [String(i)] } };
      }
    });
  });

describe('events that a page cannot take yet', () => {
  it('lead to the same state, merged or not', () => {
    fc.assert(
      fc.property(news, events => {
        deepStrictEqual(stateAfter(merged(events)), stateAfter(events));
      }),
    );
  });

  it('are joined in no time when a page takes none for hours', () => {
    const losses = new Float32Array(5000);
    const start = performance.now();
    let waiting: readonly RunEvent[] = [];
    for (let i = 0; i < 2000; i++) {
      const firstStep = i * losses.length;
      waiting = mergeEvent(waiting, { type: 'losses', firstStep, losses, learningRate: 0.1, microsecondsPerStep: 1 });
    }
    ok(performance.now() - start < 5000, `${performance.now() - start} ms`);
    strictEqual(waiting.reduce(reduce, idle).losses.length, 2000 * losses.length);
    ok(waiting.length < 200);
  });

  it('are one picture and one row of losses, however many come', () => {
    const many = Array.from({ length: 1000 }, (_, i): RunEvent[] => [
      { type: 'losses', firstStep: i, losses: Float32Array.of(i), learningRate: 0.1, microsecondsPerStep: 1 },
      { type: 'inspected', inspection: { step: i, ahead: false, tensors: {} } },
      { type: 'kept', step: i },
    ]).flat();
    const left = merged(many);
    deepStrictEqual(
      left.map(({ type }) => type),
      ['losses', 'inspected', 'kept'],
    );
    strictEqual(stateAfter(left).losses.length, 1000);
  });

  it('stay apart where losses are missing between them', () => {
    const at = (firstStep: number): RunEvent => ({
      type: 'losses',
      firstStep,
      losses: Float32Array.of(1, 2),
      learningRate: 0.1,
      microsecondsPerStep: 1,
    });
    strictEqual(merged([at(0), at(2), at(1)]).length, 2);
  });

  it('are only those that come by themselves', () => {
    ok(mayWait({ type: 'inspected', inspection: { step: 0, ahead: false, tensors: {} } }));
    ok(!mayWait({ type: 'status', status: 'stopped', step: 1 }));
    ok(!mayWait({ type: 'failed', reason: '' }));
  });
});
