import { linesOf, whyLeftOut } from '../../shared/name-lines';
import type { Places } from '../../shared/run';

/** How many names are listed, and how many places marked: nobody reads more. */
export const mostListed = 50;
export const mostMarked = 1000;

/** Counted from 0 in UTF-16 units, as in the editor. */
export interface NamePlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

interface Found extends Omit<Places, 'marked'> {
  /** The first places. */
  readonly ranges: readonly NamePlace[];
}

/** How the file was read for training. */
export interface Reading {
  readonly boundary: string;
  /** Only this many names from the top; undefined for all of them. */
  readonly names?: number | undefined;
}

/** Finds an n-gram in the names of a file, as training counts it: with boundaries around each name. */
export function findPlaces(text: string, characters: readonly string[], reading: Reading): Found {
  const { boundary, names: most = Infinity } = reading;
  const pattern = patternOf(characters, boundary);
  const names: { text: string; line: number }[] = [];
  const ranges: NamePlace[] = [];
  let [line, read, holding, occurrences] = [-1, 0, 0, 0];
  for (const whole of linesOf(text)) {
    line++;
    const name = whole.trim();
    if (name === '' || whyLeftOut(name, boundary)) continue;
    if (++read > most) break;
    // Training composes characters. If that changes a name, places in it do not match places in the line.
    const composed = name.normalize('NFC');
    const starts = startsOf(pattern, composed);
    if (starts.length === 0) continue;
    holding++;
    occurrences += starts.length;
    if (names.length < mostListed) names.push({ text: composed, line });
    const indent = whole.indexOf(name);
    const found =
      composed === name
        ? starts.map(start => ({ line, start: indent + start, end: indent + start + pattern.core.length }))
        : [{ line, start: indent, end: indent + name.length }];
    ranges.push(...found.slice(0, mostMarked - ranges.length));
  }
  return { characters, names, holding, occurrences, ranges };
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

function startsOf({ core, begins, ends }: Pattern, name: string): number[] {
  if (core === '') return [];
  const last = name.length - core.length;
  if (begins) return name.startsWith(core) && (!ends || last === 0) ? [0] : [];
  if (ends) return name.endsWith(core) ? [last] : [];
  const starts: number[] = [];
  for (let at = name.indexOf(core); at >= 0; at = name.indexOf(core, at + 1)) starts.push(at); // they may overlap
  return starts;
}
