/** Which lines of a file are names: the worker reads them, and the extension host finds them again in the editor. */
import { countCharacters } from '../shared/names';

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

/** The name with its characters composed (NFC), as the trainer reads it. What stands before U+0300 is composed already. */
export function compose(name: string): string {
  return /[\u0300-\uffff]/.test(name) ? name.normalize('NFC') : name;
}

/** What makes a line a name. */
export interface LineRules {
  readonly boundary: string;
  /** Names of more characters are left out; 0 leaves none out. */
  readonly maxLength?: number | undefined;
}

/** Undefined for a name. @param name a line without spaces around it */
export function whyLeftOut(name: string, { boundary, maxLength = 0 }: LineRules): Omission | undefined {
  if (compose(name).includes(boundary)) return 'boundary';
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name)) return 'control';
  if (name.includes('\ufffd')) return 'encoding';
  if (!name.isWellFormed()) return 'surrogate';
  if (maxLength > 0 && countCharacters(compose(name)) > maxLength) return 'length';
  return undefined;
}
