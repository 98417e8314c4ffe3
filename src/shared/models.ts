/**
 * Every model, one row each: the facts that the extension host, the inspector and the command line need without loading
 * TensorFlow.js. What a model computes is in `src/makemore/models`.
 */
import { valuesOf, type Hyperparameters } from './hyperparameters';
import { longestOf } from './names';

interface ModelRow {
  /** The preset that stands for the model when only the model is named. */
  readonly preset: string;
  /** Who introduced it, short enough for a menu; null if it is the lectures' own. */
  readonly paper: string | null;
  readonly reads: Reads;
  readonly logits: Logits | null;
  readonly layers: Layers | null;
}

/**
 * What the model sees when it predicts a character: the one before it, the two before it, a context of `blockSize`
 * characters, or, in makemore.py, the whole name so far.
 */
export type Reads = 'bigrams' | 'trigrams' | 'contexts' | 'names';

/** The last thing that happens before the softmax. A counting model has probabilities only, and no logits. */
export type Logits =
  'one neuron' | 'one-hot @ W' | 'xenc @ W' | 'last layer' | 'table' | 'mlp.2' | 'lm_head' | 'ln_f, then lm_head';

/** The layers that can be watched. One is tapped as `h`, several as `h1`, `h2`, … */
export interface Layers {
  /** Only the output of a tanh can be saturated. A preset can switch tanh off with the hyperparameter of that name. */
  readonly kind: 'tanh' | 'hidden';
  readonly inputs: LayerInputs;
  /**
   * The matrix that multiplies the input: `W` stands for `W1`, `W2`, … of shape (fan_in, fan_out) as in the lectures,
   * any other name for a single `nn.Linear` weight of shape (fan_out, fan_in).
   */
  readonly weights: string | null;
  /** What batch normalization adds to the variance; null if no preset normalizes. */
  readonly epsilon: number | null;
}

/** What a layer looks at. `context` is also what later layers see of the one below. */
export type LayerInputs = 'context' | 'context, last first' | 'character and h' | 'mean of context' | 'gates';

export const models = {
  bigram: { preset: 'bigram-counts', paper: 'Markov 1913', reads: 'bigrams', logits: null, layers: null },
  trigram: { preset: 'trigram-counts', paper: 'Shannon 1948', reads: 'trigrams', logits: null, layers: null },
  'one-neuron': { preset: 'bigram-one-neuron', paper: null, reads: 'bigrams', logits: 'one neuron', layers: null },
  'bigram-net': { preset: 'bigram-net', paper: null, reads: 'bigrams', logits: 'one-hot @ W', layers: null },
  'trigram-net': { preset: 'trigram-net', paper: null, reads: 'trigrams', logits: 'xenc @ W', layers: null },
  mlp: {
    preset: 'mlp-part2',
    paper: 'Bengio et al. 2003',
    reads: 'contexts',
    logits: 'last layer',
    layers: { kind: 'tanh', inputs: 'context', weights: 'W', epsilon: 0 },
  },
  'deep-mlp': {
    preset: 'deep-part3-batchnorm',
    paper: 'Ioffe and Szegedy 2015',
    reads: 'contexts',
    logits: 'last layer',
    layers: { kind: 'tanh', inputs: 'context', weights: 'W', epsilon: 1e-5 },
  },
  wavenet: {
    preset: 'wavenet-part5',
    paper: 'van den Oord et al. 2016',
    reads: 'contexts',
    logits: 'last layer',
    layers: { kind: 'tanh', inputs: 'context', weights: 'W', epsilon: 1e-5 },
  },
  'makemore-bigram': { preset: 'makemore-bigram', paper: null, reads: 'names', logits: 'table', layers: null },
  'makemore-mlp': {
    preset: 'makemore-mlp',
    paper: 'Bengio et al. 2003',
    reads: 'names',
    logits: 'mlp.2',
    layers: { kind: 'tanh', inputs: 'context, last first', weights: 'mlp.0.weight', epsilon: null },
  },
  rnn: {
    preset: 'makemore-rnn',
    paper: 'Mikolov et al. 2010',
    reads: 'names',
    logits: 'lm_head',
    layers: { kind: 'tanh', inputs: 'character and h', weights: 'cell.xh_to_h.weight', epsilon: null },
  },
  gru: {
    preset: 'makemore-gru',
    paper: 'Cho et al. 2014',
    reads: 'names',
    logits: 'lm_head',
    layers: { kind: 'hidden', inputs: 'gates', weights: null, epsilon: null },
  },
  bow: {
    preset: 'makemore-bow',
    paper: null,
    reads: 'names',
    logits: 'lm_head',
    layers: {
      kind: 'tanh',
      inputs: 'mean of context',
      weights: 'context_block.mlp.c_fc.weight',
      epsilon: null,
    },
  },
  transformer: {
    preset: 'makemore-transformer',
    paper: 'Vaswani et al. 2017',
    reads: 'names',
    logits: 'ln_f, then lm_head',
    layers: null,
  },
} as const satisfies Record<string, ModelRow>;

export type ModelId = keyof typeof models;

/** In the order of the lectures. */
export const modelIds = Object.keys(models) as ModelId[]; // it has no others

export function isModelId(id: string): id is ModelId {
  return Object.hasOwn(models, id);
}

/** How many of the last characters a prediction depends on: a table looks at one, though it reads whole names. */
export function charactersSeen(model: ModelId, blockSize: number): number {
  return models[model].logits === 'table' ? 1 : blockSize;
}

/**
 * How many characters the model sees, boundaries included.
 *
 * @param names all that it is trained or evaluated on
 */
export function contextLength(model: ModelId, h: Hyperparameters, names: readonly string[]): number {
  const { reads } = models[model];
  switch (reads) {
    case 'bigrams':
      return 1;
    case 'trigrams':
      return 2;
    case 'contexts':
      return valuesOf(h, ['blockSize']).blockSize;
    case 'names':
      return longestOf(names) + 1;
    default:
      return reads satisfies never;
  }
}
