import { linesOf, whyLeftOut } from '../../shared/name-lines';
import type { Places } from '../../shared/run';

/** A name that was found is listed up to so many, and a place marked up to so many: nobody reads more. */
export const mostListed = 50;
export const mostMarked = 1000;

/** Counted from 0, in UTF-16 units, as the editor counts. */
export interface NamePlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

interface Found extends Omit<Places, 'marked'> {
  /** The first of the places. */
  readonly ranges: readonly NamePlace[];
}

/** How a file was read. */
export interface Reading {
  readonly boundary: string;
  /** Only the first so many names count; undefined for all of them. */
  readonly names?: number | undefined;
}

/** Finds two or three characters in a row in the names of a file, as they are counted: boundaries stand around each name. */
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
    // The trainer reads composed characters: where a name has others, its places are not those of the line.
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

/** What stands in a name, and whether it must begin or end it. An empty core stands nowhere. */
interface Pattern {
  readonly core: string;
  readonly begins: boolean;
  readonly ends: boolean;
}

/** Boundaries are padded in front as many as are needed, but one only stands behind. */
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
