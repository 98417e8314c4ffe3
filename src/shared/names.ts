import { InputError } from './errors';
import { countCharacters, linesOf, omissions, whyLeftOut, type Omission, type Reading } from './name-lines';
import { defaultRunOptions } from './run';

export interface Names {
  /** In the order of the file, without spaces around them, in Unicode's composed form (NFC). */
  readonly names: string[];
  /** One sentence for each thing that was changed or left out. */
  readonly notes: string[];
  readonly lengths: Lengths;
}

/** How many names have each number of characters, and the line of the first that has. */
export type Lengths = ReadonlyMap<number, { readonly count: number; readonly line: number }>;

/** Why a line is left out, and what to do about it. */
const reasons = {
  boundary:
    '“…” marks where names begin and end, so it cannot stand in one: remove it there, or choose another boundary',
  control: 'tabs and other control characters cannot stand in a name: keep one name per line, without columns',
  encoding: 'there are characters that could not be read: save the file as UTF-8',
  surrogate: 'there is half of a character (a lone surrogate): write it anew',
  length: 'names may have # characters at most',
} as const satisfies Record<Omission, string>;

/**
 * Reads one name per line.
 *
 * @param text a whole file; lines end in LF, CRLF or CR, as the editor counts them
 * @param source the file's name, for the messages
 * @throws InputError if there is nothing to train on
 */
export function readNames(
  text: string,
  source: string,
  { boundary, maxLength = 0 }: Reading = defaultRunOptions,
): Names {
  const lengths = new Map<number, { count: number; line: number }>();
  const names: string[] = [];
  const blank = new Tally();
  const trimmed = new Tally();
  const left: Record<Omission, Tally> = {
    boundary: new Tally(),
    control: new Tally(),
    encoding: new Tally(),
    surrogate: new Tally(),
    length: new Tally(),
  };

  let number = 0;
  for (const line of linesOf(text.startsWith('\ufeff') ? text.slice(1) : text)) {
    number++;
    const trim = line.trim();
    if (trim === '') {
      blank.add(number);
      continue;
    }
    if (trim.includes('\0'))
      throw new InputError(
        `Line ${number} of ${source} holds a NUL character, so this is no text file: open one with one name per line.`,
      );
    const reason = whyLeftOut(trim, { boundary, maxLength });
    if (reason) {
      left[reason].add(number);
      continue;
    }
    if (trim.length !== line.length) trimmed.add(number);
    const name = trim.normalize('NFC');
    names.push(name);
    const length = countCharacters(name);
    const known = lengths.get(length);
    if (known) known.count++;
    else lengths.set(length, { count: 1, line: number });
  }

  const reasonOf = (r: Omission): string => reasons[r].replace('“…”', `"${boundary}"`).replace('#', group(maxLength));
  const why = omissions.filter(r => left[r].count > 0);
  if (names.length === 0) {
    const first = why.at(0);
    throw new InputError(
      first
        ? `${source} has no name that can be trained on (the first line left out is line ${left[first].first}): ${reasonOf(first)}.`
        : `${source} has no names: write one name per line, then train again.`,
    );
  }

  const notes = why.map(r => `${left[r].of('line')} left out: ${reasonOf(r)}.`);
  if (blank.count) notes.push(`${blank.of('blank line')} skipped.`);
  if (trimmed.count) notes.push(`Spaces around the name were cut off: ${trimmed.of('line')} changed.`);
  return { names, notes, lengths };
}

/** A sentence about names that occur more than once; none if all differ. */
export function noteDuplicates(names: readonly string[]): string[] {
  const duplicates = names.length - new Set(names).size;
  if (duplicates === 0) return [];
  return [`${group(duplicates)} of the ${group(names.length)} names repeat an earlier one; all of them count.`];
}

/** How often something was found, and on which line first. */
class Tally {
  count = 0;
  first = 0;

  add(line: number): void {
    if (this.count++ === 0) this.first = line;
  }

  of(what: string): string {
    return this.count === 1
      ? `1 ${what} (line ${this.first}) was`
      : `${group(this.count)} ${what}s (the first is line ${this.first}) were`;
  }
}

/** How many characters the longest name has. */
export function longestOf(names: readonly string[]): number {
  return names.reduce((longest, name) => Math.max(longest, countCharacters(name)), 0);
}

/** 12345 as "12,345". */
function group(n: number): string {
  return n.toLocaleString('en-US');
}
