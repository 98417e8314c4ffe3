import { deepStrictEqual, ok } from 'node:assert/strict';
import type { Hyperparameters } from '../../src/shared/hyperparameters';
import { mergeWatches } from '../../src/shared/inspection';
import { presetById, presets, withHyperparameters } from '../../src/shared/presets';
import { reduce } from '../../src/shared/reducer';
import type { Purpose } from '../../src/shared/run';
import { idle } from '../../src/shared/run-state';
import { rules } from '../../webview/alerts/rules';
import { AlertWatch } from '../../webview/alerts/watch';
import { Recorder } from '../recordings/recorder';
import { sampleNames } from '../recordings/runs';
import { slowClock } from '../recordings/slow-clock';

/** A look at every layer, neuron and matrix comes some times a second of a clock on which a step takes two milliseconds. */
const millisecondsPerLook = 0.4;
const everything = mergeWatches([{ layers: true, updates: true, batch: true, tensors: ['h', 'h1'] }]);

interface Trained {
  readonly preset: string;
  readonly changes?: Hyperparameters;
  readonly purpose?: Purpose;
  /** What must be told at the last look, and nothing else. */
  readonly end: readonly string[];
  /** What may be told on the way there, too. */
  readonly meanwhile?: readonly string[];
  readonly title: string;
}

/** @returns the ids of the alerts at each look */
async function alertsOf({ preset, changes = {}, purpose = 'train' }: Trained): Promise<string[][]> {
  const setRight = slowClock(millisecondsPerLook);
  const recorder = new Recorder(() => everything);
  try {
    recorder.begin(
      sampleNames(largeModels.test(preset) ? fewNames : undefined),
      withHyperparameters(presetById(preset), changes),
      purpose,
    );
    await recorder.next('status', ({ status }) => status === 'finished' || status === 'diverged');
    recorder.finish('');
  } finally {
    setRight();
  }
  let state = idle;
  const watch = new AlertWatch();
  const told: string[][] = [];
  for (const [, event] of recorder.events) {
    state = reduce(state, event);
    const alerts = watch.update(state);
    if (event.type === 'inspected' || event.type === 'evaluated' || event.type === 'status')
      told.push(alerts.map(({ id }) => id).sort());
  }
  return told;
}

/** Weights that part 3 begins with: it shows what is wrong with them. */
const asDrawn = ['hockey-stick', 'saturated', 'throughout'];
const shownByTheLecture: Readonly<Record<string, readonly string[]>> = {
  'mlp-five-words': ['hockey-stick', 'saturated'],
  'mlp-part2': asDrawn,
  'mlp-part3-original': asDrawn,
  'mlp-part3-logits': ['saturated', 'throughout'],
};
/** These take long to train, and longer to be evaluated on all names. */
const largeModels = /^(makemore|wavenet|deep)/;
const fewNames = 1000;
const largeSteps = Number(process.env.MAKEMORE_ALERT_STEPS ?? 100);

const deep = { preset: 'deep-part3-batchnorm', changes: { batchNorm: 0, maxSteps: 400 } } as const;
const withGain = (gain: number): Pick<Trained, 'preset' | 'changes'> => ({
  ...deep,
  changes: { ...deep.changes, gain },
});

const troubles: readonly Trained[] = [
  {
    title: 'a rate far too large',
    preset: 'mlp-part2',
    changes: { learningRate: 10, maxSteps: 2000 },
    end: ['explosion'],
    meanwhile: [...asDrawn, 'fast', 'still'],
  },
  {
    title: 'a rate beyond all measure',
    preset: 'mlp-part2',
    changes: { learningRate: 1000, maxSteps: 600 },
    end: ['explosion'],
    meanwhile: asDrawn,
  },
  {
    title: 'a rate of 0',
    preset: 'mlp-part2',
    changes: { learningRate: 0, maxSteps: 400 },
    end: ['no-rate', 'saturated'],
    meanwhile: asDrawn,
  },
  {
    title: 'a rate of 0 from a healthy start',
    preset: 'mlp-part3-tanh',
    changes: { learningRate: 0, maxSteps: 400 },
    end: ['no-rate'],
  },
  {
    title: 'a rate far too large, from a healthy start',
    preset: 'mlp-part3-kaiming',
    changes: { learningRate: 10, maxSteps: 1500 },
    end: ['explosion'],
    meanwhile: ['all-saturated', 'fast', 'throughout'],
  },
  {
    title: 'a rate too large, from a healthy start',
    preset: 'mlp-part3-kaiming',
    changes: { learningRate: 3, maxSteps: 1500 },
    end: ['explosion'],
    meanwhile: ['all-saturated', 'fast', 'throughout'],
  },
  {
    title: 'a rate too large for batch normalization, too',
    preset: 'mlp-part3-batchnorm',
    changes: { learningRate: 10, maxSteps: 1500 },
    end: ['explosion'],
    meanwhile: ['all-saturated', 'fast', 'throughout'],
  },
  {
    title: 'a rate too small',
    preset: 'mlp-part3-tanh',
    changes: { learningRate: 1e-4, maxSteps: 1000 },
    end: ['slow'],
  },
  {
    title: 'a rate far too large for a table',
    preset: 'bigram-net',
    changes: { learningRate: 1000 },
    end: ['explosion'],
  },
  { title: 'a rate of 0 for a table', preset: 'bigram-net', changes: { learningRate: 0 }, end: ['no-rate'] },
  {
    title: 'a rate far too large for AdamW',
    preset: 'makemore-mlp',
    changes: { learningRate: 0.5, maxSteps: 400 },
    end: ['explosion'],
    meanwhile: ['all-saturated', 'fast'],
  },
  {
    title: 'weights of 0',
    preset: 'mlp-part3-tanh',
    changes: { w1Scale: 0, maxSteps: 1000 },
    end: [],
    meanwhile: ['quiet', 'fast', 'slow'],
  },
  {
    title: 'weights drawn too small',
    preset: 'mlp-part3-tanh',
    changes: { w1Scale: 0.001, maxSteps: 1000 },
    end: [],
    meanwhile: ['quiet', 'fast', 'slow'],
  },
  {
    title: 'batch normalization of one example',
    preset: 'mlp-part3-batchnorm',
    changes: { batchSize: 1, maxSteps: 100 },
    end: [],
  },
  {
    title: 'batch normalization of two examples',
    preset: 'mlp-part3-batchnorm',
    changes: { batchSize: 2, maxSteps: 100 },
    end: [],
  },
  { title: 'a gain of 0', ...withGain(0), end: ['no-gradient', 'quiet', 'still'] },
  { title: 'a gain of a half', ...withGain(0.5), end: [], meanwhile: ['quiet', 'uneven', 'slow'] },
  { title: 'a gain of 5/3', ...withGain(5 / 3), end: [] },
  { title: 'a gain of 3', ...withGain(3), end: ['saturated'], meanwhile: ['throughout'] },
  {
    title: 'a gain of 30',
    ...withGain(30),
    end: ['saturated', 'throughout', 'uneven', 'fast'],
    meanwhile: ['slow', 'explosion'],
  },
  {
    title: 'small weights with batch normalization',
    preset: 'deep-part3-batchnorm',
    changes: { gain: 0.1, maxSteps: 400 },
    end: ['fast'],
  },
  {
    title: 'one batch that is fitted',
    preset: 'mlp-part3-kaiming',
    changes: { maxSteps: 1000 },
    purpose: 'overfit',
    end: [],
  },
  {
    title: 'one batch that is fitted with batch normalization',
    preset: 'mlp-part3-batchnorm',
    changes: { maxSteps: 1000 },
    purpose: 'overfit',
    end: [],
  },
  {
    title: "one batch that makemore.py's MLP fits",
    preset: 'makemore-mlp',
    changes: { maxSteps: 600 },
    purpose: 'overfit',
    end: [],
    meanwhile: ['throughout'],
  },
  {
    title: 'one batch that an RNN fits',
    preset: 'makemore-rnn',
    changes: { maxSteps: 300 },
    purpose: 'overfit',
    end: [],
  },
  { title: 'a range test', preset: 'mlp-part2', purpose: 'rangeTest', end: asDrawn, meanwhile: asDrawn },
];

describe('alerts', () => {
  for (const { id, hyperparameters } of presets) {
    const most = largeModels.test(id) ? largeSteps : 2000;
    const { maxSteps } = hyperparameters;
    const changes = maxSteps === undefined ? {} : { maxSteps: Math.min(maxSteps, most) };
    const allowed = shownByTheLecture[id] ?? [];
    it(`of ${id}: ${allowed.length > 0 ? 'what the lecture shows' : 'none'}`, async function () {
      this.timeout(600_000); // thousands of steps of a Transformer
      const told = await alertsOf({ title: '', preset: id, changes, end: [] });
      deepStrictEqual(
        [...new Set(told.flat())].filter(id => !allowed.includes(id)),
        [],
      );
      ok(
        allowed.every(id => told.flat().includes(id)),
        told.flat().join(),
      );
    });
  }

  for (const trained of troubles)
    it(`of ${trained.title}: ${trained.end.join(', ') || 'none'}`, async () => {
      const told = await alertsOf(trained);
      const { end, meanwhile = [] } = trained;
      deepStrictEqual(
        [...new Set(told.flat())].filter(id => ![...end, ...meanwhile].includes(id)),
        [],
      );
      deepStrictEqual(told.at(-1), [...end].sort());
    });

  it('are each raised by a run of these, but for those that come late', () => {
    const late = ['not-finite', 'overfitting', 'dead']; // tested by themselves
    const known = new Set([
      ...late,
      ...Object.values(shownByTheLecture).flat(),
      ...troubles.flatMap(({ end, meanwhile = [] }) => [...end, ...meanwhile]),
    ]);
    deepStrictEqual(
      rules.map(({ id }) => id).filter(id => !known.has(id)),
      [],
    );
  });
});
