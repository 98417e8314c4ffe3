/** Which lines of a file are names: the worker reads them, and the extension host finds them again in the editor. */

/** Why a line that is not blank is left out. */
export const omissions = ['boundary', 'control', 'encoding', 'surrogate'] as const;
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

/** Undefined for a name. @param name a line without spaces around it */
export function whyLeftOut(name: string, boundary: string): Omission | undefined {
  if (name.normalize('NFC').includes(boundary)) return 'boundary'; // as the trainer reads it
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name)) return 'control';
  if (name.includes('\ufffd')) return 'encoding';
  if (!name.isWellFormed()) return 'surrogate';
  return undefined;
}
