import { parseArgs } from 'node:util';
import { InputError, messageOf } from '../shared/errors';
import type { HyperparameterName, Hyperparameters } from '../shared/hyperparameters';
import { isModelId, models } from '../shared/models';
import { firstPreset, presetById, withHyperparameters, type Preset } from '../shared/presets';
import {
  boundaryProblem,
  defaultBoundary,
  defaultRunOptions,
  engineIds,
  type EngineId,
  type RunOptions,
} from '../shared/run';
import { defaultSampleRequest, sampleRequestProblem, type SampleRequest, type SamplerFamily } from '../shared/sampling';

/** What is trained, or gone on with, or only sampled from. */
type Task =
  | { readonly kind: 'train'; readonly inputFile: string; readonly preset: Preset; readonly options: RunOptions }
  | { readonly kind: 'resume'; readonly engine: EngineId | undefined; readonly maxSteps: number | undefined }
  | { readonly kind: 'sample'; readonly engine: EngineId | undefined };

export type TaskOf<K extends Task['kind']> = Extract<Task, { kind: K }>;

export interface CommandLine {
  readonly task: Task;
  /** Where the run is kept, which a resumed one must have been. */
  readonly workDir: string | undefined;
  /** Flags that were left out, since they do not concern the preset. */
  readonly notes: readonly string[];
  readonly logEvery: number | undefined;
  readonly evaluate: boolean;
  readonly diagnostics: boolean;
  readonly printProgram: boolean;
  readonly samples: SampleRequest | undefined;
  readonly json: boolean;
}

const modelIds = Object.keys(models);

export const usage = `Usage: npm run --silent makemore -- --input-file FILE [options]

  -i, --input-file FILE    names, one per line
  -o, --work-dir DIR       keep the run there, checkpoint by checkpoint; a run that is there is replaced
      --resume             go on with the run in --work-dir, which holds its names; --max-steps may be raised
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
      --boundary C         the character that marks where names begin and end (default ${defaultBoundary})
      --engine E           ${engineIds.join(', ')} (default ${engineIds[0]})
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

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const options = {
  'input-file': { ...text, short: 'i' },
  preset: text,
  type: text,
  'work-dir': { ...text, short: 'o' },
  resume: flag,
  'sample-only': flag,
  'max-steps': text,
  'batch-size': { ...text, short: 'b' },
  'learning-rate': { ...text, short: 'l' },
  'weight-decay': { ...text, short: 'w' },
  seed: text,
  'block-size': text,
  'n-embd': text,
  'n-embd2': text,
  'n-layer': text,
  'n-head': text,
  smoothing: text,
  engine: text,
  boundary: text,
  'log-every': text,
  evaluate: flag,
  diagnostics: flag,
  'print-program': flag,
  'num-samples': text,
  'sample-seed': text,
  sampler: text,
  temperature: text,
  'top-k': text,
  prefix: text,
  json: flag,
  help: { ...flag, short: 'h' },
} as const;

const hyperparameterFlags = {
  'max-steps': 'maxSteps',
  'batch-size': 'batchSize',
  'learning-rate': 'learningRate',
  seed: 'seed',
  'block-size': 'blockSize',
  'n-embd': 'nEmbd',
  'n-embd2': 'nHidden',
  'n-layer': 'nLayer',
  'n-head': 'nHead',
  'weight-decay': 'weightDecay',
  smoothing: 'smoothing',
} as const satisfies Record<string, HyperparameterName>;

/**
 * @returns what was asked for, or `help`
 * @throws InputError for arguments that cannot be carried out
 */
export function parseCommandLine(args: readonly string[]): CommandLine | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  const { task, notes } = chooseTask(values);
  return {
    task,
    notes,
    workDir: values['work-dir'],
    logEvery: whole('log-every', values['log-every'], 1),
    evaluate: values.evaluate ?? false,
    diagnostics: values.diagnostics ?? false,
    printProgram: values['print-program'] ?? false,
    samples: sampleRequest(values),
    json: values.json ?? false,
  };
}

function chooseTask(values: Values): Pick<CommandLine, 'task' | 'notes'> {
  const { resume, 'sample-only': sampleOnly, 'work-dir': workDir } = values;
  if (!resume && !sampleOnly) return chooseTraining(values);
  if (resume && sampleOnly) throw new InputError('--resume trains and --sample-only does not: leave out one of them.');
  const flag = resume ? 'resume' : 'sample-only';
  if (workDir === undefined) throw new InputError(`--${flag} needs the run's folder: name it with --work-dir DIR.`);
  const engine = values.engine === undefined ? undefined : chooseEngine(values.engine);
  // What the run is stands in its folder; only how far it goes can be told anew.
  const fixed = ['input-file', 'preset', 'type', 'boundary', ...Object.keys(hyperparameterFlags)].filter(
    name => values[name as keyof Values] !== undefined && !(resume && name === 'max-steps'),
  );
  const notes = fixed.map(name => `--${name} does not concern a run that is there already and was left out.`);
  if (!resume) return { task: { kind: 'sample', engine }, notes };
  return { task: { kind: 'resume', engine, maxSteps: whole('max-steps', values['max-steps'], 0) }, notes };
}

function chooseTraining(values: Values): Pick<CommandLine, 'task' | 'notes'> {
  const inputFile = values['input-file'];
  if (inputFile === undefined) throw new InputError('There is no file of names: name one with --input-file FILE.');
  const preset = choosePreset(values);
  const notes: string[] = [];
  const changes: Partial<Record<HyperparameterName, number>> = {};
  for (const [name, hyperparameter] of Object.entries(hyperparameterFlags)) {
    const value = number(name, values[name as keyof typeof hyperparameterFlags]);
    if (value === undefined) continue;
    if (Object.hasOwn(preset.hyperparameters, hyperparameter)) changes[hyperparameter] = value;
    else notes.push(`--${name} does not concern ${preset.id} and was left out.`);
  }
  return {
    task: {
      kind: 'train',
      inputFile,
      preset: withHyperparameters(preset, changes satisfies Hyperparameters),
      options: {
        ...defaultRunOptions,
        engine: chooseEngine(values.engine),
        boundary: chooseBoundary(values.boundary),
      },
    },
    notes,
  };
}

type Values = ReturnType<typeof parse>;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // The first sentence tells what is wrong; Node's further lines are for programmers.
    const [first] = messageOf(error).split('\n');
    throw new InputError(`${first.replace(/\.?\s*$/, '')}: --help lists the flags.`);
  }
}

function choosePreset({ preset, type }: Values): Preset {
  if (type === undefined) return presetById(preset ?? firstPreset);
  if (!isModelId(type)) throw new InputError(`There is no --type ${type}: choose ${modelIds.join(', ')}.`);
  const chosen = presetById(preset ?? models[type].preset);
  if (chosen.model !== type) throw new InputError(`--preset ${chosen.id} is no ${type}: leave out --type or --preset.`);
  return chosen;
}

function chooseEngine(engine: string = engineIds[0]): EngineId {
  const known = engineIds.find(id => id === engine);
  if (!known) throw new InputError(`There is no --engine ${engine}: choose ${engineIds.join(' or ')}.`);
  return known;
}

function chooseBoundary(typed: string = defaultBoundary): string {
  const boundary = typed.normalize('NFC'); // as names are read
  const problem = boundaryProblem(boundary);
  if (problem) throw new InputError(problem);
  return boundary;
}

function sampleRequest(values: Values): SampleRequest | undefined {
  const count = whole('num-samples', values['num-samples'], 0) ?? 10;
  if (count === 0) return undefined;
  const request: SampleRequest = {
    count,
    seed: number('sample-seed', values['sample-seed']) ?? defaultSampleRequest.seed,
    sampler: (values.sampler ?? defaultSampleRequest.sampler) as SamplerFamily,
    temperature: number('temperature', values.temperature) ?? defaultSampleRequest.temperature,
    topK: number('top-k', values['top-k']) ?? defaultSampleRequest.topK,
    prefix: values.prefix ?? defaultSampleRequest.prefix,
  };
  const problem = sampleRequestProblem(request);
  if (problem) throw new InputError(problem);
  return request;
}

function number(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const parsed = value.trim() === '' ? NaN : Number(value);
  if (!Number.isFinite(parsed)) throw new InputError(`--${name} must be a number, but it is "${value}".`);
  return parsed;
}

function whole(name: string, value: string | undefined, min: number): number | undefined {
  const parsed = number(name, value);
  if (parsed !== undefined && !(Number.isInteger(parsed) && parsed >= min))
    throw new InputError(`--${name} must be a whole number from ${min}, but it is ${parsed}.`);
  return parsed;
}
