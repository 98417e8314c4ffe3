import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../src/shared/at';
import { presetById, withHyperparameters } from '../../../../src/shared/presets';
import type { RunEvent } from '../../../../src/shared/protocol';
import { reduce } from '../../../../src/shared/reducer';
import type { RunInfo } from '../../../../src/shared/run';
import { hasModel, idle, isTraining, type RunState } from '../../../../src/shared/run-state';
import { decodeSnapshot, encodeSnapshot, mostSnapshotBytes } from '../../../../src/host/session/snapshot';
import { TakenText } from '../../../../src/host/text/taken-text';
import { spreadLosses, thinLosses } from '../../../../src/host/session/thinned-losses';
import { damaged } from '../../store/damaged';

const version = '1.2.3';
const { fingerprint } = TakenText.of('emma\nolivia\n');
const preset = withHyperparameters(presetById('mlp-part2'), { nHidden: 64 });
const source = { name: 'names.txt', uri: 'file:///names.txt' };
const density = Float32Array.of(0.5, NaN, 1.5);

const events: RunEvent[] = [
  { type: 'starting', source, preset, purpose: 'train' },
  { type: 'started', info: { engine: 'compiled', maxSteps: 10, parameterCount: 3 } as RunInfo },
  { type: 'losses', firstStep: 0, losses: Float32Array.of(3.5, NaN, 2), learningRate: 0.1, microsecondsPerStep: 90 },
  { type: 'evaluated', evaluation: { step: 3, dev: Infinity, train: null } },
  {
    type: 'inspected',
    inspection: { step: 3, ahead: false, tensors: { W: { shape: [3], values: density } } },
  },
  { type: 'sampling', request: { count: 1, seed: 1, temperature: 1, topK: 0, prefix: '', sampler: 'cdf' } },
  { type: 'findingDeadNeurons', finding: true },
];
const training = { ...events.reduce(reduce, idle), status: 'running' } as RunState;
const encode = (state: RunState): Uint8Array => encodeSnapshot({ state, fingerprint }, version);
const throughSnapshot = (state: RunState): RunState => decodeSnapshot(encode(state), version)!.state;

describe('a snapshot', () => {
  it('holds everything that can be seen, typed arrays and numbers that are none included', () => {
    const { losses, evaluations, inspection, preset: kept, step, source: file } = throughSnapshot(training);
    deepStrictEqual(losses, { values: Float32Array.of(3.5, NaN, 2), length: 3 });
    deepStrictEqual(evaluations, [{ step: 3, dev: Infinity, train: null }]);
    ok(inspection?.tensors.W?.values instanceof Float32Array);
    deepStrictEqual(Array.from(inspection.tensors.W.values), Array.from(density));
    deepStrictEqual(kept, preset);
    deepStrictEqual([step, file], [3, source]);
    strictEqual(decodeSnapshot(encode(training), version)?.fingerprint, fingerprint);
  });

  it('has no model, and what trained or was asked for has been interrupted', () => {
    const state = throughSnapshot(training);
    strictEqual(state.status, 'interrupted');
    ok(hasModel(training) && isTraining(training));
    ok(!hasModel(state) && !isTraining(state));
    deepStrictEqual([state.restored, state.sampling, state.findingDeadNeurons], [true, undefined, false]);
    for (const status of ['starting', 'paused'] as const)
      strictEqual(throughSnapshot({ ...training, status }).status, 'interrupted');
    for (const status of ['finished', 'stopped', 'failed'] as const) {
      const ended = throughSnapshot({ ...training, status });
      strictEqual(ended.status, status);
      ok(!hasModel(ended));
    }
  });

  it('is forgotten when something trains', () => {
    strictEqual(reduce(throughSnapshot(training), at(events, 0)).restored, undefined);
  });

  it('stays small: parts that are huge are left out', () => {
    const W = { shape: [3_000_000], values: new Float32Array(3_000_000) };
    const losses = { values: new Float32Array(3_000_000).fill(2), length: 3_000_000 };
    const bytes = encode({ ...training, losses, inspection: { step: 3, ahead: false, tensors: { W } } });
    ok(bytes.length < 2 ** 21, `${bytes.length} bytes`);
    const { inspection, losses: kept } = decodeSnapshot(bytes, version)!.state;
    strictEqual(inspection, undefined);
    deepStrictEqual(kept, losses);
  });

  it('of 200,000 steps is written in some milliseconds', () => {
    const losses = { values: new Float32Array(400_000).fill(2), length: 200_000 };
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      encode({ ...training, losses });
      return performance.now() - start;
    });
    ok(Math.min(...times) < 50, `${times.join()} ms`);
  });

  it('is none where it is of another version, of something else or empty', () => {
    strictEqual(decodeSnapshot(encode(training), '1.2.4'), undefined);
    strictEqual(decodeSnapshot(new Uint8Array(0), version), undefined);
    strictEqual(decodeSnapshot(new TextEncoder().encode('emma\nolivia\n'), version), undefined);
    const { info: _, ...started } = training;
    strictEqual(decodeSnapshot(encode(started), version), undefined, 'nothing to see yet');
    strictEqual(decodeSnapshot(encode({ ...training, preset: { ...preset, id: 'no-such' } }), version), undefined);
    const broken = { ...training, evaluations: 3 } as unknown as RunState;
    strictEqual(decodeSnapshot(encode(broken), version), undefined);
    const unknown = { state: training, fingerprint: 7 as unknown as string };
    strictEqual(decodeSnapshot(encodeSnapshot(unknown, version), version), undefined);
    const foreign = { ...preset, hyperparameters: { nHidden: -1 } };
    strictEqual(decodeSnapshot(encode({ ...training, preset: foreign }), version), undefined);
  });

  it('is none where any byte of it has changed', () => {
    const whole = encode(training);
    const flips = fc.array(fc.record({ index: fc.nat(whole.length - 1), by: fc.integer({ min: 1, max: 255 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(flips, changes => {
        const damaged = changes.reduce((bytes, { index, by }) => bytes.with(index, at(bytes, index) ^ by), whole);
        if (Buffer.compare(damaged, whole) === 0) return; // two changes undid each other
        strictEqual(decodeSnapshot(damaged, version), undefined);
      }),
      { numRuns: 2000 },
    );
    for (const [index, byte] of whole.subarray(0, 120).entries()) {
      const damaged = whole.with(index, byte ^ 0x20); // the other case of a letter
      strictEqual(decodeSnapshot(damaged, version), undefined, `byte ${index}`);
    }
  });

  it('is none where it is damaged in any way, or larger than any that was written', () => {
    const runs = { numRuns: 2000 };
    const whole = Buffer.from(encode(training));
    fc.assert(
      fc.property(damaged(whole), bytes => {
        strictEqual(decodeSnapshot(bytes, version), undefined);
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} times damaged, each time refused`);
    strictEqual(decodeSnapshot(new Uint8Array(mostSnapshotBytes + 1), version), undefined);
  });

  it('is none where it was cut, lengthened or made of anything', () => {
    const whole = encode(training);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), length => {
        strictEqual(decodeSnapshot(whole.subarray(0, length), version), undefined);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), more => {
        strictEqual(decodeSnapshot(Buffer.concat([whole, more]), version), undefined);
        strictEqual(decodeSnapshot(more, version), undefined);
      }),
    );
  });
});

describe('losses in little room', () => {
  it('are the losses where they are few', () => {
    const losses = { values: Float32Array.of(1, 2, 3, 0), length: 3 };
    deepStrictEqual(thinLosses(losses, 3), { means: Float32Array.of(1, 2, 3), every: 1, length: 3 });
    deepStrictEqual(spreadLosses(thinLosses(losses, 3)), { values: Float32Array.of(1, 2, 3), length: 3 });
    deepStrictEqual(spreadLosses(thinLosses(idle.losses, 3)), idle.losses);
  });

  it('are means of neighbors, each of which stands for all of them', () => {
    const losses = { values: Float32Array.of(1, 3, 5, 5, 9, 0), length: 5 };
    deepStrictEqual(thinLosses(losses, 3), { means: Float32Array.of(2, 5, 9), every: 2, length: 5 });
    deepStrictEqual(spreadLosses(thinLosses(losses, 3)).values, Float32Array.of(2, 2, 5, 5, 9));
  });

  it('are refused where they do not fit together, or a run has no room for them', () => {
    const means = Float32Array.of(1, 2);
    for (const [every, length] of [
      [2, 5],
      [2, 2],
      [0, 0],
      [-1, -2],
      [1.5, 3],
      [1, 1.5],
      [NaN, 2],
      [2 ** 28, 2 ** 29],
    ] as const)
      throws(() => spreadLosses({ means, every, length }), /no losses of a run/, `${length} by ${every}`);
  });

  it('have as many steps and nearly the mean that they had', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ noNaN: true, min: 0, max: 10 }),
        fc.integer({ min: 1, max: 20 }),
        (values, most) => {
          const thin = thinLosses({ values, length: values.length }, most);
          ok(thin.means.length <= most);
          const spread = spreadLosses(thin);
          strictEqual(spread.length, values.length);
          const sum = (all: Float32Array): number => all.reduce((total, loss) => total + loss, 0);
          ok(Math.abs(sum(spread.values) - sum(values)) <= 1e-4 * values.length);
        },
      ),
    );
  });
});

describe('the text of a run', () => {
  it('is recognized, even where only its fingerprint is left', () => {
    const taken = TakenText.of('emma\nolivia\n');
    const left = TakenText.left(taken.fingerprint);
    strictEqual(left.text, undefined);
    for (const text of [taken, left]) {
      ok(text.is('emma\nolivia\n'));
      ok(!text.is('emma\nolivia'));
      ok(!text.is(undefined));
    }
  });
});
