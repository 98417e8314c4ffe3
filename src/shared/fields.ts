/** Parsers for what comes from outside: each returns the value as it is to be used, or undefined to refuse it. */

export type Parser<T> = (value: unknown) => T | undefined;
export type Parsers = Readonly<Record<string, Parser<unknown>>>;

/** What an object holds once every field has been parsed. */
export type Parsed<P extends Parsers> = { readonly [Name in keyof P]: Exclude<ReturnType<P[Name]>, undefined> };

export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with the fields that have a parser, and no others; undefined if a field is missing or refused. */
export function parseFields<P extends Parsers>(value: unknown, parsers: P): Parsed<P> | undefined {
  if (!isFields(value)) return undefined;
  const parsed: Record<string, unknown> = {};
  for (const [name, parse] of Object.entries(parsers)) {
    const field = parse(value[name]);
    if (field === undefined) return undefined;
    parsed[name] = field;
  }
  return parsed as Parsed<P>; // the loop has filled in every field
}

/** A parser that accepts whatever passes the check, unchanged. */
export function accept<T>(check: (value: unknown) => value is T): Parser<T> {
  return value => (check(value) ? value : undefined);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** 0, 1, 2, … */
export function isNatural(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** The longest name or prefix that is taken, in UTF-16 units. */
const longestText = 1000;

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}
