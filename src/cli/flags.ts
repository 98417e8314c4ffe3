import { hyperparameters, type HyperparameterName } from '../shared/hyperparameters';
import { choice, toggle, whole, written, type Kind, type ValueOf } from '../shared/kinds';
import { parseBytes } from '../shared/limits';
import { modelIds } from '../shared/models';
import { firstPreset, isCounting, presets, type Preset } from '../shared/presets';
import { layouts } from '../shared/reading';
import { requestFields } from '../shared/sampling';
import { settings, type SettingName } from '../shared/settings';

export type TaskKind = 'train' | 'resume' | 'sample';

/** A flag: what its value can be, what it goes with, and what the help says. */
export interface FlagSpec {
  /** A `toggle` takes no value. */
  readonly kind: Kind<unknown>;
  /** What the help calls its value. */
  readonly value?: string;
  readonly short?: string;
  readonly help: string;
  /** What holds without it. */
  readonly default?: number | string;
  /** What it goes with, if not with everything: a run that is there already is what its folder says. */
  readonly tasks?: readonly TaskKind[];
  /** What it changes in a preset that has it. */
  readonly hyperparameter?: HyperparameterName;
  /** What is called so in the settings of VS Code. */
  readonly setting?: SettingName;
  /** Steps of training, which counting models do not have, or the names at the end, of which there may be none. */
  readonly looksAt?: 'steps' | 'names';
}

const text = written('a text', typed => typed);
const ofNewRun = { tasks: ['train'] } as const;
const ofSteps = { tasks: ['train', 'resume'], looksAt: 'steps' } as const;

/** The row of a hyperparameter that a preset may have. */
function changing<const N extends HyperparameterName>(hyperparameter: N) {
  const { label, help } = hyperparameters[hyperparameter];
  const rest = `${help.charAt(0).toLowerCase()}${help.slice(1).replace(/\.$/, '')}`;
  return { kind: hyperparameters[hyperparameter], hyperparameter, help: `${label}: ${rest}` } as const;
}
const ofNewModel = <const N extends HyperparameterName>(name: N) =>
  ({ ...changing(name), ...ofNewRun, value: 'N' }) as const;
/** A run that diverged goes on better with another learning rate or batch size. */
const ofTraining = <const N extends HyperparameterName>(name: N) =>
  ({ ...changing(name), tasks: ['train', 'resume'], value: 'N' }) as const;

/** The row of what a setting says in VS Code. */
function like<const N extends 'engine' | 'boundary' | 'maxLength' | 'normalize'>(setting: N) {
  return { kind: settings[setting], default: settings[setting].default, setting } as const;
}

/** The row of what can be asked for with names. */
function ofNames<const N extends 'seed' | 'sampler' | 'temperature' | 'topK' | 'prefix'>(field: N, value: string) {
  const { help, default: initial } = requestFields[field];
  const plain = `${help.charAt(0).toLowerCase()}${help.slice(1, -1)}`;
  return { kind: requestFields[field], default: initial, help: plain, value, looksAt: 'names' } as const;
}

/** One row each: the parser, the help, the notes on what has nothing to do, and every error follow from it. */
export const flags = {
  'input-file': { kind: text, value: 'FILE', short: 'i', help: 'names, one per line' },
  'work-dir': {
    kind: text,
    value: 'DIR',
    short: 'o',
    help: 'keep the run there, checkpoint by checkpoint; a run that is there is replaced',
  },
  resume: {
    kind: toggle,
    help: 'go on with the run in --work-dir, which holds its names; --max-steps may be raised, --learning-rate and --batch-size changed',
  },
  'sample-only': { kind: toggle, help: 'only sample from it' },
  preset: {
    ...ofNewRun,
    kind: choice(presets.map(({ id }) => id)),
    value: 'ID',
    default: firstPreset,
    help: 'a rung of the ladder; the flags below override it',
  },
  type: { ...ofNewRun, kind: choice(modelIds), value: 'T', help: 'a model with the hyperparameters of its preset' },
  'max-steps': ofTraining('maxSteps'),
  'batch-size': { ...ofTraining('batchSize'), short: 'b' },
  'learning-rate': { ...ofTraining('learningRate'), short: 'l', value: 'X' },
  'decay-from': { ...ofNewModel('decayFrom'), value: 'STEP' },
  'weight-decay': { ...ofNewModel('weightDecay'), short: 'w', value: 'X' },
  seed: { ...ofNewModel('seed'), value: 'S' },
  'block-size': ofNewModel('blockSize'),
  'n-embd': ofNewModel('nEmbd'),
  'n-embd2': ofNewModel('nHidden'),
  'n-layer': ofNewModel('nLayer'),
  'n-head': ofNewModel('nHead'),
  smoothing: { ...ofNewModel('smoothing'), value: 'X' },
  layout: {
    ...ofNewRun,
    kind: choice(layouts),
    value: 'L',
    default: 'what the file looks like',
    help: 'where the names stand',
  },
  column: { ...ofNewRun, kind: text, value: 'NAME', help: 'of a table; or its number from 1' },
  where: { ...ofNewRun, kind: text, value: 'COLUMN=VALUE', help: 'only these rows' },
  count: { ...ofNewRun, kind: text, value: 'COLUMN', help: 'how often each name counts; by its name or number' },
  key: { ...ofNewRun, kind: text, value: 'NAME', help: 'of the objects in JSON' },
  encoding: {
    ...ofNewRun,
    kind: text,
    value: 'E',
    default: 'what the file looks like',
    help: 'such as windows-1252',
  },
  normalize: {
    ...ofNewRun,
    ...like('normalize'),
    value: 'N',
    help: 'compose characters (é is one, however it was typed), or keep what stands there',
  },
  lower: { ...ofNewRun, kind: toggle, setting: 'lowerCase', help: 'all letters in lower case' },
  unique: { ...ofNewRun, kind: toggle, setting: 'dropRepeatedNames', help: 'without names that repeat an earlier one' },
  boundary: {
    ...ofNewRun,
    ...like('boundary'),
    value: 'C',
    help: 'the character that marks where names begin and end',
  },
  'max-length': {
    ...ofNewRun,
    ...like('maxLength'),
    value: 'N',
    help: 'leave out names of more characters; 0 leaves none out',
  },
  'memory-limit': {
    kind: written('a size such as 1GB or 500MB', parseBytes),
    value: 'SIZE',
    default: '1GB',
    help: 'refuse a run that would take more memory',
  },
  engine: { ...like('engine'), value: 'E', help: 'what executes the steps' },
  'log-every': {
    ...ofSteps,
    kind: whole(1, hyperparameters.maxSteps.max),
    value: 'N',
    help: 'a loss line every N steps and at the last one',
  },
  evaluate: { kind: toggle, help: 'full train, dev and test loss at the end' },
  diagnostics: { ...ofSteps, kind: toggle, help: "the last step's activations, gradients and updates" },
  'print-program': { ...ofSteps, kind: toggle, help: 'what the compiled engine executes at each step' },
  'num-samples': { kind: whole(0, requestFields.count.max), value: 'N', default: 10, help: 'names at the end' },
  'sample-seed': ofNames('seed', 'S'),
  sampler: ofNames('sampler', 'FAMILY'),
  temperature: ofNames('temperature', 'X'),
  'top-k': ofNames('topK', 'K'),
  prefix: ofNames('prefix', 'TEXT'),
  json: { kind: toggle, help: 'one JSON object per line on stdout, nothing else there' },
  help: { kind: toggle, short: 'h', help: 'this text' },
} as const satisfies Record<string, FlagSpec>;

export type FlagName = keyof typeof flags;
export const flagNames = Object.keys(flags) as FlagName[];

/** What was typed, read. */
export type Flags = { readonly [F in FlagName]?: ValueOf<(typeof flags)[F]['kind']> };

type HyperparameterFlag = {
  [F in FlagName]: (typeof flags)[F] extends { hyperparameter: HyperparameterName } ? F : never;
}[FlagName];

/** The flags that change a hyperparameter of the preset. */
export const hyperparameterFlags = flagNames.flatMap((name): [HyperparameterFlag, HyperparameterName][] => {
  const spec: FlagSpec = flags[name];
  // It has one, so it is one of them.
  return spec.hyperparameter ? [[name as HyperparameterFlag, spec.hyperparameter]] : [];
});

/** "--batch-size": how a hyperparameter or a setting is chosen here; undefined if no flag does. */
export function flagFor(option: string): string | undefined {
  const name = flagNames.find(flag => {
    const { hyperparameter, setting }: FlagSpec = flags[flag];
    return hyperparameter === option || setting === option;
  });
  return name && `--${name}`;
}

/** A sentence for each flag that was typed but does not go with the task, the model, or the other flags. */
export function notesOnFlags(typed: Flags, task: TaskKind, preset: Preset): string[] {
  return flagNames.flatMap(name => {
    const other = typed[name] === undefined ? undefined : unconcerned(flags[name], task, preset, typed);
    return other === undefined ? [] : [`--${name} does not apply to ${other} and was ignored.`];
  });
}

/** What a flag does not apply to, if anything. */
function unconcerned(spec: FlagSpec, task: TaskKind, preset: Preset, typed: Flags): string | undefined {
  if (spec.tasks && !spec.tasks.includes(task))
    return spec.tasks.includes('resume') ? '--sample-only, which does not train,' : 'a run that is there already';
  if (spec.hyperparameter && !Object.hasOwn(preset.hyperparameters, spec.hyperparameter)) return preset.id;
  if (spec.looksAt === 'steps' && isCounting(preset)) return `${preset.id}, which has no steps,`;
  if (spec.looksAt === 'names' && typed['num-samples'] === 0) return '--num-samples 0';
  return undefined;
}
