import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { presetById, withHyperparameters } from '../../../src/shared/presets';
import type { Evaluation, RunInfo } from '../../../src/shared/run';
import { idle, type RunState } from '../../../src/shared/run-state';
import { nextSteps } from '../../../webview/next-steps';

const falling: readonly Evaluation[] = [
  { step: 0, dev: 3.3 },
  { step: 700, dev: 2.5 },
  { step: 1000, dev: 2.4 },
];
const still: readonly Evaluation[] = [...falling.slice(0, 2), { step: 1000, dev: 2.495 }];

function finished(preset: string, changes: Partial<RunState> = {}): RunState {
  return {
    ...idle,
    status: 'finished',
    purpose: 'train',
    preset: presetById(preset),
    info: { vocabSize: 27 } as RunInfo,
    id: 'run',
    step: 1000,
    evaluations: still,
    ...changes,
  };
}
const labelsOf = (state: RunState): string[] => nextSteps(state).map(({ label }) => label);

describe('the next steps', () => {
  it('go on to the next rung, look for a better rate, and compare', () => {
    deepStrictEqual(labelsOf(finished('mlp-part2')), [
      'Try MLP with calm logits',
      'Find the Learning Rate',
      'Compare Runs…',
    ]);
    deepStrictEqual(nextSteps(finished('mlp-part2'))[0]?.command, { type: 'tryPreset', preset: 'mlp-part3-logits' });
  });

  it('train longer where the loss was still falling, with a rate that drops later, too', () => {
    const preset = withHyperparameters(presetById('mlp-part2'), { maxSteps: 1000, decayFrom: 500 });
    const step = nextSteps(finished('mlp-part2', { preset, evaluations: falling }))[1];
    strictEqual(step?.label, 'Train Twice as Long');
    deepStrictEqual(step.command, { type: 'restart', hyperparameters: { maxSteps: 2000, decayFrom: 1000 } });
  });

  it('judge by the held-out names, by train where none are held out, and by nothing where nothing was evaluated', () => {
    const ofTest = falling.map(({ step, dev = 0 }) => ({ step, train: 2, test: dev }));
    const ofTrain = falling.map(({ step, dev = 0 }) => ({ step, train: dev }));
    strictEqual(labelsOf(finished('makemore-rnn', { evaluations: ofTest }))[1], 'Train Twice as Long');
    strictEqual(labelsOf(finished('bigram-net', { evaluations: ofTrain }))[1], 'Train Twice as Long');
    strictEqual(labelsOf(finished('makemore-rnn', { evaluations: [] }))[1], 'Find the Learning Rate');
  });

  it('have nothing to train where a model only counts, no rung after the last, and compare only what is kept', () => {
    deepStrictEqual(labelsOf(finished('bigram-counts')), ['Try Bigram net', 'Compare Runs…']);
    deepStrictEqual(labelsOf(finished('makemore-transformer', { id: undefined as never })), ['Find the Learning Rate']);
  });

  it('do not come after what failed, diverged, or was stopped, after experiments, or without a model', () => {
    for (const status of ['failed', 'diverged', 'stopped', 'interrupted', 'running', 'paused', 'idle'] as const)
      deepStrictEqual(labelsOf(finished('mlp-part2', { status })), [], status);
    for (const purpose of ['overfit', 'rangeTest'] as const)
      deepStrictEqual(labelsOf(finished('mlp-part2', { purpose })), []);
    deepStrictEqual(labelsOf(finished('mlp-part2', { restored: true })), []);
    deepStrictEqual(labelsOf(finished('mlp-part2', { takenOver: true })), []);
    deepStrictEqual(labelsOf(finished('mlp-part2', { lookedAt: { title: 'Other', hasCurrent: true } })), []);
  });
});
