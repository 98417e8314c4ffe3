import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { presetById } from '../../../src/shared/presets';
import type { ComparedRun } from '../../../src/shared/comparison';
import type { Inspection, ParameterLook, Walk } from '../../../src/shared/inspection';
import type { RunEvent } from '../../../src/shared/protocol';
import type { Purpose, RunInfo } from '../../../src/shared/run';
import { hasModel, idle, isTraining, type RunState } from '../../../src/shared/run-state';
import { reduce } from '../../../src/shared/reducer';
import { defaultSampleRequest } from '../../../src/shared/sampling';

const source = { name: 'names.txt', uri: 'file:///names.txt' };
const preset = presetById('mlp-part2');
const info = { engine: 'tfjs-wasm', maxSteps: 10 } as RunInfo;
const starting = (purpose: Purpose): RunEvent => ({ type: 'starting', source, preset, purpose });
const after = (...events: RunEvent[]): RunState => events.reduce(reduce, idle);
const losses = (firstStep: number, ...values: number[]): RunEvent => ({
  type: 'losses',
  firstStep,
  losses: Float32Array.from(values),
  learningRate: 0.1,
  microsecondsPerStep: 100,
});

const matrix: ParameterLook = {
  name: 'W1',
  shape: [2, 2],
  gradMean: 0,
  gradStd: 1,
  gradToData: 1,
  log10UpdateToData: -3,
  gradHistogram: { min: 0, max: 1, density: new Float32Array(1) },
};

describe('the state of a run', () => {
  it('know why a run diverged until the next one starts', () => {
    const divergence = { step: 2, loss: NaN, learningRate: 1, reason: 'The rate is too high.', remedy: {} };
    const ended: RunEvent[] = [
      { type: 'diverged', divergence },
      { type: 'status', status: 'diverged', step: 3 },
    ];
    const state = after(starting('train'), losses(0, 3, 9, NaN), ...ended);
    deepStrictEqual([state.status, state.divergence, isTraining(state)], ['diverged', divergence, false]);
    strictEqual(reduce(state, starting('train')).divergence, undefined);
  });

  it('forgets everything about the last run when a new one starts', () => {
    const state = after(starting('overfit'), { type: 'started', info }, losses(0, 3, 2), starting('rangeTest'));
    deepStrictEqual(state, { ...idle, status: 'starting', source, preset, purpose: 'rangeTest' });
  });

  it('appends losses and counts the steps', () => {
    const state = after(losses(0, 5, 4), losses(2, 3));
    strictEqual(state.step, 3);
    deepStrictEqual([...state.losses.values.subarray(0, state.losses.length)], [5, 4, 3]);
  });

  it('leaves the losses of earlier states as they were', () => {
    const early = after(losses(0, 5, 4));
    const late = reduce(early, losses(2, 3));
    strictEqual(early.losses.length, 2);
    strictEqual(late.losses.length, 3);
  });

  it('keeps a million losses without copying them at every event', () => {
    let state = idle;
    const buffers = new Set<ArrayBufferLike>();
    for (let step = 0; step < 1_000_000; step += 1000) {
      state = reduce(state, { ...losses(step), losses: new Float32Array(1000).fill(1) } as RunEvent);
      buffers.add(state.losses.values.buffer);
    }
    strictEqual(state.losses.length, 1_000_000);
    ok(buffers.size < 15, `${buffers.size} buffers`);
  });

  it('keeps every update ratio, and fewer and fewer of the older looks at layers', () => {
    const look = (step: number): RunEvent => {
      const parameters = [{ ...matrix, log10UpdateToData: -step }];
      return { type: 'inspected', inspection: { step, ahead: false, tensors: {}, layers: [], parameters } };
    };
    const state = after(...Array.from({ length: 200 }, (_, step) => look(step)), look(199));
    ok(state.layerHistory.length <= 48 && state.layerHistory.length > 20);
    const steps = state.layerHistory.map(({ step }) => step);
    deepStrictEqual(
      steps,
      [...new Set(steps)].sort((a, b) => a - b),
    );
    strictEqual(steps.at(-1), 199);
    deepStrictEqual(state.updateHistory.at(-1), { step: 199, ratios: [-199] });
    strictEqual(state.updateHistory.length, 200);
  });

  it('keeps the last look at what is not looked at any more', () => {
    const walk = { text: 'emma' } as Walk;
    const seen: Inspection = { step: 1, ahead: false, tensors: {}, walk };
    const state = after(
      { type: 'inspected', inspection: seen },
      { type: 'inspected', inspection: { step: 2, ahead: false, tensors: {} } },
    );
    deepStrictEqual(state.inspection, { ...seen, step: 2 });
  });

  it('merges evaluations of the same step', () => {
    const state = after(
      { type: 'evaluated', evaluation: { step: 5, dev: 2 } },
      { type: 'evaluated', evaluation: { step: 9, dev: 1.5 } },
      { type: 'evaluated', evaluation: { step: 9, train: 1.4 } },
    );
    deepStrictEqual(state.evaluations, [
      { step: 5, dev: 2 },
      { step: 9, dev: 1.5, train: 1.4 },
    ]);
  });

  it('shows a refused sample and keeps the names drawn before', () => {
    const request = defaultSampleRequest;
    const state = after(
      { type: 'sampled', samples: { request, step: 1, words: [{ text: 'emma', origin: 'train' }], drawn: 1 } },
      { type: 'sampling', request },
      { type: 'sampleRefused', reason: 'No.' },
    );
    strictEqual(state.sampling, undefined);
    strictEqual(state.sampleProblem, 'No.');
    strictEqual(state.samples?.words.length, 1);
  });

  it('stops from the command on until it has stopped, if there is anything to stop', () => {
    const training = after({ type: 'started', info }, { type: 'status', status: 'running', step: 0 });
    const stopping = reduce(training, { type: 'stopping' });
    strictEqual(stopping.stopping, true);
    const news = reduce(stopping, { type: 'kept', step: 1 });
    strictEqual(news.stopping, true);
    const stopped = reduce(news, { type: 'status', status: 'stopped', step: 1 });
    ok(!('stopping' in stopped));
    strictEqual(reduce(stopped, { type: 'stopping' }), stopped);
    strictEqual(reduce(idle, { type: 'stopping' }), idle);
  });

  it('keeps the curve of a counting model', () => {
    const curve = { smoothing: [0.1, 1], train: [2, 2.1], dev: [2.3, 2.2], counted: 8, names: 10 };
    strictEqual(
      after({ type: 'smoothingCurve', curve }, { type: 'status', status: 'finished', step: 0 }).smoothingCurve,
      curve,
    );
  });

  it('keeps the marked places until they are cleared, or another run starts', () => {
    const places = { characters: ['a', 'n'], names: [], holding: 0, occurrences: 0, marked: 0 };
    const marked: RunEvent = { type: 'places', places };
    strictEqual(after(marked).places, places);
    deepStrictEqual(after(marked, { type: 'places', places: undefined }), idle);
    strictEqual(after(marked, starting('train')).places, undefined);
  });

  it('keeps the last pictures of a run that failed', () => {
    const state = after({ type: 'started', info }, losses(0, 3), { type: 'failed', reason: 'It died.' });
    strictEqual(state.status, 'failed');
    strictEqual(state.losses.length, 1);
    ok(!hasModel(state) && !isTraining(state));
  });

  it('knows a run that was only opened to look at, until it trains, is stopped or cannot be opened', () => {
    const opening: RunEvent = { type: 'starting', source, preset, purpose: 'train', id: 'a', opened: true };
    const status = (status: 'running' | 'paused' | 'finished' | 'stopped'): RunEvent => ({
      type: 'status',
      status,
      step: 1,
    });
    for (const still of ['paused', 'finished'] as const) strictEqual(after(opening, status(still)).opened, true);
    for (const moved of ['running', 'stopped'] as const)
      strictEqual(after(opening, status('paused'), status(moved)).opened, undefined);
    strictEqual(after(opening, { type: 'failed', reason: 'damaged' }).opened, undefined);
    strictEqual(after(opening, starting('train')).opened, undefined);
  });

  it('keeps what was seen of a run that is resumed, up to its checkpoint', () => {
    const opening: RunEvent = { type: 'starting', source, preset, purpose: 'train', id: 'a' };
    const along = (step: number): RunEvent => ({ type: 'sampledAlong', samples: { step, words: ['emma'] } });
    const seen = [opening, along(1), along(5), along(10)];
    const steps = (...events: RunEvent[]): number[] => after(...seen, ...events).samplesAlong.map(({ step }) => step);
    deepStrictEqual(steps(opening), [1, 5, 10]);
    deepStrictEqual(steps(opening, { type: 'status', status: 'running', step: 7 }), [1, 5]);
    deepStrictEqual(steps({ ...opening, id: 'b' }), []);
    deepStrictEqual(steps(starting('train')), []);
  });

  it('compares runs until one is opened that is not among them', () => {
    const compared: RunEvent = { type: 'compared', runs: [{ id: 'a' }, { id: 'b' }] as ComparedRun[] };
    const opened = (id: string): RunEvent => ({ type: 'starting', source, preset, purpose: 'train', id, opened: true });
    strictEqual(after(compared, opened('b')).compared.length, 2);
    strictEqual(after(compared, opened('c')).compared.length, 0);
    strictEqual(after(compared, starting('train')).compared.length, 2);
  });

  it('keeps the newest names until the next run', () => {
    const names = { step: 5, words: [{ text: 'emma', origin: 'new' as const }] };
    const state = after(starting('train'), { type: 'sampledNow', names });
    strictEqual(state.newest, names);
    strictEqual(reduce(state, starting('train')).newest, undefined);
  });

  it('has a model once a run has started, and trains until it has finished', () => {
    const status = (s: 'running' | 'paused' | 'finished'): RunEvent => ({
      type: 'status',
      status: s,
      step: 1,
    });
    const started = after(starting('train'), { type: 'started', info });
    ok(!hasModel(after(starting('train'))) && hasModel(started) && isTraining(started));
    ok(hasModel(reduce(started, status('running'))) && isTraining(reduce(started, status('paused'))));
    ok(!isTraining(reduce(started, status('finished'))));
  });
});
