import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../src/shared/at';
import { presetById, withHyperparameters } from '../../../../src/shared/presets';
import type { RunEvent } from '../../../../src/shared/protocol';
import { reduce } from '../../../../src/shared/reducer';
import type { RunInfo } from '../../../../src/shared/run';
import { hasModel, idle, isTraining, type RunState } from '../../../../src/shared/run-state';
import { decodeSnapshot, encodeSnapshot, mostSnapshotBytes } from '../../../../src/host/session/snapshot';
import { TakenText } from '../../../../src/host/text/taken-text';
import { damaged } from '../../store/damaged';

const version = '1.2.3';
const { fingerprint } = TakenText.of('emma\nolivia\n');
const preset = withHyperparameters(presetById('mlp-part2'), { nHidden: 64 });
const source = { name: 'names.txt', uri: 'file:///names.txt' };
const density = Float32Array.of(0.5, NaN, 1.5);

const starting: RunEvent = { type: 'starting', source, preset, purpose: 'train' };
const events: RunEvent[] = [
  starting,
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
const training: RunState = { ...events.reduce(reduce, idle), status: 'running' };
const encode = (state: RunState): Uint8Array => encodeSnapshot({ state, fingerprint }, version);
function decode(bytes: Uint8Array): RunState {
  const snapshot = decodeSnapshot(bytes, version);
  ok(snapshot);
  return snapshot.state;
}
const throughSnapshot = (state: RunState): RunState => decode(encode(state));

function flip(bytes: Uint8Array, place: number, bits: number): void {
  bytes[place] = at(bytes, place) ^ bits;
}

describe('a snapshot', () => {
  it('gives back everything that can be seen, including typed arrays, NaN and infinity', () => {
    const { losses, evaluations, inspection, preset: kept, step, source: file } = throughSnapshot(training);
    deepStrictEqual(losses, { values: Float32Array.of(3.5, NaN, 2), length: 3 });
    deepStrictEqual(evaluations, [{ step: 3, dev: Infinity, train: null }]);
    ok(inspection?.tensors.W?.values instanceof Float32Array);
    deepStrictEqual(Array.from(inspection.tensors.W.values), Array.from(density));
    deepStrictEqual(kept, preset);
    deepStrictEqual([step, file], [3, source]);
    strictEqual(decodeSnapshot(encode(training), version)?.fingerprint, fingerprint);
  });

  it('has no model: a run that trained is interrupted, and nothing is being sampled or searched', () => {
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

  it('is no longer marked as restored once something trains', () => {
    strictEqual(reduce(throughSnapshot(training), starting).restored, undefined);
  });

  it('leaves out huge parts', () => {
    const W = { shape: [3_000_000], values: new Float32Array(3_000_000) };
    const losses = { values: new Float32Array(3_000_000).fill(2), length: 3_000_000 };
    const bytes = encode({ ...training, losses, inspection: { step: 3, ahead: false, tensors: { W } } });
    ok(bytes.length < 2 ** 21, `${bytes.length} bytes`);
    const { inspection, losses: kept } = decode(bytes);
    strictEqual(inspection, undefined);
    deepStrictEqual(kept, losses);
  });

  it('is encoded within 50 ms for a run of 200,000 steps', () => {
    const losses = { values: new Float32Array(400_000).fill(2), length: 200_000 };
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      encode({ ...training, losses });
      return performance.now() - start;
    });
    ok(Math.min(...times) < 50, `${times.join()} ms`);
  });

  it('is refused if it is of another version, incomplete, or holds what cannot be shown', () => {
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

  it('is refused if any of its bytes has changed', () => {
    const whole = encode(training);
    const flips = fc.array(fc.record({ place: fc.nat(whole.length - 1), bits: fc.integer({ min: 1, max: 255 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(flips, changes => {
        const damaged = Uint8Array.from(whole);
        for (const { place, bits } of changes) flip(damaged, place, bits);
        if (Buffer.compare(damaged, whole) === 0) return; // two changes undid each other
        strictEqual(decodeSnapshot(damaged, version), undefined);
      }),
      { numRuns: 2000 },
    );
    for (let place = 0; place < 120; place++) {
      const damaged = Uint8Array.from(whole);
      flip(damaged, place, 0x20); // the other case of a letter
      strictEqual(decodeSnapshot(damaged, version), undefined, `byte ${place}`);
    }
  });

  it('is refused if it is damaged in any way, or larger than any that was written', () => {
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

  it('is refused if it was cut off or lengthened, or is any other file', () => {
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
