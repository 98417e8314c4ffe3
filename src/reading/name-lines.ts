/** Which lines of a file are names: the worker reads them, and the extension host finds them again in the editor. */
import { countCharacters } from '../shared/names';
import { normalized, type Normalization } from '../shared/reading';

/** Why a line that is not blank is left out. */
export const omissions = ['boundary', 'control', 'encoding', 'surrogate', 'length'] as const;
export type Omission = (typeof omissions)[number];

/** Lines end in LF, CRLF or CR, as the editor counts them. */
export function* linesOf(text: string): Generator<string> {
  const end = /\r\n|\r|\n/g;
  let start = 0;
  while (start < text.length) {
    const match = end.exec(text);
    if (!match) {
      yield text.slice(start);
      return;
    }
    yield text.slice(start, match.index);
    start = end.lastIndex;
  }
}

/** A line of the editor, or what Python takes for a line of its own in it. */
export interface NameLine {
  readonly text: string;
  /** Of the editor, counted from 1. */
  readonly line: number;
  /** Where it begins, in UTF-16 units, in that line. */
  readonly start: number;
  /** It is one of several in that line. */
  readonly broken?: true;
}

/** Where `str.splitlines`, with which makemore.py reads names, ends a line and the editor does not. */
// eslint-disable-next-line no-control-regex -- that is what they are
const otherBreaks = /[\v\f\u001c-\u001e\u0085\u2028\u2029]/;

/** Lines as Python's `splitlines` has them, with the places that the editor gives them. */
export function* nameLinesOf(text: string): Generator<NameLine, void> {
  let line = 0;
  for (const whole of linesOf(text)) {
    line++;
    const pieces = otherBreaks.test(whole) ? whole.split(otherBreaks) : [];
    // At the ends of a line, such a character is white space like any other.
    if (pieces.filter(piece => strip(piece) !== '').length < 2) {
      yield { text: whole, line, start: 0 };
      continue;
    }
    let start = 0;
    for (const piece of pieces) {
      if (strip(piece) !== '') yield { text: piece, line, start, broken: true };
      start += piece.length + 1;
    }
  }
}

/** What Python's `strip` takes for white space and JavaScript's `trim` does not. */
// eslint-disable-next-line no-control-regex -- that is what it is
const otherSpace = /[\u001c-\u001f\u0085]/;

/** Without white space around it: that of Python, and the byte order mark. */
export function strip(text: string): string {
  const trimmed = text.trim();
  if (!otherSpace.test(trimmed)) return trimmed;
  let [start, end] = [0, trimmed.length];
  const isSpace = (i: number): boolean => otherSpace.test(trimmed.charAt(i)) || trimmed.charAt(i).trim() === '';
  while (start < end && isSpace(start)) start++;
  while (start < end && isSpace(end - 1)) end--;
  return trimmed.slice(start, end);
}

/** What makes a line a name. */
export interface LineRules {
  readonly boundary: string;
  /** Names of more characters are left out; 0 leaves none out. */
  readonly maxLength?: number | undefined;
  readonly normalize?: Normalization;
}

/** Undefined for a name. @param name a line without white space around it */
export function whyLeftOut(
  name: string,
  { boundary, maxLength = 0, normalize = 'nfc' }: LineRules,
): Omission | undefined {
  if (normalized(name, normalize).includes(boundary)) return 'boundary';
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name)) return 'control';
  if (name.includes('\ufffd')) return 'encoding';
  if (!name.isWellFormed()) return 'surrogate';
  if (maxLength > 0 && countCharacters(normalized(name, normalize)) > maxLength) return 'length';
  return undefined;
}
