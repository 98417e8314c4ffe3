import type { Batch } from '../../../src/shared/inspection';
import { countOf, formatInteger } from '../../draw/format';

/** An example as the lectures list it: "..e → m". Characters one by one, as a vocabulary has them. */
export interface ListedExample {
  readonly context: readonly string[];
  readonly target: readonly string[];
}

/** Whether the examples are whole names, whose every character is a target. */
export function isOfNames({ y }: Batch): boolean {
  return y.shape[1] > 1;
}

/**
 * "32 examples: the characters that the model sees, and the one that follows."
 *
 * @param all how many examples there are, where every batch has all of them; each distinct one may stand in it once
 */
export function batchSentence(batch: Batch, all?: number): string {
  const known = batch.x.shape[0];
  const first = known < batch.rows ? `, of which the first ${formatInteger(known)} are known here` : '';
  if (isOfNames(batch))
    return `${countOf(batch.rows, 'name')}${first}: what goes in → what follows each of its characters.`;
  const distinct = all !== undefined && all > batch.rows ? ` of ${formatInteger(all)}, each distinct one once` : '';
  return `${countOf(batch.rows, 'example')}${distinct}${first}: the characters that the model sees → the one that follows.`;
}

/** @param characters `itos` */
export function listedExample({ x, y }: Batch, characters: readonly string[], example: number): ListedExample {
  const read = ({ shape, values }: Batch['x'], length: number): string[] =>
    Array.from(values.subarray(example * shape[1], example * shape[1] + length), index => characters[index]);
  const [T, targets] = [x.shape[1], y.shape[1]];
  const ends = y.values.subarray(example * targets, (example + 1) * targets).indexOf(-1);
  const length = ends < 0 ? targets : ends; // of a name that is shorter than the longest
  return { context: read(x, targets > 1 ? length : T), target: read(y, length) };
}

/** What a row of a layer looks at: a context, the part of it that goes into the row, and the target. */
export interface ListedRow {
  readonly before: string;
  readonly part: string;
  readonly after: string;
  readonly target: string;
}

/**
 * @param row example * places + place; the place is one of the groups into which the context is divided, or a character
 * of a name
 */
export function listedRow(batch: Batch, characters: readonly string[], row: number, places: number): ListedRow {
  const example = Math.floor(row / places);
  const place = row % places;
  const { context, target } = listedExample(batch, characters, example);
  const text = (start: number, end: number): string => context.slice(start, end).join('');
  if (isOfNames(batch)) return { before: '', part: text(0, place + 1), after: '', target: target[place] };
  const size = context.length / places;
  const [start, end] = [place * size, (place + 1) * size];
  return { before: text(0, start), part: text(start, end), after: text(end, context.length), target: target[0] };
}

/** The examples that a name gives, one for each character and one for its end. */
export function examplesOfName(name: string, boundary: string, blockSize: number): ListedExample[] {
  const padded = [...Array<string>(blockSize).fill(boundary), ...name, boundary];
  return padded.slice(blockSize).map((target, i) => ({ context: padded.slice(i, i + blockSize), target: [target] }));
}
