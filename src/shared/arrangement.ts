/** How a person has arranged the inspector. It lasts, whatever trains. */

export type Setting = string | number | boolean;

export interface Arrangement {
  /** Panels that were folded, or unfolded where it says false; the others are as they start. */
  readonly folded: Readonly<Record<string, boolean>>;
  readonly columns: Columns;
  /** What was set in the panels, by panel and key. */
  readonly settings: Readonly<Record<string, Setting>>;
}

/** Panels from top to bottom; those that are not named stand where they do by default. */
export interface Columns {
  readonly first: readonly string[];
  readonly second: readonly string[];
}

export const defaultArrangement: Arrangement = { folded: {}, columns: { first: [], second: [] }, settings: {} };

/** More than this, as JSON, no person has arranged. */
const mostCharacters = 65_536;

/** What a webview posted or an earlier version kept, checked before it is used; undefined for anything else. */
export function parseArrangement(value: unknown): Arrangement | undefined {
  if (!isFields(value)) return undefined;
  const { folded, columns, settings } = value;
  if (!isFields(folded) || !isFields(settings) || !isFields(columns)) return undefined;
  const { first, second } = columns;
  if (!isStrings(first) || !isStrings(second)) return undefined;
  if (!Object.values(folded).every(isFlag) || !Object.values(settings).every(isSetting)) return undefined;
  const arrangement = { folded, columns: { first, second }, settings } as Arrangement; // every value was looked at
  return JSON.stringify(arrangement).length <= mostCharacters ? arrangement : undefined;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** Infinity and NaN would not come back from JSON. */
function isSetting(value: unknown): value is Setting {
  return typeof value === 'string' || isFlag(value) || Number.isFinite(value);
}
