import { InputError, quote } from '../shared/errors';
import { countCharacters, type Lengths } from '../shared/names';
import { asRead, normalized, plainReading, type Layout, type Reading } from '../shared/reading';
import { defaultBoundary } from '../shared/run';
import type { LeftOut } from '../shared/vocabulary';
import { entriesOf, type Aside } from './entries';
import { isReason, LeftOutCharacters } from './left-out';
import { parseCount, scaleCounts } from './name-counts';
import { omissions, strip, whyLeftOut, type LineRules, type Omission } from './name-lines';
import { invisibleIn, misreadIn } from './oddities';
import { columnNames } from './table';

export interface Names {
  /** In the order of the file, without white space around them, as `reading` reads them. */
  readonly names: string[];
  /** How often each name counts, if a column of the file says so: then the names differ. */
  readonly counts?: ReadonlyMap<string, number>;
  /** How many of the names differ. */
  readonly distinct: number;
  /** One sentence for each thing that was changed or left out. */
  readonly notes: string[];
  readonly lengths: Lengths;
  /** The characters of the lines that are no names. */
  readonly leftOut: ReadonlyMap<string, LeftOut>;
}

/** How a file is read; what is left out is as in the lectures. */
export interface HowToRead {
  readonly boundary?: string;
  /** Names of more characters are left out; 0 leaves none out. */
  readonly maxLength?: number;
  readonly reading?: Reading;
  /** Told now and then which share of the file has been read, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** These take a few milliseconds. */
const entriesPerReport = 2 ** 14;

/**
 * Reads the names of a file.
 *
 * @param text a whole file; lines are counted as in the editor, and end where Python's `splitlines` ends them
 * @param source the file's name, for the messages
 * @throws InputError if there is nothing to train on
 */
export function readNames(
  text: string,
  source: string,
  { boundary = defaultBoundary, maxLength = 0, reading = plainReading, onProgress }: HowToRead = {},
): Names {
  const { layout } = reading;
  const rules = { boundary, maxLength, normalize: reading.normalize };
  const lengths = new Map<number, { count: number; line: number }>();
  const whole = text.startsWith('\ufeff') ? text.slice(1) : text;
  const names: string[] = [];
  const known = new Map<string, string>();
  const counts = layout.kind === 'table' && layout.count !== undefined ? new Map<string, number>() : undefined;
  const tallies = new Tallies();
  const leftOut = new LeftOutCharacters(rules);
  let read = 0;
  let entries = 0;

  for (const { text: entry, line, aside, marked, broken, count } of entriesOf(whole, layout)) {
    read += entry.length + 1;
    if (++entries % entriesPerReport === 0) onProgress?.(Math.min(1, read / whole.length));
    const trim = strip(entry);
    if (trim.includes('\0'))
      throw new InputError(
        `Line ${line} of ${source} holds a NUL character, so this is not a text file: open one with one name per line.`,
      );
    const reason = aside ?? (trim === '' ? 'blank' : whyLeftOut(trim, rules));
    if (reason) {
      tallies.add(reason, line);
      if (isReason(reason)) leftOut.add(asRead(trim, reading), line, reason);
      continue;
    }
    if (broken) tallies.add('broken', line);
    if (marked) tallies.add('marked', line);
    else if (layout.kind === 'lines' && trim.length !== entry.length) tallies.add('trimmed', line);
    if (invisibleIn(trim)) tallies.add('invisible', line);
    if (misreadIn(trim)) tallies.add('misread', line);
    const composed = normalized(trim, reading.normalize);
    if (composed !== trim) tallies.add('composed', line);
    const cased = asRead(trim, reading);
    if (cased !== composed) tallies.add('lower', line);
    const earlier = known.get(cased);
    const name = earlier ?? cased; // names that repeat share one string: of millions, that is most of the memory
    if (earlier === undefined) known.set(name, name);
    if (counts) {
      const times = parseCount(count, `line ${line} of ${source}`);
      const before = counts.get(name);
      if (times > 0) counts.set(name, (before ?? 0) + times);
      if (times === 0 || before !== undefined) {
        tallies.add(times === 0 ? 'zero' : 'merged', line);
        continue;
      }
    } else if (earlier !== undefined && reading.unique) {
      tallies.add('repeated', line);
      continue;
    }
    names.push(name);
    const length = countCharacters(name);
    const ofLength = lengths.get(length);
    if (ofLength) ofLength.count++;
    else lengths.set(length, { count: 1, line });
  }

  if (names.length === 0) throw new InputError(tallies.whyEmpty(source, layout, rules));
  const notes = [...describe(layout, whole), ...(counts ? [scaleCounts(counts)] : []), ...tallies.notes(layout, rules)];
  return {
    names,
    distinct: counts?.size ?? known.size,
    ...(counts && { counts }),
    notes,
    lengths,
    leftOut: leftOut.byCharacter,
  };
}

/** A sentence about names that occur more than once; none if all differ. */
export function noteDuplicates(names: number, duplicates: number): string[] {
  if (duplicates === 0) return [];
  return [`${group(duplicates)} of the ${group(names)} names repeat an earlier one; all of them count.`];
}

/** How the names were found, unless each line is one. */
function describe(layout: Layout, text: string): string[] {
  switch (layout.kind) {
    case 'lines':
      return [];
    case 'list':
      return ['The file was read as a list.'];
    case 'words':
      return ['Each word of the file is a name.'];
    case 'json':
      return [
        layout.key === undefined
          ? 'The names are the texts of the JSON.'
          : `The names are the values of "${quote(layout.key)}".`,
      ];
    case 'table': {
      const columns = columnNames(layout, text);
      const short = (column: number): string => (layout.header ? `"${quote(columns[column] ?? '')}"` : `${column + 1}`);
      const nameOf = (column: number): string =>
        layout.header ? `the column ${short(column)}` : `column ${short(column)}`;
      const used: (number | undefined)[] = [layout.column, layout.count, layout.where?.column];
      const others = columns.flatMap((_, i) => (used.includes(i) ? [] : short(i)));

      const where = layout.where ? ` where ${nameOf(layout.where.column)} is "${quote(layout.where.is)}"` : '';
      const rest = others.length > 0 ? `; not used: ${others.slice(0, mostColumns).join(', ')}` : '';
      const weighed = layout.count === undefined ? '' : `, each as often as ${nameOf(layout.count)} says`;
      return [`The names are those of ${nameOf(layout.column)}${where}${weighed}${rest}.`];
    }
  }
}

/** Nobody reads more names of columns. */
const mostColumns = 8;

/** Why a line, a row or a value is no name, and what to do about it. */
const reasons = {
  boundary:
    '“…” marks where names begin and end, so it cannot stand in one: remove it there, or choose another boundary',
  control: 'tabs and other control characters cannot stand in a name: keep one name per line, without columns',
  encoding: 'there are characters that could not be read: save the file as UTF-8',
  surrogate: 'there is half of a character (a lone surrogate): write it anew',
  length: 'names may have # at most',
} as const satisfies Record<Omission, string>;

type Finding =
  | Omission
  | Aside
  | 'blank'
  | 'broken'
  | 'trimmed'
  | 'marked'
  | 'composed'
  | 'invisible'
  | 'misread'
  | 'lower'
  | 'repeated'
  | 'merged'
  | 'zero';

/** What was found on the way, how often, and on which line first. */
class Tallies {
  private readonly tallies = new Map<Finding, Tally>();

  add(finding: Finding, line: number): void {
    let tally = this.tallies.get(finding);
    if (!tally) this.tallies.set(finding, (tally = new Tally()));
    tally.add(line);
  }

  notes(layout: Layout, rules: LineRules): string[] {
    const piece =
      layout.kind === 'table' ? 'row' : layout.kind === 'json' ? 'value' : layout.kind === 'words' ? 'word' : 'line';
    const sentences: Record<Finding, (tally: Tally) => string> = {
      ...this.reasons(piece, rules),
      blank: tally => `${tally.of(`blank ${piece}`)} skipped.`,
      heading: tally => `${tally.of('heading or comment', 'headings and comments')} left out.`,
      filtered: tally => `${tally.of('row')} left out by the filter.`,
      missing: tally => `${tally.of(piece)} skipped, since there is no name.`,
      trimmed: tally => `White space around the name was cut off: ${tally.of('line')} changed.`,
      broken: tally =>
        `A character such as U+2028 or a form feed ends a line too, as in Python: ${tally.of('name', undefined, 'share')} a line of the editor.`,
      composed: tally =>
        `Characters were composed (Unicode's NFC): ${tally.of('name')} changed. With normalize set to none, they stay as they are.`,
      marked: tally => `Marks of the list were cut off: ${tally.of('line')} changed.`,
      lower: tally => `${tally.of('name')} changed to lower case.`,
      repeated: tally => `${tally.of('name')} dropped, since an earlier one is the same.`,
      merged: tally => `${tally.of('row')} added to the count of an earlier one with the same name.`,
      zero: tally => `${tally.of('row')} left out, since the name counts 0 times.`,
      invisible: tally =>
        `${tally.of('name', undefined, 'hold')} a character that cannot be seen, such as a no-break or zero-width space, which becomes part of the vocabulary: remove it unless you mean it.`,
      misread: tally =>
        `${tally.of('name', undefined, 'look')} like text in UTF-8 that was read in another encoding (“JosÃ©” for “José”): reopen the file with the encoding UTF-8, or save it anew.`,
    };
    return findings.flatMap(finding => {
      const tally = this.tallies.get(finding);
      return tally ? [sentences[finding](tally)] : [];
    });
  }

  /** Why there is no name at all. */
  whyEmpty(source: string, layout: Layout, rules: LineRules): string {
    const first = omissions.find(reason => this.tallies.has(reason));
    const tally = first && this.tallies.get(first);
    if (tally)
      return `${source} has no name that can be trained on (the first line left out is line ${tally.first}): ${reasonOf(first, rules)}.`;
    if (this.tallies.has('filtered')) return `${source} has no row that the filter lets through: choose another value.`;
    if (this.tallies.has('zero'))
      return `${source} has no name that counts more than 0 times: choose another column of counts, or train without one.`;
    if (layout.kind === 'lines') return `${source} has no names: write one name per line, then train again.`;
    return `${source} has no names where they were looked for: choose another column or key, or read each line as it stands.`;
  }

  private reasons(piece: string, rules: LineRules): Record<Omission, (tally: Tally) => string> {
    const sentence = (reason: Omission) => (tally: Tally) => `${tally.of(piece)} left out: ${reasonOf(reason, rules)}.`;
    return {
      boundary: sentence('boundary'),
      control: sentence('control'),
      encoding: sentence('encoding'),
      surrogate: sentence('surrogate'),
      length: sentence('length'),
    };
  }
}

/** In the order in which they are told. */
const findings = [
  ...omissions,
  ...([
    'blank',
    'heading',
    'filtered',
    'missing',
    'broken',
    'trimmed',
    'marked',
    'composed',
    'lower',
    'repeated',
    'merged',
    'zero',
    'invisible',
    'misread',
  ] as const),
];

function reasonOf(reason: Omission, { boundary, maxLength = 0 }: LineRules): string {
  return reasons[reason]
    .replace('“…”', `"${boundary}"`)
    .replace('#', maxLength === 1 ? '1 character' : `${group(maxLength)} characters`);
}

class Tally {
  count = 0;
  first = 0;

  add(line: number): void {
    if (this.count++ === 0) this.first = line;
  }

  /** "1 line (line 3) was", "5 lines (the first is line 3) were"; another verb is given in its plural. */
  of(what: string, plural = `${what}s`, verb?: string): string {
    return this.count === 1
      ? `1 ${what} (line ${this.first}) ${verb === undefined ? 'was' : `${verb}s`}`
      : `${group(this.count)} ${plural} (the first is line ${this.first}) ${verb ?? 'were'}`;
  }
}

/** 12345 as "12,345". */
function group(n: number): string {
  return n.toLocaleString('en-US');
}
