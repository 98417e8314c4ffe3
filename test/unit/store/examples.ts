/** A record and checkpoints to store, and any others that can be. */
import fc from 'fast-check';
import { presetById, withHyperparameters } from '../../../src/shared/presets';
import { defaultRunOptions } from '../../../src/shared/run';
import type { Checkpoint } from '../../../src/store/checkpoint';
import type { RunRecord } from '../../../src/store/run-record';

export const record: RunRecord = {
  id: 'a',
  source: { name: 'names.txt', uri: 'file:///names.txt' },
  preset: withHyperparameters(presetById('mlp-part2'), { nHidden: 8 }),
  options: defaultRunOptions,
  names: 'hash',
  created: 1,
};

export const checkpoint: Checkpoint = {
  id: 'a',
  step: 3,
  status: 'running',
  flavor: 'compiled, simd',
  evaluations: [{ step: 2, train: null, dev: 2.5 }],
  losses: Float32Array.of(3, 2, NaN),
  model: {
    step: 3,
    variables: {
      W: { shape: [2, 3], values: Float32Array.of(1, -2, 3e-40, Infinity, 5, -0) },
      b: { shape: [], values: Float32Array.of(7) },
    },
    generator: Uint32Array.of(1, 2 ** 32 - 1),
  },
};

const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.constantFrom('__proto__', 'constructor', 'losses', 'W.exp_avg'),
);
const plain = fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text));
const float32 = fc.float32Array({ maxLength: 12 }).map(values => values.map(Math.fround));
const anyTensor = fc.oneof(
  float32.map(values => ({ shape: [values.length], values })),
  float32.map(values => ({ shape: [values.length, 1], values })),
  fc.constant({ shape: [0, 5], values: new Float32Array(0) }),
);
/** JSON has no -0. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(n => n + 0);
const smoothing = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
const loss = fc.option(number);
const anyEvaluation = fc.record({ step: fc.nat(), train: loss, dev: loss, test: loss }, { noNullPrototype: true });

export const anyCheckpoint: fc.Arbitrary<Checkpoint> = fc
  .tuple(
    fc.record(
      {
        id: plain,
        status: fc.constantFrom('running', 'paused', 'finished', 'stopped'),
        flavor: plain,
        evaluations: fc.array(anyEvaluation, { maxLength: 3 }),
        losses: float32,
      },
      { noNullPrototype: true },
    ),
    fc.dictionary(name, anyTensor, { maxKeys: 4, noNullPrototype: true }),
    fc.option(fc.uint32Array({ maxLength: 5 }), { nil: undefined }),
    fc.option(smoothing, { nil: undefined }),
  )
  .map(([state, variables, generator, smoothing]) => {
    const others = { ...(generator && { generator }), ...(smoothing !== undefined && { smoothing }) };
    const step = state.losses.length;
    return { ...state, step, model: { step, variables, ...others } };
  });
