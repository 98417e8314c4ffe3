import { hyperparameterFlags, notesOnFlags, numberFlag, parseFlags, wholeNumberFlag, type Flags } from './flags';
import type { InputWish } from './read-input';
import { InputError } from '../shared/errors';
import type { HyperparameterName, Hyperparameters } from '../shared/hyperparameters';
import { defaultMemoryLimit, parseBytes } from '../shared/limits';
import { isModelId, modelIds, models } from '../shared/models';
import { firstPreset, presetById, withHyperparameters, type Preset } from '../shared/presets';
import {
  boundaryProblem,
  defaultBoundary,
  defaultRunOptions,
  engineIds,
  largestMaxLength,
  type EngineId,
  type RunOptions,
} from '../shared/run';
import { layouts, plainReading } from '../shared/reading';
import { defaultSampleRequest, sampleRequestProblem, type SampleRequest, type SamplerFamily } from '../shared/sampling';

interface Training {
  readonly kind: 'train';
  readonly inputFile: string;
  /** How to read it. */
  readonly wish: InputWish;
  readonly preset: Preset;
  /** Their reading has no layout yet. */
  readonly options: RunOptions;
  /** Where to keep the run, if anywhere. */
  readonly workDir: string | undefined;
}

/** Of a run that is there already. */
interface Resuming {
  readonly kind: 'resume';
  readonly workDir: string;
  /** Another engine than the run's own. */
  readonly engine: EngineId | undefined;
  /** What may differ from the run so far. */
  readonly changes: Hyperparameters;
}

/** From a run that is there already. */
interface Sampling {
  readonly kind: 'sample';
  readonly workDir: string;
  /** Another engine than the run's own. */
  readonly engine: EngineId | undefined;
}

type Task = Training | Resuming | Sampling;
export type TaskOf<K extends Task['kind']> = Extract<Task, { kind: K }>;

export interface CommandLine {
  readonly task: Task;
  /** The most bytes that a run may take. */
  readonly memoryLimit: number;
  /** A sentence for each flag that was ignored because it does not apply to the run with this preset. */
  readonly notesFor: (preset: Preset) => readonly string[];
  readonly logEvery: number | undefined;
  readonly evaluate: boolean;
  readonly diagnostics: boolean;
  readonly printProgram: boolean;
  /** Undefined if no names are wanted. */
  readonly samples: SampleRequest | undefined;
  readonly json: boolean;
}

/**
 * @returns what was asked for, or `help`
 * @throws InputError for arguments that cannot be carried out
 */
export function parseCommandLine(args: readonly string[]): CommandLine | 'help' {
  const flags = parseFlags(args);
  if (flags.help) return 'help';
  for (const [name] of hyperparameterFlags) numberFlag(flags, name); // what is left out has to be right all the same
  const task = chooseTask(flags);
  return {
    task,
    memoryLimit: chooseMemoryLimit(flags['memory-limit']),
    notesFor: preset => notesOnFlags(flags, task.kind, preset),
    logEvery: wholeNumberFlag(flags, 'log-every', 1),
    evaluate: flags.evaluate ?? false,
    diagnostics: flags.diagnostics ?? false,
    printProgram: flags['print-program'] ?? false,
    samples: sampleRequest(flags),
    json: flags.json ?? false,
  };
}

function chooseTask(flags: Flags): Task {
  const { resume, 'sample-only': sampleOnly, 'work-dir': workDir } = flags;
  if (!resume && !sampleOnly) return chooseTraining(flags);
  if (resume && sampleOnly) throw new InputError('--resume trains and --sample-only does not: leave out one of them.');
  const flag = resume ? 'resume' : 'sample-only';
  if (workDir === undefined) throw new InputError(`--${flag} needs the run's folder: name it with --work-dir DIR.`);
  const engine = flags.engine === undefined ? undefined : chooseEngine(flags.engine);
  if (!resume) return { kind: 'sample', workDir, engine };
  const changes = changeable.flatMap(name => {
    const value = name === 'max-steps' ? wholeNumberFlag(flags, name, 0) : numberFlag(flags, name);
    return value === undefined ? [] : [[hyperparameterOf[name], value] as const];
  });
  return { kind: 'resume', workDir, engine, changes: Object.fromEntries(changes) };
}

const hyperparameterOf = {
  'max-steps': 'maxSteps',
  'batch-size': 'batchSize',
  'learning-rate': 'learningRate',
} as const;
/** What --resume may change: a run that diverged goes on better with another learning rate or batch size. */
const changeable = ['max-steps', 'batch-size', 'learning-rate'] as const;

function chooseTraining(flags: Flags): Training {
  const { 'input-file': inputFile, 'work-dir': workDir } = flags;
  if (inputFile === undefined) throw new InputError('There is no file of names: name one with --input-file FILE.');
  const preset = choosePreset(flags);
  const changes: Partial<Record<HyperparameterName, number>> = {};
  for (const [flag, hyperparameter] of hyperparameterFlags) {
    const value = numberFlag(flags, flag);
    if (value !== undefined && Object.hasOwn(preset.hyperparameters, hyperparameter)) changes[hyperparameter] = value;
  }
  return {
    kind: 'train',
    inputFile,
    wish: chooseWish(flags),
    workDir,
    preset: withHyperparameters(preset, changes),
    options: {
      ...defaultRunOptions,
      engine: chooseEngine(flags.engine),
      boundary: chooseBoundary(flags.boundary),
      reading: { ...plainReading, lower: flags.lower ?? false, unique: flags.unique ?? false },
      maxLength: wholeNumberFlag(flags, 'max-length', 1, largestMaxLength) ?? defaultRunOptions.maxLength,
    },
  };
}

function chooseWish({ encoding, layout, column, where, count, key }: Flags): InputWish {
  const known = layouts.find(kind => kind === layout);
  if (layout !== undefined && !known)
    throw new InputError(`There is no --layout ${layout}: choose ${layouts.join(', ')}.`);
  return { encoding, layout: known, column, where, count, key };
}

function choosePreset({ preset, type }: Flags): Preset {
  if (type === undefined) return presetById(preset ?? firstPreset);
  if (!isModelId(type)) throw new InputError(`There is no --type ${type}: choose ${modelIds.join(', ')}.`);
  const chosen = presetById(preset ?? models[type].preset);
  if (chosen.model !== type) throw new InputError(`--preset ${chosen.id} is no ${type}: leave out --type or --preset.`);
  return chosen;
}

function chooseEngine(engine: string = defaultRunOptions.engine): EngineId {
  const known = engineIds.find(id => id === engine);
  if (!known) throw new InputError(`There is no --engine ${engine}: choose ${engineIds.join(' or ')}.`);
  return known;
}

function chooseMemoryLimit(typed: string | undefined): number {
  const bytes = typed === undefined ? defaultMemoryLimit : parseBytes(typed);
  if (bytes === undefined)
    throw new InputError(`--memory-limit must be a size such as 1GB or 500MB, but it is "${typed}".`);
  return bytes;
}

function chooseBoundary(typed: string = defaultBoundary): string {
  const boundary = typed.normalize('NFC'); // like the names
  const problem = boundaryProblem(boundary);
  if (problem) throw new InputError(problem);
  return boundary;
}

function sampleRequest(flags: Flags): SampleRequest | undefined {
  const count = wholeNumberFlag(flags, 'num-samples', 0) ?? 10;
  const request: SampleRequest = {
    count: count || 1,
    seed: numberFlag(flags, 'sample-seed') ?? defaultSampleRequest.seed,
    sampler: (flags.sampler ?? defaultSampleRequest.sampler) as SamplerFamily, // if it is one, which the check below says
    temperature: numberFlag(flags, 'temperature') ?? defaultSampleRequest.temperature,
    topK: numberFlag(flags, 'top-k') ?? defaultSampleRequest.topK,
    prefix: flags.prefix ?? defaultSampleRequest.prefix,
  };
  const problem = sampleRequestProblem(request);
  if (problem) throw new InputError(problem); // even if no names are wanted
  return count === 0 ? undefined : request;
}
