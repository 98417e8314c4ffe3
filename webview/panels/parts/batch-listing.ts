import { at } from '../../../src/shared/at';
import type { Batch } from '../../../src/shared/inspection';
import type { WatchedTensor } from '../../../src/shared/run';
import { countOf, formatInteger } from '../../draw/format';

/** An example as the lectures list it: "..e → m", character by character. */
export interface ListedExample {
  readonly context: readonly string[];
  readonly target: readonly string[];
}

/** Whether the examples are whole names, in which every character is a target. */
export function isOfNames({ y }: Batch): boolean {
  return rowLength(y) > 1;
}

/** The number of examples that are known: the first ones, of a very large batch. */
export function knownExamples({ x }: Batch): number {
  return at(x.shape, 0);
}

/**
 * "32 examples: the characters that the model sees, and the one that follows."
 *
 * @param all the number of examples, where every batch has all of them; it may have each distinct one only once
 */
export function batchSentence(batch: Batch, all?: number): string {
  const known = knownExamples(batch);
  const first = known < batch.rows ? `, of which the first ${formatInteger(known)} are known here` : '';
  if (isOfNames(batch))
    return `${countOf(batch.rows, 'name')}${first}: what goes in → what follows each of its characters.`;
  const distinct = all !== undefined && all > batch.rows ? ` of ${formatInteger(all)}, each distinct one once` : '';
  return `${countOf(batch.rows, 'example')}${distinct}${first}: the characters that the model sees → the one that follows.`;
}

/** @param characters `itos` */
export function listedExample({ x, y }: Batch, characters: readonly string[], example: number): ListedExample {
  const read = (indices: WatchedTensor, length: number): string[] => {
    const start = example * rowLength(indices);
    return Array.from(indices.values.subarray(start, start + length), index => at(characters, index));
  };
  const targets = rowLength(y);
  const end = y.values.subarray(example * targets, (example + 1) * targets).indexOf(-1);
  const length = end < 0 ? targets : end; // of a name that is shorter than the longest
  return { context: read(x, targets > 1 ? length : rowLength(x)), target: read(y, length) };
}

/** The T of (B, T). */
function rowLength({ shape }: WatchedTensor): number {
  return at(shape, 1);
}

/** What a row of a layer sees: a context, the part of it that goes into the row, and the target. */
export interface ListedRow {
  readonly before: string;
  readonly part: string;
  readonly after: string;
  readonly target: string;
}

/**
 * @param row example * places + place, where a place is one of the groups that the context is divided into, or a
 * character of a name
 */
export function listedRow(batch: Batch, characters: readonly string[], row: number, places: number): ListedRow {
  const example = Math.floor(row / places);
  const place = row % places;
  const { context, target } = listedExample(batch, characters, example);
  const text = (start: number, end: number): string => context.slice(start, end).join('');
  if (isOfNames(batch)) return { before: '', part: text(0, place + 1), after: '', target: at(target, place) };
  const size = context.length / places;
  const [start, end] = [place * size, (place + 1) * size];
  return { before: text(0, start), part: text(start, end), after: text(end, context.length), target: at(target, 0) };
}

/** The examples that a name gives, one for each character and one for its end. */
export function examplesOfName(name: string, boundary: string, blockSize: number): ListedExample[] {
  const padded = [...Array<string>(blockSize).fill(boundary), ...name, boundary];
  return padded.slice(blockSize).map((target, i) => ({ context: padded.slice(i, i + blockSize), target: [target] }));
}
