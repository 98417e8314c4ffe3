import { at } from '../shared/at';
import { countCharacters } from '../shared/names';
import type { Preset } from '../shared/presets';
import { defaultSplit, type SplitShares } from '../shared/run';
import type { Origin } from '../shared/sampling';
import type { Vocabulary } from '../shared/vocabulary';
import { PythonRandom, type TorchGenerator } from './random';

/** The names of each split, in the order in which their examples are made; null for a split that the preset does not have. */
export interface Splits {
  readonly train: readonly string[];
  readonly dev: readonly string[] | null;
  readonly test: readonly string[] | null;
  readonly notes: readonly string[];
}

/** Fewer names are not split, since a split would be empty. */
const fewestToSplit = 10;
/** makemore.py tests on a tenth of the names, but on no more than this. */
const mostTestNames = 1000;

/**
 * `lecture`: Python's `random.seed(42); random.shuffle(words)`, then the first 80 percent, the next 10, the last 10, or other
 * shares with another seed. `makemore`: `torch.randperm(len(words))`, the last of which are for testing.
 *
 * @param g draws the permutation of `makemore`, before it draws the weights
 */
export function splitNames(
  names: readonly string[],
  { split, names: first }: Pick<Preset, 'split' | 'names'>,
  g: TorchGenerator,
  shares: SplitShares = defaultSplit,
): Splits {
  const used = first === undefined ? names : names.slice(0, first);
  if (split === 'whole') return { train: used, dev: null, test: null, notes: [] };
  const order = split === 'makemore' ? Array.from(g.randperm(used.length), i => at(used, i)) : [...used];
  if (used.length < fewestToSplit) {
    const note = `With fewer than ${fewestToSplit} names, ${split === 'makemore' ? 'train and test' : 'train, dev and test'} are all the whole file.`;
    return { train: order, dev: split === 'makemore' ? null : order, test: order, notes: [note] };
  }
  if (split === 'makemore') {
    const n = order.length - Math.min(mostTestNames, Math.floor(0.1 * order.length));
    return withOverlaps({ train: order.slice(0, n), dev: null, test: order.slice(n), notes: [] });
  }
  new PythonRandom(shares.seed).shuffle(order);
  const n1 = Math.floor((shares.train / 100) * order.length);
  const n2 = Math.floor(((shares.train + shares.dev) / 100) * order.length);
  if (n1 === 0 || n1 === n2 || n2 === order.length) {
    const note = `${order.length} names are too few for such a split: train, dev and test are all the whole file.`;
    return { train: order, dev: order, test: order, notes: [note] };
  }
  return withOverlaps({ train: order.slice(0, n1), dev: order.slice(n1, n2), test: order.slice(n2), notes: [] });
}

/** Names with each as often as it counts, one after another. */
export function repeatNames(names: readonly string[], counts: ReadonlyMap<string, number>): string[] {
  const repeated: string[] = [];
  for (const name of names) for (let n = counts.get(name) ?? 1; n > 0; n--) repeated.push(name);
  return repeated;
}

/** Splits in which each name stands as often as it counts: none is in two of them. */
export function repeatInSplits(splits: Splits, counts: ReadonlyMap<string, number>): Splits {
  const { train, dev, test } = splits;
  return {
    ...splits,
    train: repeatNames(train, counts),
    dev: dev && repeatNames(dev, counts),
    test: test && repeatNames(test, counts),
  };
}

/** Adds a note about names of dev and test that are in train too, as they say nothing about unseen names. */
function withOverlaps(splits: Splits): Splits {
  const train = new Set(splits.train);
  const shared = (['dev', 'test'] as const).flatMap(split => {
    const names = splits[split] ?? [];
    const count = names.filter(name => train.has(name)).length;
    return count > 0
      ? [`${count.toLocaleString('en-US')} of the ${names.length.toLocaleString('en-US')} ${split} names`]
      : [];
  });
  const notes = shared.length > 0 ? [`${shared.join(' and ')} also appear in train.`] : [];
  return { ...splits, notes: [...splits.notes, ...notes] };
}

/** The split of each name; a name in several splits counts for train, then dev. */
export function originsOf(splits: Splits): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const split of ['test', 'dev', 'train'] as const)
    for (const name of splits[split] ?? []) origins.set(name, split);
  return origins;
}

/** Indices into the vocabulary, as narrow as it allows: contexts are most of the memory that a large file takes. */
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

/** A window of `blockSize` characters slides over each name, from boundaries only to the one that ends the name. */
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
    for (const c of name) add(stoi.get(c)!); // the vocabulary has every character of the names
    add(0);
  }
  return { length, blockSize, x, y };
}

/** Whole names for makemore.py's models, each with its boundary in front. */
export interface Sequences {
  readonly length: number;
  readonly blockSize: number;
  /** (length, blockSize): a boundary, the characters, then boundaries. */
  readonly x: Tokens;
  /** Characters of each name; a name of n characters has n + 1 targets. */
  readonly lengths: Int32Array;
}

export function createSequences(names: readonly string[], { stoi, itos }: Vocabulary, blockSize: number): Sequences {
  const x = tokens(itos.length, names.length * blockSize);
  const lengths = new Int32Array(names.length);
  names.forEach((name, row) => {
    let t = 0;
    for (const c of name) x[row * blockSize + ++t] = stoi.get(c)!; // the vocabulary has every character of the names
    lengths[row] = t;
  });
  return { length: names.length, blockSize, x, lengths };
}

/** One for each character and one for the end of each name. */
export function countExamples(names: readonly string[]): number {
  let count = names.length;
  for (const name of names) count += countCharacters(name);
  return count;
}

/** Examples with how much each counts; the weights add up to 1. */
export interface WeightedExamples extends Examples {
  /** (length), or one weight for all. */
  readonly weights: Float32Array | number;
}

/** With more possible examples, the table that finds repeated ones takes more than it saves. */
export const mostPossible = 2 ** 24;

/**
 * Each distinct example once, in the order of first occurrence, weighted by its share. A sum over all examples equals the
 * weighted sum over these: the 228,146 bigrams of names.txt are 627 distinct ones. If contexts are so long that few repeat,
 * the examples stay as they are.
 */
export function distinctExamples(examples: Examples, vocabSize: number): WeightedExamples {
  const { length, blockSize, x, y } = examples;
  const possible = vocabSize ** (blockSize + 1);
  if (possible > mostPossible) return { ...examples, weights: 1 / length };
  const rowOf = new Int32Array(possible); // row + 1; 0 for an example that has not occurred yet
  const first: number[] = [];
  const count: number[] = [];
  // In bounds: i < length, t < blockSize, and a key is less than `possible`.
  for (let i = 0; i < length; i++) {
    let key = y[i]!; // the example as a number in base V
    for (let t = 0; t < blockSize; t++) key = key * vocabSize + x[i * blockSize + t]!;
    const row = rowOf[key]! - 1;
    if (row >= 0) count[row]!++;
    else {
      rowOf[key] = first.push(i);
      count.push(1);
    }
  }
  const distinct = tokens(vocabSize, first.length * blockSize);
  first.forEach((i, row) => distinct.set(x.subarray(i * blockSize, (i + 1) * blockSize), row * blockSize));
  return {
    length: first.length,
    blockSize,
    x: distinct,
    y: tokens(vocabSize, first.length).map((_, row) => at(y, at(first, row))),
    weights: Float32Array.from(count, n => n / length),
  };
}
