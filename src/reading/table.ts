import Papa from 'papaparse';
import { linesOf } from './name-lines';
import { separators, type Separator, type Table } from '../shared/reading';

export interface Cell {
  readonly text: string;
  /** In UTF-16 units, in the line where the row begins. */
  readonly start: number;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** Where the row begins, counted from 1. */
  readonly line: number;
}

/** A quote that nobody closes would otherwise take the rest of the file with it. */
const mostLinesOfRow = 100;

/** The rows that are not blank. Only rows with a separator or a quote in quotes need the parser: it is slow, row by row. */
export function* rowsOf(text: string, separator: Separator): Generator<Row, void> {
  let number = 0;
  let open: string[] = []; // the lines of a row whose quote is not closed yet
  const apart = (): Row[] =>
    open.map((line, i) => ({ cells: unquoted(line, separator), line: number - open.length + 1 + i }));
  for (const line of linesOf(text)) {
    number++;
    const simple = open.length === 0 ? simpleCells(line, separator) : undefined;
    if (simple) {
      if (line.trim() !== '') yield { cells: simple, line: number };
      continue;
    }
    open.push(line);
    const cells = quoted(open.join('\n'), separator);
    if (cells) yield { cells, line: number - open.length + 1 };
    else if (open.length < mostLinesOfRow) continue;
    else yield* apart();
    open = [];
  }
  yield* apart();
}

function unquoted(line: string, separator: Separator): Cell[] {
  let start = 0;
  return line.split(separator).map(text => {
    const cell = { text, start };
    start += text.length + 1;
    return cell;
  });
}

/** Of a row in which nothing but separators separates: each cell has quotes all around it, or none. */
function simpleCells(line: string, separator: Separator): Cell[] | undefined {
  const cells = unquoted(line, separator);
  if (!line.includes('"')) return cells;
  if (!cells.every(({ text }) => !text.includes('"') || /^"[^"]*"$/.test(text))) return undefined;
  return cells.map(cell =>
    cell.text.startsWith('"') ? { text: cell.text.slice(1, -1), start: cell.start + 1 } : cell,
  );
}

/** Undefined for a row whose last quote is not closed. */
function quoted(row: string, separator: Separator): Cell[] | undefined {
  const { data, errors } = Papa.parse<string[]>(row, { delimiter: separator, newline: '\n' });
  if (errors.some(({ code }) => code === 'MissingQuotes')) return undefined;
  let start = 0;
  return (data[0] ?? []).map(text => {
    const found = row.indexOf(text, start); // not found where a quote stands doubled in it
    start = found < 0 ? start : found + text.length;
    return { text, start: found < 0 ? start : found };
  });
}

/** The names of the columns; those without one have their number. */
export function columnNames({ separator, header }: Pick<Table, 'separator' | 'header'>, text: string): string[] {
  const [first] = rowsOf(text, separator);
  return (first?.cells ?? []).map((cell, i) => (header && cell.text.trim()) || `column ${i + 1}`);
}

/** What separates the cells of a text that is a table: the same number of them in nearly every row. */
export function separatorOf(text: string): Separator | undefined {
  const evenness = separators.map(separator => ({ separator, share: evenShare(text, separator) }));
  const best = evenness.reduce((a, b) => (b.share > a.share ? b : a));
  return best.share >= 0.9 ? best.separator : undefined;
}

/** Which share of the rows has as many cells as most of them; 0 if most have one. */
function evenShare(text: string, separator: Separator): number {
  const widths = new Map<number, number>();
  let rows = 0;
  for (const { cells } of rowsOf(text, separator)) {
    rows++;
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  }
  const [width = 1, times = 0] = [...widths].reduce<[number, number] | []>((a, b) => (b[1] > (a[1] ?? 0) ? b : a), []);
  return width > 1 && rows > 1 ? times / rows : 0;
}
