/** What can be chosen about the names of a file beyond where they stand, and only where it makes a difference. */
import { entriesOf } from './entries';
import { firstValuesOf, textOf } from './json';
import { strip } from './name-lines';
import { columnNames, rowsOf } from './table';
import { asRead, type Layout, type Reading, type Table } from '../shared/reading';

/** What stands behind so many UTF-16 units is not looked at while a person waits. */
const mostLookedAt = 250_000;

export interface CountColumn {
  readonly column: number;
  readonly name: string;
  /** The first name, and how often it counts. */
  readonly example: { readonly name: string; readonly times: number };
}

export interface Offers {
  /** A name with upper case, if there is one. */
  readonly upper?: string;
  /** A name that repeats an earlier one, if there is one. */
  readonly repeated?: string;
  /** The column that likeliest says how often each name counts, if there is one. */
  readonly count?: CountColumn;
}

/** @param text a whole file */
export function offersOf(text: string, { layout, normalize }: Pick<Reading, 'layout' | 'normalize'>): Offers {
  let upper: string | undefined;
  let repeated: string | undefined;
  const seen = new Set<string>();
  for (const entry of firstNames(text, layout)) {
    const name = asRead(entry, { normalize, lower: false });
    if (upper === undefined && name !== asRead(name, { normalize, lower: true })) upper = name;
    if (repeated === undefined && seen.size === seen.add(name).size) repeated = name;
    if (upper !== undefined && repeated !== undefined) break;
  }
  const count = layout.kind === 'table' ? countColumnOf(text, layout) : undefined;
  return {
    ...(upper !== undefined && { upper }),
    ...(repeated !== undefined && { repeated }),
    ...(count && { count }),
  };
}

function* firstNames(text: string, layout: Layout): Generator<string, void> {
  if (layout.kind === 'json') {
    for (const value of firstValuesOf(text, mostLookedAt) ?? []) {
      const name = strip(textOf(value, layout.key) ?? '');
      if (name !== '') yield name;
    }
    return;
  }
  for (const { text: entry, aside } of entriesOf(headOf(text), layout)) {
    const name = strip(entry);
    if (aside === undefined && name !== '') yield name;
  }
}

/** Whole lines. */
function headOf(text: string): string {
  return text.length <= mostLookedAt ? text : text.slice(0, text.lastIndexOf('\n', mostLookedAt) + 1 || mostLookedAt);
}

const countHeading = /^(?:counts?|n|freq(?:uency)?|births|total|number|occurrences)$/i;
const otherHeading = /^(?:years?|birth_?year|age|id|index|rank|#|no|date)$/i;
/** Of the rows that are looked at. */
const mostRows = 500;

/** A column that holds nothing but whole numbers, and neither years nor numbers of the rows; one called a count comes first. */
export function countColumnOf(
  text: string,
  table: Pick<Table, 'separator' | 'header' | 'column'>,
): CountColumn | undefined {
  const names = columnNames(table, text);
  const columns = names.map((): number[] | undefined => []);
  let first: readonly { readonly text: string }[] | undefined;
  let isHeader = table.header;
  let rows = 0;
  for (const { cells } of rowsOf(headOf(text), table.separator)) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    first ??= cells;
    for (const [i, numbers] of columns.entries()) {
      const cell = cells[i]?.text.trim() ?? '';
      if (/^\d{1,15}$/.test(cell)) numbers?.push(Number(cell));
      else columns[i] = undefined;
    }
    if (++rows === mostRows) break;
  }
  const name = first?.[table.column]?.text.trim() ?? '';
  const isNamed = (column: number): boolean => table.header && countHeading.test(names[column] ?? '');
  const found = columns.flatMap((numbers, column) => {
    if (column === table.column || !numbers || numbers.length === 0) return [];
    const isOther = table.header && otherHeading.test(names[column] ?? '');
    if (!isNamed(column) && (isOther || areYears(numbers) || areIndices(numbers))) return [];
    return [{ column, name: names[column] ?? '', example: { name, times: numbers[0] ?? 0 } }];
  });
  return found.find(({ column }) => isNamed(column)) ?? found[0];
}

function areYears(numbers: readonly number[]): boolean {
  return numbers.every(n => n >= 1800 && n <= 2100);
}

function areIndices(numbers: readonly number[]): boolean {
  return numbers.length > 1 && numbers.every((n, i) => i === 0 || n === (numbers[i - 1] ?? 0) + 1);
}
