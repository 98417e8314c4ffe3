import { isFields, isNatural } from './fields';

/** Where the names stand in a file. */
export type Layout =
  /** One name a line, as it stands; the lectures' files. */
  | { readonly kind: 'lines' }
  /** A line is an item: marks of lists, numbers, headings, and comments are no part of names. */
  | { readonly kind: 'list' }
  /** White space and commas separate names. */
  | { readonly kind: 'words' }
  | Table
  /** An array, or a value a line. */
  | {
      readonly kind: 'json';
      /** Which value of each object; undefined where names stand by themselves. */
      readonly key?: string;
    };

/** The kinds of layouts. */
export const layouts = ['lines', 'list', 'words', 'table', 'json'] as const satisfies readonly Layout['kind'][];

/** Comma-separated values and their kin. */
export interface Table {
  readonly kind: 'table';
  readonly separator: Separator;
  /** Whether the first row names the columns. */
  readonly header: boolean;
  /** Counted from 0. */
  readonly column: number;
  /** Only the rows with this value. */
  readonly where?: { readonly column: number; readonly is: string };
  /** The column that says how often each name counts; without one, every row counts once. */
  readonly count?: number;
}

export const separators = [',', ';', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

/** `nfc`: Unicode's composed form, in which é is one character however it was typed. `none`: what stands there. */
export const normalizations = ['nfc', 'none'] as const;
export type Normalization = (typeof normalizations)[number];

/** How the names of a file are read. */
export interface Reading {
  readonly layout: Layout;
  readonly normalize: Normalization;
  /** All letters become lower case. */
  readonly lower: boolean;
  /** A name that repeats an earlier one is dropped. */
  readonly unique: boolean;
}

/** As the lectures read. */
export const plainReading: Reading = { layout: { kind: 'lines' }, normalize: 'nfc', lower: false, unique: false };

/** What becomes of a text's characters. */
export type TextRules = Pick<Reading, 'normalize' | 'lower'>;

/**
 * A name, or a part of one, with the characters that it is read as. In lower case, İ becomes i as in Turkish, which alone has
 * it: Unicode would make two characters of it.
 */
export function asRead(text: string, { normalize, lower }: TextRules): string {
  const composed = normalized(text, normalize);
  return lower ? normalized(composed.replaceAll('İ', 'i').toLowerCase(), normalize) : composed;
}

/** What stands before U+0300 is composed already. */
export function normalized(text: string, normalization: Normalization): string {
  return normalization === 'nfc' && /[\u0300-\uffff]/.test(text) ? text.normalize('NFC') : text;
}

/** @returns undefined for what is no reading */
export function decodeReading(value: unknown): Reading | undefined {
  if (!isFields(value)) return undefined;
  const { lower, unique } = value;
  const layout = decodeLayout(value.layout);
  const normalize = normalizations.find(known => known === (value.normalize ?? 'nfc')); // which earlier versions did not write
  if (!layout || !normalize || typeof lower !== 'boolean' || typeof unique !== 'boolean') return undefined;
  return { layout, normalize, lower, unique };
}

function decodeLayout(value: unknown): Layout | undefined {
  if (!isFields(value)) return undefined;
  const { kind, key } = value;
  if (kind === 'lines' || kind === 'list' || kind === 'words') return { kind };
  if (kind === 'json') return key === undefined ? { kind } : typeof key === 'string' ? { kind, key } : undefined;
  return kind === 'table' ? decodeTable(value) : undefined;
}

function decodeTable({
  separator,
  header,
  column,
  where,
  count,
}: Readonly<Record<string, unknown>>): Table | undefined {
  const known = separators.find(one => one === separator);
  if (known === undefined || typeof header !== 'boolean' || !isNatural(column)) return undefined;
  if (count !== undefined && (!isNatural(count) || count === column)) return undefined;
  const table = { kind: 'table', separator: known, header, column, ...(count !== undefined && { count }) } as const;
  if (where === undefined) return table;
  if (!isFields(where) || !isNatural(where.column) || typeof where.is !== 'string') return undefined;
  return { ...table, where: { column: where.column, is: where.is } };
}
