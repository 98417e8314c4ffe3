/** The settings, one row each, in the order in which VS Code shows them. What package.json says of them is made from here. */
import { quote, SettingError } from './errors';
import { choice, real, toggle, whole, written, type Kind, type ValueOf } from './kinds';
import { defaultMemoryLimit } from './limits';
import { presets } from './presets';
import { normalizations } from './reading';
import {
  boundaryProblem,
  defaultPace,
  defaultRunOptions,
  engineIds,
  largestMaxLength,
  splitProblem,
  splitSeed as splitSeedKind,
  type SplitShares,
} from './run';
import { samplerFamilies, samplers } from './sampling';

/** Where a setting can be set: per folder, for the machine only, since it limits time and space, or in each window. */
type Scope = 'resource' | 'machine' | 'window';

export interface Setting extends Kind<unknown> {
  /** As in package.json, to be read like anything else that stands there. */
  readonly default: unknown;
  readonly scope: Scope;
  /** In Markdown. */
  readonly description: string;
  /** What each choice means. */
  readonly details?: readonly string[];
  /** How each choice is named, if that is not its value. */
  readonly labels?: readonly string[];
}

const presetIds = ['', ...presets.map(({ id }) => id)];
const { reading, split, engine, boundary, maxLength, sampler } = defaultRunOptions;

const splitKind = written(
  'three whole percentages that add up to 100, such as 80/10/10',
  (typed): Omit<SplitShares, 'seed'> | undefined => {
    const shares = /^(\d+)\/(\d+)\/(\d+)$/.exec(typed.replace(/\s/g, ''));
    if (!shares) return undefined;
    const [train = NaN, dev = NaN, test = NaN] = shares.slice(1).map(Number);
    return splitProblem({ train, dev, test, seed: split.seed }) ? undefined : { train, dev, test };
  },
  {
    pattern: '^[1-9]\\d?/[1-9]\\d?/[1-9]\\d?$',
    patternErrorMessage: 'Enter three whole percentages that add up to 100, such as 80/10/10.',
  },
);

const boundaryKind = written(
  'one visible character',
  typed => {
    const character = typed.normalize('NFC'); // or else é would be two if it was typed so
    return boundaryProblem(character) ? undefined : character;
  },
  { pattern: '^\\S$', patternErrorMessage: 'Enter a single visible character.' },
);

export const settings = {
  preset: {
    ...choice(presetIds, `empty, or one of ${presetIds.slice(1).join(', ')}`),
    default: '',
    scope: 'window',
    description: 'Which preset **Makemore: Train on This File** offers first.',
    labels: ['The one used last', ...presetIds.slice(1)],
    details: ['The preset that you used last.', ...presets.map(({ title, detail }) => `${title}: ${detail}`)],
  },
  boundary: {
    ...boundaryKind,
    default: boundary,
    scope: 'resource',
    description:
      'The character that marks where names begin and end in new runs. Lines that contain it are skipped, so choose another one if your names contain periods.',
  },
  maxLength: {
    ...whole(0, largestMaxLength),
    default: maxLength,
    scope: 'resource',
    description: 'New runs leave out names that have more characters than this. With 0, none are left out.',
  },
  normalize: {
    ...choice(normalizations),
    default: reading.normalize,
    scope: 'resource',
    description: 'How new runs read characters that can be written in several ways.',
    details: [
      "Unicode's composed form (NFC): é is one character, whether it was typed as one or as e with an accent.",
      'As they stand in the file: decomposed Hangul, separate accents, and compatibility ideographs stay what they are.',
    ],
  },
  lowerCase: {
    ...toggle,
    default: reading.lower,
    scope: 'resource',
    description:
      'Read all letters as lower case in new runs. Where a file has upper case, you are asked, with this as the answer to begin with.',
  },
  dropRepeatedNames: {
    ...toggle,
    default: reading.unique,
    scope: 'resource',
    description:
      'Drop names that repeat an earlier one in new runs. The lectures keep them. Where a file has upper case, you are asked, with this as the answer to begin with.',
  },
  split: {
    ...splitKind,
    default: `${split.train}/${split.dev}/${split.test}`,
    scope: 'resource',
    description:
      'The percentages of the names used for training, development, and testing in new runs of the models from parts 2 to 5. Other models split the names the way the originals do.',
  },
  splitSeed: {
    ...splitSeedKind,
    default: split.seed,
    scope: 'resource',
    description:
      "The seed for shuffling the names before they are split, the way Python's `random` does it. The lectures use 42.",
  },
  sampler: {
    ...choice(samplerFamilies),
    default: sampler,
    scope: 'window',
    description:
      'How new runs draw names, unless you choose otherwise when sampling: one of the three ways `torch.multinomial` has worked over the years.',
    details: Object.values(samplers).map(({ label, help }) => `${label}: ${help}`),
  },
  'runs.keep': {
    ...whole(1, 1000),
    default: 50,
    scope: 'machine',
    description:
      'How many runs are kept on disk. When a new one starts, the oldest are moved to a trash folder, where they stay for a week. Pinned runs are never moved.',
  },
  runButton: {
    ...toggle,
    default: true,
    scope: 'window',
    description: 'Show a button that trains on the file, beside the tabs of files that can be names.',
  },
  engine: {
    ...choice(engineIds),
    default: engine,
    scope: 'window',
    description: 'The engine that runs the training steps of new runs.',
    details: [
      'Records the training step once and runs it as a single WebAssembly program. The fastest.',
      'TensorFlow.js on WebAssembly with SIMD.',
      'TensorFlow.js in plain JavaScript. The slowest, and the reference for the other two.',
    ],
  },
  memoryLimit: {
    ...real(0.25, 64),
    default: defaultMemoryLimit / 2 ** 30,
    scope: 'machine',
    description: "How many gigabytes of memory a run may take. A run that would take more isn't started.",
  },
  'checkpoints.seconds': {
    ...real(1, 10),
    default: defaultPace.checkpointSeconds,
    scope: 'machine',
    description: 'The minimum number of seconds between two checkpoints of a run. The maximum is always 10.',
  },
  'checkpoints.percent': {
    ...real(1, 50),
    default: defaultPace.checkpointPercent,
    scope: 'machine',
    description:
      'The percentage of the time that a run may spend on writing checkpoints. If writing is slow, checkpoints become less frequent.',
  },
  'rates.losses': {
    ...real(1, 30),
    default: defaultPace.lossesPerSecond,
    scope: 'machine',
    description: 'How many times per second the inspector updates the losses.',
  },
  'rates.pictures': {
    ...real(1, 10),
    default: defaultPace.picturesPerSecond,
    scope: 'machine',
    description:
      'How many times per second the inspector updates its pictures of weights, activations, and gradients. Large models are updated less often.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
export type SettingValue<N extends SettingName> = ValueOf<(typeof settings)[N]>;

/**
 * What a setting means: null is as if it were not set.
 *
 * @throws SettingError that quotes what stands there, and says what can
 */
export function readSetting<N extends SettingName>(name: N, value: unknown): SettingValue<N> {
  const setting: Setting = settings[name];
  const read = setting.read(value ?? setting.default);
  if (read === undefined) {
    const id = `makemore.${name}`;
    throw new SettingError(id, `The setting ${id} is "${quote(value)}": it must be ${setting.allowed}.`);
  }
  return read as SettingValue<N>; // since the row has this name
}
