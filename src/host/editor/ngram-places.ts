import { entriesOf } from '../../reading/entries';
import { strip, whyLeftOut, type LineRules } from '../../reading/name-lines';
import { asRead, plainReading, type Reading } from '../../shared/reading';
import type { Places } from '../../shared/run';

/** How many names are listed, and how many places found and marked: nobody reads more. */
export const mostListed = 50;
export const mostMarked = 1000;

/** Counted from 0 in UTF-16 units, as in the editor. */
export interface NamePlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface Found extends Omit<Places, 'marked'> {
  /** The first places. */
  readonly ranges: readonly NamePlace[];
}

/** How the file was read for training. */
export interface HowItWasRead extends LineRules {
  readonly reading?: Reading;
  /** Only this many names from the top; undefined for all of them. */
  readonly names?: number | undefined;
}

/** JSON is parsed at once: no more of it than the host can do in a moment. */
const mostJson = 4_000_000;

/** How many UTF-16 units are read before others get their turn: a few milliseconds. */
const unitsPerSlice = 250_000;

/**
 * Finds an n-gram in the names of a file, as training counts it: with boundaries around each name. Ends at the first place
 * that would not be marked any more, however much of the file is left, and yields between slices of work.
 */
export function* searchPlaces(
  text: string,
  characters: readonly string[],
  { reading = plainReading, names: most = Infinity, ...rules }: HowItWasRead,
): Generator<void, Found> {
  const pattern = patternOf(characters, rules.boundary);
  const names: { text: string; line: number }[] = [];
  const ranges: NamePlace[] = [];
  const found = (more?: true): Found => ({ characters, names, holding, occurrences, ranges, ...(more && { more }) });
  let [read, holding, occurrences, units] = [0, 0, 0, 0];
  if (reading.layout.kind === 'json' && text.length > mostJson) return found(true);
  const { layout } = reading;
  const isUnique = reading.unique || (layout.kind === 'table' && layout.count !== undefined);
  const seen = new Set<string>();
  for (const { text: whole, line: number, start: column, aside } of entriesOf(text, reading.layout)) {
    const line = number - 1;
    units += whole.length + 1;
    if (units > unitsPerSlice) {
      units = 0;
      yield;
    }
    const name = strip(whole);
    if (aside || name === '' || whyLeftOut(name, { ...rules, normalize: reading.normalize })) continue;
    const composed = asRead(name, reading);
    if (isUnique && seen.size === seen.add(composed).size) continue;
    if (++read > most) break;
    const indent = column + whole.indexOf(name);
    let isHeld = false;
    for (const start of startsOf(pattern, composed)) {
      if (occurrences === mostMarked) return found(true);
      occurrences++;
      // Training composes characters. If that changes a name, places in it do not match places in the line.
      if (composed.length === name.length && (composed === name || reading.lower))
        ranges.push({ line, start: indent + start, end: indent + start + pattern.core.length });
      else if (!isHeld) ranges.push({ line, start: indent, end: indent + name.length });
      if (isHeld) continue;
      isHeld = true;
      holding++;
      if (names.length < mostListed) names.push({ text: composed, line });
    }
  }
  return found();
}

/** The whole search at once. */
export function findPlaces(text: string, characters: readonly string[], reading: HowItWasRead): Found {
  const search = searchPlaces(text, characters, reading);
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
  }
}

/** What to look for in a name, and whether it must be at the start or at the end. An empty core is found nowhere. */
interface Pattern {
  readonly core: string;
  readonly begins: boolean;
  readonly ends: boolean;
}

/** There are as many boundaries before a name as the context needs, but only one after it. */
function patternOf(characters: readonly string[], boundary: string): Pattern {
  const first = characters.findIndex(c => c !== boundary);
  const ends = characters.at(-1) === boundary;
  const core = first < 0 ? [] : characters.slice(first, ends ? -1 : undefined);
  return { core: core.includes(boundary) ? '' : core.join(''), begins: first > 0, ends };
}

/** One after the other, so that nobody pays for places that are not wanted. */
function* startsOf({ core, begins, ends }: Pattern, name: string): Generator<number> {
  const last = name.length - core.length;
  if (core === '' || (begins && !name.startsWith(core)) || (ends && !name.endsWith(core))) return;
  if (begins && (!ends || last === 0)) yield 0;
  else if (ends && !begins) yield last;
  else if (!begins) for (let at = name.indexOf(core); at >= 0; at = name.indexOf(core, at + 1)) yield at; // they may overlap
}
