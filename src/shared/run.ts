/** The facts about a run: the vocabulary of the protocol and of the state. */
import { isCharacter } from './characters';
import { quote } from './errors';
import { refusal, whole } from './kinds';
import { maxFileBytes } from './limits';
import { plainReading, type Reading } from './reading';
import type { SampledWord, SampleRequest, SamplerFamily } from './sampling';

/** The first is the default. */
export const engineIds = ['compiled', 'tfjs-wasm', 'tfjs-cpu'] as const;
export type EngineId = (typeof engineIds)[number];

/** How far a run is that has not begun yet: what is done now, and the share of all that there is to do, from 0 to 1. */
export interface Preparation {
  readonly stage: 'reading' | 'building' | 'counting';
  readonly share: number;
}

/**
 * What a run is for: to train; to raise the learning rate step by step and see where the loss falls and where it diverges;
 * to fit one batch, which shows whether the model can learn at all.
 */
export type Purpose = 'train' | 'rangeTest' | 'overfit';

/** How a run is carried out. */
export interface RunOptions {
  readonly engine: EngineId;
  /** The character that marks where names begin and end. */
  readonly boundary: string;
  readonly purpose: Purpose;
  /** How presets that split as the lectures do divide the names. */
  readonly split: SplitShares;
  /** How names are drawn unless a request says otherwise. */
  readonly sampler: SamplerFamily;
  readonly reading: Reading;
  /** Names of more characters are left out; 0 leaves none out. */
  readonly maxLength: number;
}

/** Percentages of the names, after Python's `random`, seeded, has shuffled them. */
export interface SplitShares {
  readonly train: number;
  readonly dev: number;
  readonly test: number;
  readonly seed: number;
}

/** The character that the lectures use. */
export const defaultBoundary = '.';
export const defaultSplit: SplitShares = { train: 80, dev: 10, test: 10, seed: 42 };
export const defaultRunOptions: RunOptions = {
  engine: 'compiled',
  boundary: defaultBoundary,
  purpose: 'train',
  split: defaultSplit,
  sampler: 'exponential',
  reading: plainReading,
  maxLength: 0,
};

/** No name can be longer than a file. */
export const largestMaxLength = maxFileBytes;

/** One word of Python's `random`. */
export const splitSeed = whole(0, 2 ** 32 - 1);

/** Why names cannot be split like this, as a sentence; undefined if they can. */
export function splitProblem({ train, dev, test, seed }: SplitShares): string | undefined {
  const areShares = [train, dev, test].every(share => Number.isInteger(share) && share >= 1);
  if (!areShares || train + dev + test !== 100)
    return `A split needs three whole percentages from 1 on that are 100 together, such as 80/10/10, but it is ${[train, dev, test].map(quote).join('/')}.`;
  return splitSeed.read(seed) === undefined ? refusal('The seed of a split', splitSeed, seed) : undefined;
}

/** Why a text cannot be the boundary character, as a sentence; undefined if it can. */
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

/** Nats per character over whole splits; null for a split that the preset does not have. */
export interface Evaluation {
  readonly step: number;
  readonly train?: number | null;
  readonly dev?: number | null;
  readonly test?: number | null;
  /** The same with the statistics of the whole train split instead of the running ones, if there is batch normalization. */
  readonly calibrated?: { readonly train: number | null; readonly dev: number | null };
}

/** Nats per character of n-grams counted on the lecture's train split, by what is added to each count. */
export interface SmoothingCurve {
  readonly smoothing: readonly number[];
  readonly train: readonly number[];
  readonly dev: readonly number[];
  /** How many of the names were counted; with very few names, all are, and dev is no other than train. */
  readonly counted: number;
  readonly names: number;
}

/**
 * Nats per character that counting reaches on the names that it counted, those of train: without smoothing, the least that a
 * model can reach that sees no more. A table that would be too large is not counted.
 */
export interface CountedLosses {
  readonly letters: number;
  readonly bigrams?: number;
  readonly trigrams?: number;
}

/** The bigrams of the names, for the characters that are shown: the most frequent ones of a large vocabulary. */
export interface BigramCounts {
  /** Characters in the order of rows and columns; the boundary is the first. */
  readonly tokens: readonly string[];
  readonly vocabSize: number;
  /** (tokens, tokens), row-major: row is the first character of the bigram. */
  readonly counts: Uint32Array;
  /** Bigrams that begin with each shown character, including those that end with one that is not shown. */
  readonly rowTotals: Uint32Array;
  readonly total: number;
}

/** The trigrams that begin with one character: the row is the second character, and the column what follows both. */
export interface TrigramSlice extends BigramCounts {
  readonly first: string;
}

/** Where characters occur next to each other, in the file as it is now. */
export interface Places {
  /** Two or three; a boundary stands for the beginning or the end of a name. */
  readonly characters: readonly string[];
  /** The first names that contain them, with their lines, counted from 0. */
  readonly names: readonly { readonly text: string; readonly line: number }[];
  /** How many names contain them, and how often in all, as far as the file was read. */
  readonly holding: number;
  readonly occurrences: number;
  /** The search ended before the file did, since nobody looks at more places. */
  readonly more?: true;
  /** How many occurrences are marked in the editor; 0 once the editor is closed. */
  readonly marked: number;
}

/** What is known about a run once its model is built. */
export interface RunInfo {
  /** What executes the steps. If it is not the one that was asked for, a note says why. */
  readonly engine: EngineId;
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly parameterCount: number;
  readonly vocabSize: number;
  /** `itos`: the boundary, then the characters in order. */
  readonly characters: readonly string[];
  readonly boundary: string;
  readonly reading: Reading;
  /** Names of more characters were left out, if there is such a length. */
  readonly maxLength?: number;
  readonly blockSize: number;
  /** How many names the preset uses. */
  readonly names: number;
  /** Examples per split; null for a split that the preset does not have. */
  readonly examples: { readonly train: number; readonly dev: number | null; readonly test: number | null };
  readonly maxSteps: number;
  readonly purpose: Purpose;
  /** The least loss that the batch allows, given that a context can have several targets: only if one batch is fitted. */
  readonly floor?: number;
  /** What the losses can be held against; runs of earlier versions have none. */
  readonly countedLosses?: CountedLosses;
  /** How many layers normalize: in training by the batch's statistics, in evaluation and sampling by the running ones. */
  readonly batchNorms: number;
  /** How names are drawn unless a request says otherwise. */
  readonly sampler: SamplerFamily;
  /** The most bytes that the run is expected to take. */
  readonly memory?: number;
  /** The one name that makes every step dearer, if there is one; a note says so too. */
  readonly longName?: LongName;
  /** Sentences about the file: what was skipped, how it was split. */
  readonly notes: readonly string[];
}

/** What is told of a run whose model is not there. */
export type RunFacts = Pick<RunInfo, 'names' | 'notes' | 'vocabSize' | 'parameterCount' | 'countedLosses'>;

export function factsOf({ names, notes, vocabSize, parameterCount, countedLosses }: RunInfo): RunFacts {
  return { names, notes, vocabSize, parameterCount, ...(countedLosses && { countedLosses }) };
}

export interface LongName {
  readonly sentence: string;
  /** How long names may be so that it is left out. */
  readonly maxLength: number;
}

/** Names as the model draws them at a step. */
export interface DrawnNames {
  readonly step: number;
  readonly words: readonly SampledWord[];
}

/**
 * How many of the different names that were drawn are in train and in the held-out split. A name that stands in the file
 * several times does not count, since it is likely to be in train, whatever the model has learned.
 */
export interface KnownNames {
  readonly train: number;
  readonly heldOut: number;
}

export interface Samples extends DrawnNames {
  readonly request: SampleRequest;
  /** How many names were drawn: more than there are `words` if a bigram was asked for. */
  readonly drawn: number;
  /** Only of many names. */
  readonly known?: KnownNames;
}

export interface WatchedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What a run with a model does, or how it ended: diverged at a loss that was not a number. */
export const trainingStatuses = ['running', 'paused', 'finished', 'stopped', 'diverged'] as const;
export type TrainingStatus = (typeof trainingStatuses)[number];

/** A run is interrupted if its window was reloaded while it trained. */
export type RunStatus = TrainingStatus | 'idle' | 'starting' | 'interrupted' | 'failed';

/** How often a run reports and is saved: the more often, the less time is left for training. */
export interface Pace {
  readonly lossesPerSecond: number;
  /** Pictures of the inside: densities, embeddings, weights. */
  readonly picturesPerSecond: number;
  /** The least number of seconds between two checkpoints. */
  readonly checkpointSeconds: number;
  /** The largest percentage of the time that writing them may take. */
  readonly checkpointPercent: number;
}

export const defaultPace: Pace = {
  lossesPerSecond: 10,
  picturesPerSecond: 4,
  checkpointSeconds: 1,
  checkpointPercent: 5,
};
