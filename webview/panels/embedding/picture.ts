import { at } from '../../../src/shared/at';
import { embeddingOf } from '../../../src/shared/model-parts';
import type { RunInfo, WatchedTensor } from '../../../src/shared/run';
import type { ScatterPicture, PointLook } from '../../draw/points/scatter-picture';
import type { Theme } from '../../draw/theme';
import type { TableContent } from '../parts/table-content';
import { letterKind, type LetterKind } from './letters';
import { nearestRows } from './neighbors';

/** What a row of the table stands for. */
export interface EmbeddingToken {
  readonly glyph: string;
  /** Its name, where the glyph alone would not do. */
  readonly name: string;
  readonly kind: LetterKind | 'boundary' | 'blank';
}

/** The characters in their order. The MLP of makemore.py has one more row, for the places before a name. */
export function embeddingTokens(info: RunInfo): EmbeddingToken[] {
  const rows = embeddingOf(info)?.shape[0] ?? 0;
  return Array.from({ length: rows }, (_, row) => {
    const glyph = info.characters.at(row);
    if (glyph === undefined) return { glyph: '␣', name: 'BLANK', kind: 'blank' };
    return { glyph, name: glyph, kind: row === 0 ? 'boundary' : letterKind(glyph) };
  });
}

export type PointKind = 'character' | EmbeddingToken['kind'];

/** Vowels and consonants are kinds of their own only where a person wants to see them. */
export function pointKind({ kind }: EmbeddingToken, colored: boolean): PointKind {
  return colored || kind === 'boundary' || kind === 'blank' ? kind : 'character';
}

/** Points in a plane, before a theme gives them colors. */
export interface EmbeddingPicture extends Omit<ScatterPicture, 'looks'> {
  readonly kinds: readonly PointKind[];
}

/** Kinds differ in shape as well as in color; embedding.css draws the same in the legend. */
export function pointLook(kind: PointKind, theme: Theme): PointLook {
  const looks: Readonly<Record<PointKind, PointLook>> = {
    character: { color: theme.blue, filled: true, shape: 'circle' },
    vowel: { color: theme.yellow, filled: true, shape: 'circle' },
    consonant: { color: theme.blue, filled: false, shape: 'circle' },
    other: { color: theme.description, filled: true, shape: 'circle' },
    boundary: { color: theme.foreground, filled: true, shape: 'square' },
    blank: { color: theme.foreground, filled: false, shape: 'square' },
  };
  return looks[kind];
}

/** In the order of the legend. */
export const pointLabels: readonly (readonly [PointKind, string])[] = [
  ['vowel', 'vowels'],
  ['consonant', 'consonants'],
  ['other', 'neither'],
  ['boundary', 'boundary'],
  ['blank', 'BLANK'],
];

/** How many neighbors of a character are named. */
export const nearest = 5;

/** A table of vectors, and its points in a plane. */
export interface EmbeddingData {
  readonly name: string;
  readonly tokens: readonly EmbeddingToken[];
  readonly table: WatchedTensor;
  /** (n, 2) */
  readonly points: Float64Array;
  /** How far each row is from where it was drawn. */
  readonly moves?: readonly number[];
}

export function embeddingTable(data: EmbeddingData): TableContent {
  return {
    caption: `${data.name} in the plane, and the nearest in all dimensions`,
    columns: ['character', 'x', 'y', 'moved', 'nearest'],
    rows: embeddingRows(data),
  };
}

function* embeddingRows({ tokens, table, points, moves }: EmbeddingData): Generator<string[]> {
  for (const [row, { name }] of tokens.entries()) {
    const neighbors = nearestRows(table, row, nearest).map(({ row: other }) => at(tokens, other).name);
    const place = [0, 1].map(axis =>
      at(points, 2 * row + axis)
        .toFixed(3)
        .replace('-', '−'),
    );
    yield [name, ...place, moves ? at(moves, row).toFixed(3) : '–', neighbors.join(' ')];
  }
}
