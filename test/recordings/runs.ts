import { readFileSync } from 'node:fs';
import { findPlaces } from '../../src/host/editor/ngram-places';
import { at } from '../../src/shared/at';
import type { Hyperparameters } from '../../src/shared/hyperparameters';
import { presetById, withHyperparameters, type Preset } from '../../src/shared/presets';
import { defaultSplit, type Purpose } from '../../src/shared/run';
import { defaultSampleRequest, type SampleRequest } from '../../src/shared/sampling';
import { decodeSnapshot, encodeSnapshot } from '../../src/host/session/snapshot';
import type { Recorder } from './recorder';

/** A run to record. */
export interface RecordedRun {
  readonly id: string;
  readonly title: string;
  readonly preset: Preset;
  readonly purpose?: Purpose;
  /** What it trains on; the sample names, unless told, or the first so many of them. */
  readonly text?: string;
  readonly names?: number;
  /** How long a step takes in the recording; the more, the more there is to see of a short run. */
  readonly millisecondsPerStep: number;
  /** What a person does meanwhile. */
  play(run: Recorder): Promise<void>;
}

/** Evaluating a large model on all of them takes far longer than the steps. */
const fewNames = 1000;

const preset = (id: string, changes: Hyperparameters = {}): Preset => withHyperparameters(presetById(id), changes);
const steps = (id: string, maxSteps: number): Preset => preset(id, { maxSteps });

async function untilTheEnd(run: Recorder): Promise<void> {
  await run.end();
}

async function sampledAtTheEnd(run: Recorder): Promise<void> {
  await run.end();
  await sample(run);
}

async function sample(run: Recorder, changes: Partial<SampleRequest> = {}): Promise<void> {
  run.send({ type: 'sample', request: { ...defaultSampleRequest, ...changes } });
  await run.next('sampled');
}

/** The file that ships, or its first lines. */
export function sampleNames(count?: number): string {
  return readFileSync('media/names.txt', 'utf8').split('\n').slice(0, count).join('\n');
}

/** Names over 200 letters, some of them frequent, also from right to left, and most of them rare. */
function manyLetters(): string {
  const lower = Array.from({ length: 2000 }, (_, i) => String.fromCodePoint(0xe0 + i)).filter(c => /\p{Ll}/u.test(c));
  const letters = [...Array.from('דניאל'), ...lower].slice(0, 200);
  const letter = (i: number): string => at(letters, Math.floor(letters.length * ((i * 0.618034) % 1) ** 3));
  const name = (_: unknown, n: number): string =>
    Array.from({ length: 3 + (n % 6) }, (_, i) => letter(n * 7 + i * (1 + (n % 5)))).join('');
  return [...letters, ...Array.from({ length: 3000 }, name)].join('\n');
}

/** As long as a panel has to bear, without a place where a line could end. */
function longNames(): string[] {
  return ['anna', 'דניאל', 'bella', 'cleo', 'dora'].map(name => name.repeat(50).slice(0, 200));
}

export const recordedRuns: readonly RecordedRun[] = [
  {
    id: 'bigram-counts',
    title: 'Bigram counts, smoothed and sampled, with trigrams and places in the editor',
    preset: preset('bigram-counts'),
    millisecondsPerStep: 1,
    play: async run => {
      await run.end();
      await sample(run, { bigram: ['a', '.'] });
      run.send({ type: 'smooth', smoothing: 5 });
      await run.next('evaluated');
      run.send({ type: 'countTrigrams', first: 'm' });
      await run.next('trigrams');
      const { ranges, ...found } = findPlaces(sampleNames(), ['q', 'u'], { boundary: '.' });
      run.note({ type: 'places', places: { ...found, marked: ranges.length } });
      const names = ['samantha', 'savannah', 'hannah'].map((text, i) => ({ text, line: 40 * i }));
      run.note({ type: 'places', places: { characters: ['n', 'a'], names, holding: 3, occurrences: 4, marked: 4 } });
    },
  },
  {
    id: 'bigram-net',
    title: 'Bigram net',
    preset: steps('bigram-net', 60),
    millisecondsPerStep: 60,
    play: sampledAtTheEnd,
  },
  {
    id: 'trigram-net',
    title: 'Trigram net, with the trigrams after a boundary',
    preset: steps('trigram-net', 40),
    millisecondsPerStep: 60,
    play: async run => {
      await run.end();
      run.send({ type: 'countTrigrams', first: '.' });
      await run.next('trigrams');
    },
  },
  {
    id: 'mlp-five-words',
    title: 'MLP on five words: two dimensions',
    preset: preset('mlp-five-words'),
    millisecondsPerStep: 5,
    play: sampledAtTheEnd,
  },
  {
    id: 'mlp-part2',
    title: 'MLP of part 2, sampled while it trains',
    preset: steps('mlp-part2', 5000),
    millisecondsPerStep: 2,
    play: async run => {
      await run.step(2500);
      await sample(run, { prefix: 'ma' });
      await run.end();
      await sample(run, { count: 40, temperature: 0.8 });
    },
  },
  {
    id: 'compared',
    title: 'Runs side by side',
    preset: steps('mlp-part3-tanh', 300),
    names: fewNames,
    millisecondsPerStep: 10,
    play: async run => {
      await run.end();
      const { losses, evaluations, preset: own } = run.state;
      const others = { file: 'names.txt', names: 'hash', step: losses.length, evaluations, split: defaultSplit };
      // Lines of a likely shape; what a comparison makes of real runs is for the tests of the extension.
      const runs = [100, 200, 300].map((nHidden, i) => ({
        ...others,
        id: String(nHidden),
        title: `${nHidden} neurons`,
        preset: withHyperparameters(own!, { nHidden }),
        losses: losses.values.slice(0, losses.length).map(loss => loss + 0.08 * i),
        evaluations: evaluations.map(evaluation => ({ ...evaluation, dev: (evaluation.dev ?? 0) + 0.02 * i })),
      }));
      run.note({ type: 'compared', runs });
    },
  },
  {
    id: 'mlp-part3-original',
    title: 'MLP as drawn: the hockey stick, searched for dead neurons',
    preset: steps('mlp-part3-original', 200),
    millisecondsPerStep: 20,
    play: async run => {
      await run.step(100);
      run.send({ type: 'findDeadNeurons' });
      await run.next('foundDeadNeurons');
      await run.end();
    },
  },
  {
    id: 'deep-part3-batchnorm',
    title: 'Deep MLP with batch normalization',
    preset: steps('deep-part3-batchnorm', 1001),
    millisecondsPerStep: 15,
    play: async run => {
      await sampledAtTheEnd(run);
      run.send({ type: 'findDeadNeurons' });
      await run.next('foundDeadNeurons');
    },
  },
  {
    id: 'wavenet-part5',
    title: 'WaveNet',
    preset: steps('wavenet-part5', 300),
    names: fewNames,
    millisecondsPerStep: 20,
    play: sampledAtTheEnd,
  },
  {
    id: 'makemore-mlp',
    title: "makemore.py's MLP",
    preset: steps('makemore-mlp', 200),
    names: fewNames,
    millisecondsPerStep: 20,
    play: untilTheEnd,
  },
  {
    id: 'makemore-rnn',
    title: 'RNN',
    preset: steps('makemore-rnn', 100),
    names: fewNames,
    millisecondsPerStep: 40,
    play: sampledAtTheEnd,
  },
  {
    id: 'makemore-transformer',
    title: 'Transformer',
    preset: steps('makemore-transformer', 200),
    names: fewNames,
    millisecondsPerStep: 30,
    play: sampledAtTheEnd,
  },
  {
    id: 'many-characters',
    title: 'MLP on 200 characters',
    preset: steps('mlp-part2', 500),
    text: manyLetters(),
    millisecondsPerStep: 10,
    play: sampledAtTheEnd,
  },
  {
    id: 'long-names',
    title: 'Names of 200 letters, also from right to left, in a file with such a name',
    preset: steps('makemore-bigram', 40),
    text: longNames().join('\n'),
    millisecondsPerStep: 30,
    play: async run => {
      const [name = '', other = ''] = longNames();
      run.note({ type: 'moved', source: { name: `${name}.txt`, uri: `file:///${name}/${name}.txt` } });
      run.note({ type: 'called', name: `${name}/${name}.txt` });
      await run.end();
      await sample(run, { prefix: name });
      const { losses, evaluations, preset: own } = run.state;
      const values = losses.values.slice(0, losses.length);
      const compared = [name, other].map(title => ({
        ...{
          id: title,
          title,
          file: `${title}.txt`,
          names: title,
          step: values.length,
          evaluations,
          split: defaultSplit,
        },
        ...{ preset: own!, losses: values },
      }));
      run.note({ type: 'compared', runs: compared });
      const names = longNames().map((text, line) => ({ text, line }));
      const found = { names, holding: names.length, occurrences: names.length, marked: names.length };
      run.note({ type: 'places', places: { characters: ['a', 'n'], ...found } });
    },
  },
  {
    id: 'range-test',
    title: 'Range test of the learning rate',
    preset: preset('mlp-part2'),
    purpose: 'rangeTest',
    millisecondsPerStep: 4,
    play: untilTheEnd,
  },
  {
    id: 'overfit',
    title: 'Overfitting one batch',
    preset: steps('mlp-part2', 500),
    purpose: 'overfit',
    millisecondsPerStep: 8,
    play: untilTheEnd,
  },
  {
    id: 'exploding',
    title: 'A learning rate far too large',
    preset: preset('mlp-part2', { maxSteps: 300, learningRate: 1000 }),
    millisecondsPerStep: 12,
    play: untilTheEnd,
  },
  {
    id: 'paused',
    title: 'Paused in the middle, with another text in the editor and a full disk',
    preset: preset('mlp-part2'),
    millisecondsPerStep: 2,
    play: async run => {
      await run.step(10_000);
      run.send({ type: 'pause' });
      await run.next('status', ({ status }) => status === 'paused');
      run.send({ type: 'step' });
      await run.next('status', ({ status }) => status === 'paused');
      run.note({ type: 'sourceChanged', changed: true });
      run.note({ type: 'kept', step: run.state.step, problem: 'there is no space left on the disk' });
    },
  },
  {
    id: 'reloaded',
    title: 'The window was reloaded',
    preset: preset('mlp-part2'),
    millisecondsPerStep: 2,
    play: async run => {
      await run.step(1000);
      await sample(run);
      const bytes = encodeSnapshot({ state: run.state, fingerprint: '' }, '');
      run.note({ type: 'hydrate', state: decodeSnapshot(bytes, '')!.state }); // it was written a moment ago
    },
  },
  {
    id: 'failed-start',
    title: 'A file without names',
    preset: preset('mlp-part2'),
    text: '\n\n',
    millisecondsPerStep: 1,
    play: async run => {
      await run.next('failed');
    },
  },
  {
    id: 'died',
    title: 'The training thread dies midway',
    preset: preset('mlp-part2'),
    millisecondsPerStep: 2,
    play: async run => {
      await run.step(2000);
      run.note({
        type: 'failed',
        reason: 'The training thread died (it ended with status 134): train again to go on.',
      });
    },
  },
];
