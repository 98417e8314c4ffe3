import { parseArgs } from 'node:util';
import { InputError, messageOf } from '../shared/errors';
import type { HyperparameterName } from '../shared/hyperparameters';
import { modelIds } from '../shared/models';
import { firstPreset, isCounting, type Preset } from '../shared/presets';
import { defaultBoundary, defaultRunOptions, engineIds } from '../shared/run';
import { defaultSampleRequest } from '../shared/sampling';

export const usage = `Usage: npx makemore --input-file FILE [options]

  -i, --input-file FILE    names, one per line
  -o, --work-dir DIR       keep the run there, checkpoint by checkpoint; a run that is there is replaced
      --resume             go on with the run in --work-dir, which holds its names; --max-steps may be raised,
                           --learning-rate and --batch-size changed
      --sample-only        only sample from it
      --preset ID          a rung of the ladder (default ${firstPreset}); the flags below override it
      --type T             a model with the hyperparameters of its preset:
                           ${modelIds.slice(0, 7).join(', ')},
                           ${modelIds.slice(7).join(', ')}
      --max-steps N        updates
  -b, --batch-size N       examples per update, 0 for all of them
  -l, --learning-rate X
  -w, --weight-decay X     of AdamW
      --seed N             of the weights and minibatches
      --block-size N       context length
      --n-embd N           embedding
      --n-embd2 N          hidden width
      --n-layer N          layers
      --n-head N           heads of the Transformer
      --smoothing X        added to every count
      --layout L           where the names stand: lines, list, words, table, json (default: what the file looks like)
      --column NAME        of a table; or its number from 1
      --where COLUMN=VALUE only these rows
      --count COLUMN       how often each name counts, by its name or number
      --key NAME           of the objects in JSON
      --encoding E         such as windows-1252 (default: what the file looks like)
      --lower              all letters in lower case
      --unique             without names that repeat an earlier one
      --boundary C         the character that marks where names begin and end (default ${defaultBoundary})
      --max-length N       leave out names of more characters
      --memory-limit SIZE  refuse a run that would take more memory (default 1GB)
      --engine E           ${engineIds.join(', ')} (default ${defaultRunOptions.engine})
      --log-every N        a loss line every N steps and at the last one
      --evaluate           full train, dev and test loss at the end
      --diagnostics        the last step's activations, gradients and updates
      --print-program      what the compiled engine executes at each step
      --num-samples N      names at the end (default 10)
      --sample-seed S      (default ${defaultSampleRequest.seed})
      --sampler FAMILY     cdf, exponential, exponential-mkl (default ${defaultSampleRequest.sampler})
      --temperature X      (default 1)
      --top-k K            only the K most probable characters (default 0: all)
      --prefix TEXT        every name begins with it
      --json               one JSON object per line on stdout, nothing else there
      --help               this text
`;

export type TaskKind = 'train' | 'resume' | 'sample';

/** What `parseArgs` needs to know about a flag, and what it goes with; without a condition, with everything. */
interface FlagSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** A run that is there already is what its folder says: only a new one can be described. */
  readonly tasks?: readonly TaskKind[];
  /** What it changes in a preset that has it. */
  readonly hyperparameter?: HyperparameterName;
  /** Steps of training, which counting models do not have, or the names at the end, of which there may be none. */
  readonly looksAt?: 'steps' | 'names';
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const ofNewRun = { ...text, tasks: ['train'] } as const;
const ofSteps = { tasks: ['train', 'resume'], looksAt: 'steps' } as const;
const ofNames = { ...text, looksAt: 'names' } as const;

/** One row each: what is read, what is left out with a note, and which hyperparameters can be changed follow from it. */
const options = {
  'input-file': { ...ofNewRun, short: 'i' },
  preset: ofNewRun,
  type: ofNewRun,
  'work-dir': { ...text, short: 'o' },
  resume: flag,
  'sample-only': flag,
  'max-steps': { ...text, tasks: ['train', 'resume'], hyperparameter: 'maxSteps' },
  'batch-size': { ...text, tasks: ['train', 'resume'], short: 'b', hyperparameter: 'batchSize' },
  'learning-rate': { ...text, tasks: ['train', 'resume'], short: 'l', hyperparameter: 'learningRate' },
  'weight-decay': { ...ofNewRun, short: 'w', hyperparameter: 'weightDecay' },
  seed: { ...ofNewRun, hyperparameter: 'seed' },
  'block-size': { ...ofNewRun, hyperparameter: 'blockSize' },
  'n-embd': { ...ofNewRun, hyperparameter: 'nEmbd' },
  'n-embd2': { ...ofNewRun, hyperparameter: 'nHidden' },
  'n-layer': { ...ofNewRun, hyperparameter: 'nLayer' },
  'n-head': { ...ofNewRun, hyperparameter: 'nHead' },
  smoothing: { ...ofNewRun, hyperparameter: 'smoothing' },
  engine: text,
  layout: ofNewRun,
  column: ofNewRun,
  where: ofNewRun,
  count: ofNewRun,
  key: ofNewRun,
  encoding: ofNewRun,
  lower: { ...flag, tasks: ['train'] },
  unique: { ...flag, tasks: ['train'] },
  boundary: ofNewRun,
  'max-length': ofNewRun,
  'memory-limit': text,
  'log-every': { ...text, ...ofSteps },
  evaluate: flag,
  diagnostics: { ...flag, ...ofSteps },
  'print-program': { ...flag, ...ofSteps },
  'num-samples': text,
  'sample-seed': ofNames,
  sampler: ofNames,
  temperature: ofNames,
  'top-k': ofNames,
  prefix: ofNames,
  json: flag,
  help: { ...flag, short: 'h' },
} as const satisfies Record<string, FlagSpec>;

type FlagName = keyof typeof options;
const flagNames = Object.keys(options) as FlagName[];

/** What was typed, by flag; nothing in it is checked yet. */
export type Flags = ReturnType<typeof parseFlags>;

type HyperparameterFlag = {
  [F in FlagName]: (typeof options)[F] extends { hyperparameter: HyperparameterName } ? F : never;
}[FlagName];

/** The flags that change a hyperparameter of the preset. */
export const hyperparameterFlags = flagNames.flatMap((name): [HyperparameterFlag, HyperparameterName][] => {
  const spec: FlagSpec = options[name];
  // It has one, so it is one of them.
  return spec.hyperparameter ? [[name as HyperparameterFlag, spec.hyperparameter]] : [];
});

/** A sentence for each flag that was typed but does not go with the task, the model, or the other flags. */
export function notesOnFlags(flags: Flags, task: TaskKind, preset: Preset): string[] {
  return flagNames.flatMap(name => {
    const other = flags[name] === undefined ? undefined : unconcerned(options[name], task, preset, flags);
    return other === undefined ? [] : [`--${name} does not apply to ${other} and was ignored.`];
  });
}

/** What a flag does not apply to, if anything. */
function unconcerned(spec: FlagSpec, task: TaskKind, preset: Preset, flags: Flags): string | undefined {
  if (spec.tasks && !spec.tasks.includes(task))
    return spec.tasks.includes('resume') ? '--sample-only, which does not train,' : 'a run that is there already';
  if (spec.hyperparameter && !Object.hasOwn(preset.hyperparameters, spec.hyperparameter)) return preset.id;
  if (spec.looksAt === 'steps' && isCounting(preset)) return `${preset.id}, which has no steps,`;
  if (spec.looksAt === 'names' && Number(flags['num-samples'] ?? 1) === 0) return '--num-samples 0';
  return undefined;
}

/** @throws InputError for a flag that does not exist, or lacks its value */
export function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: withNegativeNumbers(args), options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's first sentence says what is wrong; the lines after it are for programmers.
    const [first = ''] = messageOf(error).split('\n');
    throw new InputError(`${first.replace(/\.?\s*$/, '')}: --help lists the flags.`);
  }
}

/** `--seed -1` as `--seed=-1`: Node would take the number for another flag. */
function withNegativeNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    const isValue = /^-\.?\d/.test(arg) && before?.startsWith('--') === true && isText(before.slice(2));
    if (isValue) joined.splice(-1, 1, `${before}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

function isText(name: string): boolean {
  return flagNames.some(known => known === name && options[known].type === 'string');
}

type NumberFlag =
  HyperparameterFlag | 'max-length' | 'log-every' | 'num-samples' | 'sample-seed' | 'temperature' | 'top-k';

/** @returns undefined if the flag is not there @throws InputError if it is no number */
export function numberFlag(flags: Flags, name: NumberFlag): number | undefined {
  const text = flags[name];
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new InputError(`--${name} must be a number, but it is "${text}".`);
  return value;
}

/** "--batch-size 612": how to set a hyperparameter; undefined if no flag does. */
export function flagFor(hyperparameter: HyperparameterName, value: number): string | undefined {
  const flag = hyperparameterFlags.find(([, name]) => name === hyperparameter)?.[0];
  return flag === undefined ? undefined : `--${flag} ${value}`;
}

/** @returns undefined if the flag is not there @throws InputError if it is no whole number, or out of bounds */
export function wholeNumberFlag(flags: Flags, name: NumberFlag, min: number, max = Infinity): number | undefined {
  const value = numberFlag(flags, name);
  const bounds = max === Infinity ? `from ${min}` : `from ${min} to ${max}`;
  if (value !== undefined && !(Number.isInteger(value) && value >= min && value <= max))
    throw new InputError(`--${name} must be a whole number ${bounds}, but it is ${value}.`);
  return value;
}
