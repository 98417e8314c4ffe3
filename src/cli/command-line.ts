import { flags as specs, hyperparameterFlags, notesOnFlags, type Flags, type TaskKind } from './flags';
import { parseFlags } from './parse-flags';
import type { InputWish } from './read-input';
import { InputError } from '../shared/errors';
import type { HyperparameterName, Hyperparameters } from '../shared/hyperparameters';
import { defaultMemoryLimit } from '../shared/limits';
import { models } from '../shared/models';
import { firstPreset, presetById, withHyperparameters, type Preset } from '../shared/presets';
import { plainReading } from '../shared/reading';
import { defaultRunOptions, type EngineId, type RunOptions } from '../shared/run';
import { defaultSampleRequest, type SampleRequest } from '../shared/sampling';

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

/** A run that is there already. */
interface Kept {
  readonly workDir: string;
  /** A file that may not be the one that the run has. */
  readonly inputFile: string | undefined;
  /** Another engine than the run's own. */
  readonly engine: EngineId | undefined;
}

interface Resuming extends Kept {
  readonly kind: 'resume';
  /** What may differ from the run so far. */
  readonly changes: Hyperparameters;
}

interface Sampling extends Kept {
  readonly kind: 'sample';
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
  const task = chooseTask(flags);
  return {
    task,
    memoryLimit: flags['memory-limit'] ?? defaultMemoryLimit,
    notesFor: preset => notesOnFlags(flags, task.kind, preset),
    logEvery: flags['log-every'],
    evaluate: flags.evaluate ?? false,
    diagnostics: flags.diagnostics ?? false,
    printProgram: flags['print-program'] ?? false,
    samples: sampleRequest(flags),
    json: flags.json ?? false,
  };
}

function chooseTask(flags: Flags): Task {
  const { resume, 'sample-only': sampleOnly, 'work-dir': workDir, 'input-file': inputFile, engine } = flags;
  if (!resume && !sampleOnly) return chooseTraining(flags);
  if (resume && sampleOnly) throw new InputError('--resume trains and --sample-only does not: leave out one of them.');
  const flag = resume ? 'resume' : 'sample-only';
  if (workDir === undefined) throw new InputError(`--${flag} needs the run's folder: name it with --work-dir DIR.`);
  const kept = { workDir, inputFile, engine };
  return resume ? { kind: 'resume', ...kept, changes: changesIn(flags, 'resume') } : { kind: 'sample', ...kept };
}

/** The hyperparameters that were typed and go with a task. */
function changesIn(flags: Flags, task: 'train' | 'resume'): Hyperparameters {
  const changes: Partial<Record<HyperparameterName, number>> = {};
  for (const [flag, hyperparameter] of hyperparameterFlags) {
    const tasks: readonly TaskKind[] = specs[flag].tasks;
    const value = flags[flag];
    if (value !== undefined && tasks.includes(task)) changes[hyperparameter] = value;
  }
  return changes;
}

function chooseTraining(flags: Flags): Training {
  const { 'input-file': inputFile, 'work-dir': workDir, encoding, layout, column, where, count, key } = flags;
  if (inputFile === undefined) throw new InputError('There is no file of names: name one with --input-file FILE.');
  const preset = choosePreset(flags);
  const own = Object.entries(changesIn(flags, 'train')).filter(([name]) => Object.hasOwn(preset.hyperparameters, name));
  const { engine, boundary, maxLength } = defaultRunOptions;
  return {
    kind: 'train',
    inputFile,
    wish: { encoding, layout, column, where, count, key },
    workDir,
    preset: withHyperparameters(preset, Object.fromEntries(own)),
    options: {
      ...defaultRunOptions,
      engine: flags.engine ?? engine,
      boundary: flags.boundary ?? boundary,
      reading: {
        ...plainReading,
        normalize: flags.normalize ?? plainReading.normalize,
        lower: flags.lower ?? false,
        unique: flags.unique ?? false,
      },
      maxLength: flags['max-length'] ?? maxLength,
    },
  };
}

function choosePreset({ preset, type }: Flags): Preset {
  if (type === undefined) return presetById(preset ?? firstPreset);
  const chosen = presetById(preset ?? models[type].preset);
  if (chosen.model !== type) throw new InputError(`--preset ${chosen.id} is no ${type}: leave out --type or --preset.`);
  return chosen;
}

function sampleRequest(flags: Flags): SampleRequest | undefined {
  const count = flags['num-samples'] ?? specs['num-samples'].default;
  if (count === 0) return undefined;
  const { seed, sampler, temperature, topK, prefix } = defaultSampleRequest;
  return {
    count,
    seed: flags['sample-seed'] ?? seed,
    sampler: flags.sampler ?? sampler,
    temperature: flags.temperature ?? temperature,
    topK: flags['top-k'] ?? topK,
    prefix: flags.prefix ?? prefix,
  };
}
