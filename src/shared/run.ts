/** What there is to know of a run: the vocabulary of the protocol and of the state. */
import { isCharacter } from './characters';
import { quote } from './errors';
import type { SampledWord, SampleRequest, SamplerFamily } from './sampling';

export type EngineId = 'compiled' | 'tfjs-wasm' | 'tfjs-cpu';

/** The first is the default. */
export const engineIds: readonly EngineId[] = ['compiled', 'tfjs-wasm', 'tfjs-cpu'];

/**
 * What a run is for: to train; to raise the learning rate step by step and see where the loss falls and where it breaks;
 * to fit one batch, which shows whether the model can learn at all.
 */
export type Purpose = 'train' | 'rangeTest' | 'overfit';

/** How a run is carried out. */
export interface RunOptions {
  readonly engine: EngineId;
  /** The character that marks where names begin and end. */
  readonly boundary: string;
  readonly purpose: Purpose;
  /** How presets that split as the lectures do share out the names. */
  readonly split: SplitShares;
  /** By which names are drawn unless a request says otherwise. */
  readonly sampler: SamplerFamily;
}

/** Percentages of the names, after Python's `random` has shuffled them from the seed on. */
export interface SplitShares {
  readonly train: number;
  readonly dev: number;
  readonly test: number;
  readonly seed: number;
}

/** The lectures' own. */
export const defaultBoundary = '.';
export const defaultSplit: SplitShares = { train: 80, dev: 10, test: 10, seed: 42 };
export const defaultRunOptions: RunOptions = {
  engine: 'compiled',
  boundary: defaultBoundary,
  purpose: 'train',
  split: defaultSplit,
  sampler: 'exponential',
};

/** @returns why names cannot be shared out so, as a sentence, or undefined when they can. */
export function splitProblem({ train, dev, test, seed }: SplitShares): string | undefined {
  const areShares = [train, dev, test].every(share => Number.isInteger(share) && share >= 1);
  if (!areShares || train + dev + test !== 100)
    return `A split needs three whole percentages from 1 on that are 100 together, such as 80/10/10, but it is ${[train, dev, test].map(quote).join('/')}.`;
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    return `The seed of a split must be a whole number from 0 to 4,294,967,295, but it is ${quote(seed)}.`;
  return undefined;
}

/** @returns why a text cannot be the boundary character, as a sentence, or undefined when it can. */
export function boundaryProblem(text: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  if (isCharacter(text) && !/[\s\u0000-\u001f\u007f-\u009f]/u.test(text) && text.isWellFormed()) return undefined;
  return `The boundary character must be one visible character, but it is "${quote(text)}".`;
}

/** Where the names came from, as people know it. */
export interface Source {
  readonly name: string;
  readonly uri: string;
}

/** Nats per character over a whole split; null where the preset has no such split. */
export interface Evaluation {
  readonly step: number;
  readonly train?: number | null;
  readonly dev?: number | null;
  readonly test?: number | null;
  /** The same with the statistics of the whole train split in place of the running ones, where there is batch normalization. */
  readonly calibrated?: { readonly train: number | null; readonly dev: number | null };
}

/** Nats per character of n-grams that were counted on the lecture's train split, by what is added to each count. */
export interface SmoothingCurve {
  readonly smoothing: readonly number[];
  readonly train: readonly number[];
  readonly dev: readonly number[];
}

/** The bigrams of the names, for the characters that are shown (the most frequent ones of a large vocabulary). */
export interface BigramCounts {
  /** Characters in the order of rows and columns, as shown; the boundary is the first. */
  readonly tokens: readonly string[];
  readonly vocabSize: number;
  /** (tokens, tokens), row-major: row is the first character of the bigram. */
  readonly counts: Uint32Array;
  /** Bigrams that begin with each shown character, those with characters not shown included. */
  readonly rowTotals: Uint32Array;
  readonly total: number;
}

/** The trigrams that begin with one character: the row is the second character, and the column what follows both. */
export interface TrigramSlice extends BigramCounts {
  readonly first: string;
}

/** Where characters stand in a row, in the file as it is now. */
export interface Places {
  /** Two or three; boundaries stand for the begin and the end of a name. */
  readonly characters: readonly string[];
  /** The first names that hold them, with their lines from 0. */
  readonly names: readonly { readonly text: string; readonly line: number }[];
  /** How many names hold them, and how often in all. */
  readonly holding: number;
  readonly occurrences: number;
  /** How many occurrences are marked in the editor; none where there is no editor for the names any more. */
  readonly marked: number;
}

/** What is known of a run once its model stands. */
export interface RunInfo {
  /** What executes the steps, which may be another than was asked for: then a note tells why. */
  readonly engine: EngineId;
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly parameterCount: number;
  readonly vocabSize: number;
  /** `itos`: the boundary, then the characters in order. */
  readonly characters: readonly string[];
  readonly boundary: string;
  readonly blockSize: number;
  /** Names that the preset uses. */
  readonly names: number;
  /** Examples per split; null where the preset has no such split. */
  readonly examples: { readonly train: number; readonly dev: number | null; readonly test: number | null };
  readonly maxSteps: number;
  readonly purpose: Purpose;
  /** The least loss that the examples allow, where the same context has several targets: told where one batch is fitted. */
  readonly floor?: number;
  /** Layers that normalize: in training by the batch's statistics, in evaluation and sampling by the running ones. */
  readonly batchNorms: number;
  /** By which names are drawn unless a request says otherwise. */
  readonly sampler: SamplerFamily;
  /** Sentences about the file: what was skipped, how it was split. */
  readonly notes: readonly string[];
}

export interface Samples {
  readonly request: SampleRequest;
  readonly step: number;
  readonly words: readonly SampledWord[];
  /** How many names were drawn; more than `words` where a bigram was asked for. */
  readonly drawn: number;
}

export interface WatchedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What was training when its window was reloaded is interrupted. */
export type RunStatus = 'idle' | 'starting' | 'running' | 'paused' | 'finished' | 'stopped' | 'interrupted' | 'failed';

/** How often a run is told and kept: the more often, the less it trains. */
export interface Pace {
  readonly lossesPerSecond: number;
  /** Looks inside: densities, embeddings, weights. */
  readonly picturesPerSecond: number;
  /** At least so many seconds lie between two checkpoints, */
  readonly checkpointSeconds: number;
  /** and writing them takes at most this percentage of the time. */
  readonly checkpointPercent: number;
}

export const defaultPace: Pace = {
  lossesPerSecond: 10,
  picturesPerSecond: 4,
  checkpointSeconds: 1,
  checkpointPercent: 5,
};
