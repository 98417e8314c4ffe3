import { literalsOf, textOf, valuesOf, type Literal } from './json';
import type { Layout, Table } from '../shared/reading';
import { linesOf, nameLinesOf } from './name-lines';
import { rowsOf } from './table';

/** Why something in a file is no name, whatever it is. */
export type Aside = 'heading' | 'filtered' | 'missing';

/** A piece of a file that is a name, if nothing speaks against it. */
export interface Entry {
  readonly text: string;
  /** Where it stands, counted from 1. */
  readonly line: number;
  /** In UTF-16 units, in its line. */
  readonly start: number;
  /** It is no name. */
  readonly aside?: Aside;
  /** Marks around it were cut off. */
  readonly marked?: true;
  /** What its row has in the column of counts, if the table has one. */
  readonly count?: string;
  /** Its line in the editor holds several, as Python splits lines. */
  readonly broken?: true;
}

/** What a file holds, in its order. @param text without a byte order mark */
export function entriesOf(text: string, layout: Layout): Generator<Entry, void> {
  switch (layout.kind) {
    case 'lines':
      return nameLinesOf(text);
    case 'list':
      return items(text);
    case 'words':
      return words(text);
    case 'table':
      return cells(text, layout);
    case 'json':
      return values(text, layout.key);
  }
}

/** A heading, a comment, a rule, or the fence of a block of code. */
export const heading = /^\s*(?:#{1,6}(?:\s|$)|\/\/|<!--|-{3,}\s*$|={3,}\s*$|\*{3,}\s*$|```|~~~)/;
/** The mark of a list, with its box, or a number. */
export const itemMark = /^\s*(?:[-*+•‣▪–—]\s+(?:\[[ xX]\]\s+)?|\(?\d{1,7}[.):]\s+)/;
/** Looked for once in a run of them: from each one of 200,000 commas, it would take minutes. */
const punctuation = /(?<![\s,;])[\s,;]+$/;

function* items(text: string): Generator<Entry, void> {
  for (const { text: whole, start: before, ...where } of nameLinesOf(text)) {
    if (heading.test(whole)) {
      yield { text: whole, start: before, ...where, aside: 'heading' };
      continue;
    }
    const start = itemMark.exec(whole)?.[0].length ?? 0;
    const item = whole.slice(start).replace(punctuation, '');
    const isMarked = item.trim() !== whole.trim();
    yield { text: item, start: before + start, ...where, ...(isMarked && { marked: true }) };
  }
}

/** White space is that of Python. */
// eslint-disable-next-line no-control-regex -- some of it
const word = /[^\s,;\u001c-\u001f\u0085]+/g;

function* words(text: string): Generator<Entry, void> {
  let line = 0;
  for (const whole of linesOf(text)) {
    line++;
    for (const { 0: found, index } of whole.matchAll(word)) yield { text: found, line, start: index };
  }
}

function* cells(text: string, { separator, header, column, where, count }: Table): Generator<Entry, void> {
  let isFirst = true;
  for (const { cells, line } of rowsOf(text, separator)) {
    const isHeader = isFirst && header;
    isFirst = false;
    if (isHeader) continue;
    const cell = cells[column];
    if (where && cells[where.column]?.text.trim() !== where.is) yield { text: '', line, start: 0, aside: 'filtered' };
    else if (!cell || cell.text.trim() === '') yield { text: '', line, start: 0, aside: 'missing' };
    else yield { ...cell, line, ...(count !== undefined && { count: cells[count]?.text ?? '' }) };
  }
}

/** Each value stands where its literal is, however that is written: both come in the same order. */
function* values(text: string, key: string | undefined): Generator<Entry, void> {
  const newline = /\r\n|\r|\n/g;
  const literals = literalsOf(text);
  let [line, lineStart, from] = [1, 0, 0];
  for (const value of valuesOf(text) ?? []) {
    const name = textOf(value, key);
    if (name === undefined) {
      yield { text: '', line, start: 0, aside: 'missing' };
      continue;
    }
    const place = placeOf(name, literals);
    newline.lastIndex = from;
    for (let end = newline.exec(text); end && end.index < place; end = newline.exec(text)) {
      line++;
      lineStart = newline.lastIndex;
    }
    from = place;
    yield { text: name, line, start: place + 1 - lineStart };
  }
}

/** Where the next literal of a text begins. It is there, since the text was read from it. */
function placeOf(name: string, literals: Generator<Literal, void>): number {
  for (let next = literals.next(); !next.done; next = literals.next())
    if (next.value.text === name) return next.value.start;
  throw new Error('There is no such text in the JSON.');
}
