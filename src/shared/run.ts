/** What there is to know of a run: the vocabulary of the protocol and of the state. */
import type { SampledWord, SampleRequest } from './sampling';

export type EngineId = 'compiled' | 'tfjs-wasm' | 'tfjs-cpu';

/** The first is the default. */
export const engineIds: readonly EngineId[] = ['compiled', 'tfjs-wasm', 'tfjs-cpu'];

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

/** What is known of a run once its model stands. */
export interface RunInfo {
  /** What executes the steps, which may be another than was asked for: then a note tells why. */
  readonly engine: EngineId;
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly parameterCount: number;
  readonly vocabSize: number;
  readonly boundary: string;
  readonly blockSize: number;
  /** Names that the preset uses. */
  readonly names: number;
  /** Examples per split; null where the preset has no such split. */
  readonly examples: { readonly train: number; readonly dev: number | null; readonly test: number | null };
  readonly maxSteps: number;
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

export type RunStatus = 'idle' | 'starting' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';
