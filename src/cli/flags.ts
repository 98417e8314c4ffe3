import { parseArgs } from 'node:util';
import { InputError, messageOf } from '../shared/errors';
import type { HyperparameterName } from '../shared/hyperparameters';
import { modelIds } from '../shared/models';
import { firstPreset } from '../shared/presets';
import { defaultBoundary, defaultRunOptions, engineIds } from '../shared/run';
import { defaultSampleRequest } from '../shared/sampling';

export const usage = `Usage: npm run --silent makemore -- --input-file FILE [options]

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
      --boundary C         the character that marks where names begin and end (default ${defaultBoundary})
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

/** What was typed, by flag; nothing in it is checked yet. */
export type Flags = ReturnType<typeof parseFlags>;

/** The flags that change a hyperparameter of the preset. */
export const hyperparameterFlags = [
  ['max-steps', 'maxSteps'],
  ['batch-size', 'batchSize'],
  ['learning-rate', 'learningRate'],
  ['seed', 'seed'],
  ['block-size', 'blockSize'],
  ['n-embd', 'nEmbd'],
  ['n-embd2', 'nHidden'],
  ['n-layer', 'nLayer'],
  ['n-head', 'nHead'],
  ['weight-decay', 'weightDecay'],
  ['smoothing', 'smoothing'],
] as const satisfies readonly (readonly [keyof typeof options, HyperparameterName])[];

/** @throws InputError for a flag that does not exist, or lacks its value */
export function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's first sentence says what is wrong; the lines after it are for programmers.
    const [first = ''] = messageOf(error).split('\n');
    throw new InputError(`${first.replace(/\.?\s*$/, '')}: --help lists the flags.`);
  }
}

type NumberFlag =
  (typeof hyperparameterFlags)[number][0] | 'log-every' | 'num-samples' | 'sample-seed' | 'temperature' | 'top-k';

/** @returns undefined if the flag is not there @throws InputError if it is no number */
export function numberFlag(flags: Flags, name: NumberFlag): number | undefined {
  const text = flags[name];
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new InputError(`--${name} must be a number, but it is "${text}".`);
  return value;
}

/** @returns undefined if the flag is not there @throws InputError if it is no whole number, or below `min` */
export function wholeNumberFlag(flags: Flags, name: NumberFlag, min: number): number | undefined {
  const value = numberFlag(flags, name);
  if (value !== undefined && !(Number.isInteger(value) && value >= min))
    throw new InputError(`--${name} must be a whole number from ${min}, but it is ${value}.`);
  return value;
}
