import { at } from '../shared/at';
import { countNgrams, type NgramCounts } from '../shared/ngram-counts';
import type { BigramCounts, CountedLosses, SmoothingCurve, TrigramSlice } from '../shared/run';
import type { Vocabulary } from '../shared/vocabulary';
import type { Splits } from './dataset';

/** P(next | context) in float32, as `P = (N + smoothing).float(); P /= P.sum(-1, keepdims=True)`. Shape (V). */
export function nextProbabilities(n: NgramCounts, smoothing: number, context: ArrayLike<number>): Float32Array {
  const smoothed = smoothedCounts(n, smoothing, context);
  const sum = Math.fround(smoothed.reduce((s, v) => s + v, 0));
  return smoothed.map(v => v / sum);
}

/** `(N + smoothing).log()` (V), in double, so that softmax gives P to the last bit. */
export function nextLogits(n: NgramCounts, smoothing: number, context: ArrayLike<number>): Float64Array {
  return Float64Array.from(smoothedCounts(n, smoothing, context), Math.log);
}

/** The row of a context in `(N + smoothing).float()` (V). */
function smoothedCounts(n: NgramCounts, smoothing: number, context: ArrayLike<number>): Float32Array {
  let row = 0;
  for (let i = 0; i < n.order - 1; i++) row = row * n.vocabSize + at(context, i);
  const counts = n.counts.subarray(row * n.vocabSize, (row + 1) * n.vocabSize);
  return Float32Array.from(counts, count => count + smoothing);
}

/**
 * Mean negative log-likelihood in nats per character under the counts of a model.
 *
 * @param of the n-grams of the names whose likelihood it is: by default those that were counted
 */
export function negativeLogLikelihood(model: NgramCounts, smoothing: number, of = model): number {
  return likelihoodOf(model, of)(smoothing);
}

/** For any smoothing. Most cells of a large table are empty: those that are not are looked up once. */
function likelihoodOf({ counts, vocabSize }: NgramCounts, of: NgramCounts): (smoothing: number) => number {
  const cells = Uint32Array.from(occupied(of.counts));
  const totals = new Float64Array(counts.length / vocabSize);
  // In bounds: rows have vocabSize counts, and the n-grams are of one order.
  for (let row = 0, cell = 0; row < totals.length; row++)
    for (const end = cell + vocabSize; cell < end; cell++) totals[row]! += counts[cell]!;
  return smoothing => {
    let nll = 0;
    for (const cell of cells) {
      const sum = totals[Math.floor(cell / vocabSize)]! + vocabSize * smoothing;
      nll -= of.counts[cell]! * Math.log((counts[cell]! + smoothing) / sum);
    }
    return nll / of.total;
  };
}

function* occupied(counts: Uint32Array): Generator<number, void> {
  for (let cell = 0; cell < counts.length; cell++) if (counts[cell]! > 0) yield cell; // in bounds
}

/** 10^-3 to 10^3, five of each power. */
const smoothings = Array.from({ length: 31 }, (_, i) => 10 ** (i / 5 - 3));

/** Counted on train, evaluated on train and dev: what smoothing costs on the one, and what it saves on the other. */
export function smoothingCurve(
  { train, dev }: Splits,
  names: number,
  vocabulary: Vocabulary,
  order: number,
): SmoothingCurve {
  const model = countNgrams(train, vocabulary, order);
  const unseen = countNgrams(dev ?? [], vocabulary, order);
  return {
    smoothing: smoothings,
    train: smoothings.map(likelihoodOf(model, model)),
    dev: smoothings.map(likelihoodOf(model, unseen)),
    counted: train.length,
    names,
  };
}

/** 16 MB: trigrams of up to 161 characters. */
const mostCounts = 2 ** 22;

/**
 * What knowing how often letters, bigrams, and trigrams occur is worth on the names themselves, in nats per character.
 *
 * @param train names, at least one
 */
export function countedLosses(train: readonly string[], vocabulary: Vocabulary): CountedLosses {
  const orders = [3, 2, 1].filter(order => order === 1 || vocabulary.itos.length ** order <= mostCounts);
  let counts = countNgrams(train, vocabulary, orders[0] ?? 1);
  const losses = orders.map(order => {
    if (order < counts.order) counts = withoutFirst(counts); // going through the names is what takes time
    return negativeLogLikelihood(counts, 0);
  });
  const [letters = NaN, bigrams, trigrams] = losses.reverse();
  return { letters, ...(bigrams !== undefined && { bigrams }), ...(trigrams !== undefined && { trigrams }) };
}

/** The counts of n-grams shorter by one: each ends where one of these does. */
function withoutFirst({ order, vocabSize, counts, total }: NgramCounts): NgramCounts {
  const size = vocabSize ** (order - 1);
  const shorter = new Uint32Array(size);
  counts.forEach((n, i) => (shorter[i % size]! += n)); // in bounds: i % size < size
  return { order: order - 1, vocabSize, counts: shorter, total };
}

/** A matrix of more characters is no longer a picture: only the most frequent ones are shown. */
const mostShown = 200;

/** The bigram matrix to look at, for vocabularies of any size. */
export function bigramCounts(names: readonly string[], vocabulary: Vocabulary): BigramCounts {
  const { itos, stoi } = vocabulary;
  const begun = new Uint32Array(itos.length); // how many bigrams begin with each character
  eachTrigram(names, stoi, (_, first) => begun[first]!++);
  const shown = Array.from(itos.keys())
    .sort((a, b) => (a === 0 ? -1 : b === 0 ? 1 : at(begun, b) - at(begun, a)))
    .slice(0, mostShown)
    .sort((a, b) => a - b);
  return tabulate(names, vocabulary, shown, () => true);
}

/**
 * What follows a character and then any other one. Names are padded with two boundaries in front, as for the model.
 *
 * @param tokens the characters that are shown
 * @param first one of the vocabulary's
 */
export function trigramSlice(
  names: readonly string[],
  vocabulary: Vocabulary,
  tokens: readonly string[],
  first: string,
): TrigramSlice {
  const index = (c: string): number => vocabulary.stoi.get(c)!; // all of them are characters of the names
  const before = index(first);
  return { first, ...tabulate(names, vocabulary, tokens.map(index), c => c === before) };
}

/** Counts the pairs of characters whose character before is wanted. In bounds: tokens are below V, places among those shown. */
function tabulate(
  names: readonly string[],
  { itos, stoi }: Vocabulary,
  shown: readonly number[],
  isWanted: (before: number) => boolean,
): BigramCounts {
  const place = new Int32Array(itos.length).fill(-1);
  shown.forEach((token, i) => (place[token] = i));
  const rowTotals = new Uint32Array(itos.length);
  const counts = new Uint32Array(shown.length ** 2);
  let total = 0;
  eachTrigram(names, stoi, (before, first, second) => {
    if (!isWanted(before)) return;
    total++;
    rowTotals[first]!++;
    const row = place[first]!;
    const column = place[second]!;
    if (row >= 0 && column >= 0) counts[row * shown.length + column]!++;
  });
  return {
    tokens: shown.map(token => at(itos, token)),
    vocabSize: itos.length,
    counts,
    rowTotals: Uint32Array.from(shown, token => at(rowTotals, token)),
    total,
  };
}

function eachTrigram(
  names: readonly string[],
  stoi: ReadonlyMap<string, number>,
  visit: (before: number, first: number, second: number) => void,
): void {
  for (const name of names) {
    let before = 0;
    let first = 0;
    const add = (second: number): void => {
      visit(before, first, second);
      before = first;
      first = second;
    };
    for (const c of name) add(stoi.get(c)!); // the vocabulary has every character of the names
    add(0);
  }
}
