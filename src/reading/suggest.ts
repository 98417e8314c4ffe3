import { separatorOf, columnNames, rowsOf } from './table';
import { entriesOf, heading, itemMark } from './entries';
import { firstValuesOf } from './json';
import { linesOf } from './name-lines';
import { isFields } from '../shared/fields';
import type { Layout, Separator } from '../shared/reading';

/** A way to read a file. */
export interface Suggestion {
  readonly layout: Layout;
  /** To be read after "the names are". */
  readonly label: string;
  /** The first names that it finds. */
  readonly examples: readonly string[];
}

/** Nothing after so many UTF-16 units, or lines, decides how a file is read: a person waits. */
const mostUnits = 64 * 1024;
const mostLines = 500;
const mostExamples = 3;
/** A file with so many words a line is text, or a list in one line. */
const manyWords = 4;

/**
 * The ways in which a file may be meant, the likeliest one first. A file with a name per line, and nothing else, has one.
 *
 * @param text a whole file
 */
export function suggestLayouts(text: string): Suggestion[] {
  const whole = text.startsWith('\ufeff') ? text.slice(1) : text;
  const head = headOf(whole);
  const plain = suggestion({ kind: 'lines' }, 'every line as it stands', head);
  for (const find of [() => jsonWays(whole), () => tableWays(head), () => listWays(head)]) {
    const ways = find();
    if (ways.length > 0) return [...ways, plain];
  }
  return averageWords(head) >= manyWords ? [plain, suggestion({ kind: 'words' }, 'the words', head)] : [plain];
}

/** Whole lines, as far as they are looked at. */
function headOf(text: string): string {
  const head = text.length <= mostUnits ? text : text.slice(0, text.lastIndexOf('\n', mostUnits) + 1 || mostUnits);
  const lines: string[] = [];
  for (const line of linesOf(head)) if (lines.push(line) === mostLines) break;
  return lines.join('\n');
}

function suggestion(layout: Layout, label: string, head: string): Suggestion {
  return { layout, label, examples: firstNames(textsOf(head, layout)) };
}

function* textsOf(head: string, layout: Layout): Generator<string, void> {
  for (const { text, aside } of entriesOf(head, layout)) if (!aside) yield text;
}

function firstNames(texts: Iterable<string>): string[] {
  const names: string[] = [];
  for (const text of texts) {
    if (text.trim() === '') continue;
    names.push(text.trim());
    if (names.length === mostExamples) break;
  }
  return names;
}

/** Whether numbers, dates and codes of one letter fill a column says whether names do. */
function nameShare(cells: readonly string[]): number {
  const names = cells.filter(cell => /\p{L}.*\p{L}/u.test(cell) && !/\d{2}/.test(cell));
  return cells.length === 0 ? 0 : (names.length / cells.length) * (new Set(names).size / names.length || 0);
}

const nameHeading = /^(?:.*[\s_-])?(?:names?|title|word|town|city|surname)$|^(?:first|last|given|full|baby)_?name$/i;
const knownHeading =
  /^(?:sex|gender|count|n|freq(?:uency)?|rank|year|id|index|number|no|#|date|country|age|births|total)$/i;

function tableWays(head: string): Suggestion[] {
  const separator = separatorOf(head) ?? (isQuotedColumn(head) || isHeadedColumn(head) ? ',' : undefined);
  if (separator === undefined) return [];
  const rows = [...rowsOf(head, separator)].map(({ cells }) => cells.map(cell => cell.text.trim()));
  const header = isHeader(rows);
  const names = columnNames({ separator, header }, head);
  const body = header ? rows.slice(1) : rows;
  return names
    .map((name, column) => {
      const share = nameShare(body.flatMap(row => row[column] ?? []));
      const isNamed = header && nameHeading.test(name);
      return { column, name, share, score: share + (isNamed ? 1 : 0) };
    })
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ column, name }) => {
      const layout = { kind: 'table', separator, header, column } as const;
      return suggestion(layout, header ? `the column "${name}"` : name, head);
    });
}

/** The first row names the columns if it has a word that does, or letters over a column of numbers. */
function isHeader([first, ...rest]: readonly (readonly string[])[]): boolean {
  if (!first || rest.length === 0) return false;
  if (first.some(cell => nameHeading.test(cell) || knownHeading.test(cell))) return true;
  const isNumber = (cell: string | undefined): boolean =>
    cell !== undefined && cell !== '' && !Number.isNaN(Number(cell.replace(',', '.')));
  return first.some((cell, i) => cell !== '' && !isNumber(cell) && rest.every(row => isNumber(row[i])));
}

/** One column that begins with a word such as "name": nobody is called that. */
function isHeadedColumn(head: string): boolean {
  const [first = '', second] = [...linesOf(head)].filter(line => line.trim() !== '');
  return second !== undefined && /^[\p{L}_ -]+$/u.test(first) && nameHeading.test(first.trim());
}

/** One column in quotes, perhaps with a heading. */
function isQuotedColumn(head: string): boolean {
  const lines = [...linesOf(head)].filter(line => line.trim() !== '');
  const inQuotes = lines.filter(line => /^\s*".*"\s*$/.test(line)).length;
  return inQuotes > 0 && inQuotes >= lines.length - 1;
}

/** Of the objects only the first: each may have keys of its own. */
const mostObjects = 1000;

function jsonWays(text: string): Suggestion[] {
  const values = firstValuesOf(text, mostUnits);
  if (!values) return [];
  const texts = values.filter(value => typeof value === 'string');
  if (texts.length > 0)
    return [{ layout: { kind: 'json' }, label: 'the texts of the JSON', examples: firstNames(texts) }];
  const textsByKey = new Map<string, string[]>();
  for (const object of values.filter(isFields).slice(0, mostObjects))
    for (const [key, value] of Object.entries(object)) {
      if (typeof value !== 'string') continue;
      const known = textsByKey.get(key);
      if (known) known.push(value);
      else textsByKey.set(key, [value]);
    }
  return [...textsByKey]
    .map(([key, texts]) => {
      const share = nameShare(texts);
      return { key, texts, share, score: share + (nameHeading.test(key) ? 1 : 0) };
    })
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ key, texts }) => ({
      layout: { kind: 'json', key },
      label: `the values of "${key}"`,
      examples: firstNames(texts),
    }));
}

/** Half of the lines have a mark, or some are headings and comments. */
function listWays(head: string): Suggestion[] {
  const lines = [...linesOf(head)].filter(line => line.trim() !== '');
  const marked = lines.filter(line => itemMark.test(line)).length;
  const headings = lines.filter(line => heading.test(line)).length;
  const ended = lines.filter(line => /[,;]\s*$/.test(line)).length;
  const isList = [marked, ended].some(n => n >= 2 && n >= (lines.length - headings) * 0.5);
  if (!isList && (headings === 0 || headings === lines.length)) return [];
  return [suggestion({ kind: 'list' }, 'the items of the list', head)];
}

function averageWords(head: string): number {
  let [lines, words] = [0, 0];
  for (const line of linesOf(head)) {
    const found = line.match(/[^\s,;]+/g)?.length ?? 0;
    if (found > 0) lines++;
    words += found;
  }
  return lines === 0 ? 0 : words / lines;
}

/** Columns of few values, which can be filtered by. */
export interface Filter {
  readonly column: number;
  readonly name: string;
  readonly values: readonly { readonly is: string; readonly rows: number }[];
}

const mostValues = 12;

/** What else a table can be filtered by, such as sex or year: by columns in which few values repeat. */
export function filtersOf(text: string, table: { separator: Separator; header: boolean; column: number }): Filter[] {
  const names = columnNames(table, text);
  const found = names.map(() => new Map<string, number>());
  let rows = table.header ? -1 : 0;
  for (const { cells } of rowsOf(text, table.separator)) {
    if (rows++ < 0) continue;
    for (const [i, values] of found.entries()) {
      const value = cells[i]?.text.trim();
      if (value !== undefined && values.size <= mostValues) values.set(value, (values.get(value) ?? 0) + 1);
    }
  }
  return names.flatMap((name, column) => {
    const values = found[column];
    if (column === table.column || !values || values.size < 2 || values.size > mostValues || values.size * 2 > rows)
      return [];
    return { column, name, values: [...values].map(([is, rows]) => ({ is, rows })) };
  });
}
