import type { Preset } from '../shared/presets';
import type { Origin } from '../shared/sampling';
import { PythonRandom } from './random';
import type { Vocabulary } from './vocabulary';

/** The names of each split, in the order in which their examples are made; null where the preset has no such split. */
export interface Splits {
  readonly train: readonly string[];
  readonly dev: readonly string[] | null;
  readonly test: readonly string[] | null;
  readonly notes: readonly string[];
}

/** Fewer names than this are not split, since a split would be empty. */
const fewestToSplit = 10;

/** `lecture`: Python's `random.seed(42); random.shuffle(words)`, then the first 80 percent, the next 10, the last 10. */
export function splitNames(names: readonly string[], { split, names: first }: Pick<Preset, 'split' | 'names'>): Splits {
  const used = first === undefined ? names : names.slice(0, first);
  if (split === 'whole') return { train: used, dev: null, test: null, notes: [] };
  if (used.length < fewestToSplit) {
    const note = `With fewer than ${fewestToSplit} names, train, dev and test are all the whole file.`;
    return { train: used, dev: used, test: used, notes: [note] };
  }
  const shuffled = [...used];
  new PythonRandom(42).shuffle(shuffled);
  const n1 = Math.floor(0.8 * shuffled.length);
  const n2 = Math.floor(0.9 * shuffled.length);
  return { train: shuffled.slice(0, n1), dev: shuffled.slice(n1, n2), test: shuffled.slice(n2), notes: [] };
}

/** Where each name stands; one that stands in several splits counts for train, then dev. */
export function originsOf(splits: Splits): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const split of ['test', 'dev', 'train'] as const)
    for (const name of splits[split] ?? []) origins.set(name, split);
  return origins;
}

/** Indices into the vocabulary, as narrow as it allows: the contexts are most of what a large file takes. */
export type Tokens = Uint8Array | Uint16Array | Int32Array;

/** Bytes of one index. */
export function bytesPerToken(vocabSize: number): 1 | 2 | 4 {
  return vocabSize <= 2 ** 8 ? 1 : vocabSize <= 2 ** 16 ? 2 : 4;
}

function tokens(vocabSize: number, length: number): Tokens {
  switch (bytesPerToken(vocabSize)) {
    case 1:
      return new Uint8Array(length);
    case 2:
      return new Uint16Array(length);
    case 4:
      return new Int32Array(length);
  }
}

/** Contexts and what follows them. */
export interface Examples {
  readonly length: number;
  readonly blockSize: number;
  /** (length, blockSize) */
  readonly x: Tokens;
  /** (length) */
  readonly y: Tokens;
}

/** A window of `blockSize` characters slides over each name, padded with boundaries in front, up to the boundary behind. */
export function createExamples(names: readonly string[], { stoi, itos }: Vocabulary, blockSize: number): Examples {
  const length = countExamples(names);
  const x = tokens(itos.length, length * blockSize);
  const y = tokens(itos.length, length);
  const context = new Int32Array(blockSize);
  let row = 0;
  const add = (next: number): void => {
    x.set(context, row * blockSize);
    y[row++] = next;
    context.copyWithin(0, 1);
    context[blockSize - 1] = next;
  };
  for (const name of names) {
    context.fill(0);
    for (const c of name) add(stoi.get(c)!);
    add(0);
  }
  return { length, blockSize, x, y };
}

/** One for each character and one for each end. */
export function countExamples(names: readonly string[]): number {
  let count = names.length;
  // A low surrogate is the second half of a character.
  for (const name of names) for (let i = 0; i < name.length; i++) if ((name.charCodeAt(i) & 0xfc00) !== 0xdc00) count++;
  return count;
}

/** Examples with how much each counts; the weights add up to 1. */
export interface WeightedExamples extends Examples {
  /** (length) */
  readonly weights: Float32Array;
}

/**
 * Each distinct example once, in the order of first occurrence, weighted by its share. A sum over all examples is the
 * same sum over these: names.txt's 228,146 bigrams are 604 distinct ones.
 */
export function distinctExamples({ length, blockSize, x, y }: Examples): WeightedExamples {
  const row = (i: number): Tokens => x.subarray(i * blockSize, (i + 1) * blockSize);
  const rowOf = new Map<string, number>();
  const first: number[] = [];
  const count: number[] = [];
  for (let i = 0; i < length; i++) {
    const key = `${row(i).join()}:${y[i]}`;
    const known = rowOf.get(key);
    if (known !== undefined) {
      count[known]++;
      continue;
    }
    rowOf.set(key, first.length);
    first.push(i);
    count.push(1);
  }
  const distinctX = Int32Array.from(first.flatMap(i => [...row(i)]));
  return {
    length: first.length,
    blockSize,
    x: distinctX,
    y: Int32Array.from(first, i => y[i]),
    weights: Float32Array.from(count, n => n / length),
  };
}
