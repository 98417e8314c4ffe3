/** How a person has arranged the inspector. It lasts, whatever trains. */
import { isBoolean, isFields } from './fields';

export type Setting = string | number | boolean;

export interface Arrangement {
  /** Panels that were folded, or unfolded where it says false; the others are as they start. */
  readonly folded: Readonly<Record<string, boolean>>;
  /** Panels from top to bottom; those that are not named stand where they do by default. */
  readonly order: readonly string[];
  /** Of panels that were moved to one where there is room for two. */
  readonly columns: Readonly<Record<string, Column>>;
  /** What was set in the panels, by panel and key. */
  readonly settings: Readonly<Record<string, Setting>>;
}

export type Column = 'first' | 'second';

export const defaultArrangement: Arrangement = { folded: {}, order: [], columns: {}, settings: {} };

/** More than this, as JSON, no person has arranged. */
const mostCharacters = 65_536;

/** Panels and settings that earlier versions knew by another name. */
const renames: readonly (readonly [former: RegExp, present: string])[] = [
  [/^counts(?=\.|$)/, 'bigrams'],
  [/^bigrams\.normalise$/, 'bigrams.normalize'],
  [/^embedding\.coloured$/, 'embedding.colored'],
];

/** What a webview posted or an earlier version kept, checked before it is used; undefined for anything else. */
export function parseArrangement(value: unknown): Arrangement | undefined {
  if (!isFields(value)) return undefined;
  const { folded, order, columns, settings } = value;
  if (!hasOnly(folded, isBoolean) || !hasOnly(columns, isColumn) || !hasOnly(settings, isSetting)) return undefined;
  if (!Array.isArray(order) || !order.every(id => typeof id === 'string')) return undefined;
  const arrangement = {
    folded: withPresentNames(folded),
    order: order.map(presentName),
    columns: withPresentNames(columns),
    settings: withPresentNames(settings),
  };
  return JSON.stringify(arrangement).length <= mostCharacters ? arrangement : undefined;
}

function presentName(name: string): string {
  return renames.reduce((renamed, [former, present]) => renamed.replace(former, present), name);
}

function withPresentNames<T>(named: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [presentName(name), value]));
}

function hasOnly<T>(value: unknown, is: (field: unknown) => field is T): value is Readonly<Record<string, T>> {
  return isFields(value) && Object.values(value).every(is);
}

function isColumn(value: unknown): value is Column {
  return value === 'first' || value === 'second';
}

/** Infinity and NaN would not come back from JSON. */
function isSetting(value: unknown): value is Setting {
  return typeof value === 'string' || isBoolean(value) || Number.isFinite(value);
}
