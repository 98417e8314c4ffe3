/** Kinds of values that somebody chooses: what one may be, and how it is read from JSON, or from what was typed. */
import { quote } from './errors';
import type { Parser } from './fields';

/** The part of a JSON schema that VS Code knows for settings. */
type Schema = Readonly<Record<string, unknown>>;

export interface Kind<T> {
  /** To be read after "must be". */
  readonly allowed: string;
  /** From JSON. Undefined for what it cannot be. */
  readonly read: Parser<T>;
  /** From a command line or a form. Undefined for what it cannot be. */
  readonly parse: (typed: string) => T | undefined;
  readonly schema: Schema;
}

export interface NumberKind extends Kind<number> {
  readonly min: number;
  readonly max: number;
  /** "1 to 256". */
  readonly range: string;
  readonly integer: boolean;
}

export interface ChoiceKind<T> extends Kind<T> {
  readonly choices: readonly T[];
}

/** What a value of a kind is read as. */
export type ValueOf<K extends Kind<unknown>> = Exclude<ReturnType<K['read']>, undefined>;

export const whole = (min: number, max: number): NumberKind => numberKind(min, max, true);
export const real = (min: number, max: number): NumberKind => numberKind(min, max, false);

function numberKind(min: number, max: number, integer: boolean): NumberKind {
  const read: Parser<number> = value =>
    typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value))
      ? value
      : undefined;
  const range = `${group(min)} to ${group(max)}`;
  return {
    min,
    max,
    range,
    integer,
    allowed: `a ${integer ? 'whole number' : 'number'} from ${range}`,
    read,
    parse: typed => read(parseNumber(typed)),
    schema: { type: integer ? 'integer' : 'number', minimum: min, maximum: max },
  };
}

/** As `torch.manual_seed` takes it. Where a double cannot hold what was typed, it becomes its low 32 bits, which is all that counts. */
export const seed: NumberKind = {
  ...whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  range: '-2^63 to 2^64 - 1',
  allowed: 'a whole number from -2^63 to 2^64 - 1, as torch.manual_seed takes it',
  parse(typed) {
    const digits = withoutGroups(typed);
    if (!/^[+-]?\d{1,20}$/.test(digits)) return undefined;
    const value = BigInt(digits.replace('+', ''));
    if (value < -(2n ** 63n) || value >= 2n ** 64n) return undefined;
    const double = Number(value);
    return Number.isSafeInteger(double) ? double : Number(BigInt.asUintN(32, value));
  },
};

export function choice<const T extends string>(choices: readonly T[], allowed = or(choices)): ChoiceKind<T> {
  const read: Parser<T> = value => choices.find(known => known === value);
  return { choices, allowed, read, parse: read, schema: { type: 'string', enum: choices } };
}

export const toggle: Kind<boolean> = {
  allowed: 'true or false',
  read: value => (typeof value === 'boolean' ? value : undefined),
  parse: typed => (typed === 'true' ? true : typed === 'false' ? false : undefined),
  schema: { type: 'boolean' },
};

/** Any text that one function can read. */
export function written<T>(allowed: string, parse: (typed: string) => T | undefined, schema: Schema = {}): Kind<T> {
  return {
    allowed,
    parse,
    read: value => (typeof value === 'string' ? parse(value) : undefined),
    schema: { type: 'string', ...schema },
  };
}

/** Why something cannot be used, as a sentence. @param what to be read before "must be" */
export function refusal(what: string, { allowed }: Kind<unknown>, value: unknown): string {
  const shown = value === '' ? 'empty' : typeof value === 'string' ? `"${quote(value)}"` : quote(value);
  return `${what} must be ${allowed}, but it is ${shown}.`;
}

/**
 * A number as people write it, perhaps with its thousands in groups: 200,000 or 200 000.
 *
 * @returns undefined for anything else, and where a double would be another number: infinite, 0, or another integer
 */
export function parseNumber(typed: string): number | undefined {
  const text = withoutGroups(typed);
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  const isLost = value === 0 && /[1-9]/.test(text.replace(/e.*/i, ''));
  return Number.isFinite(value) && !isLost && (!Number.isInteger(value) || Number.isSafeInteger(value))
    ? value
    : undefined;
}

/** Spaces of all kinds come along with numbers that are copied. */
function withoutGroups(typed: string): string {
  const text = typed.trim();
  return /^[+-]?\d{1,3}(?:(?:,\d{3})+|(?:[ \u00a0\u2009\u202f]\d{3})+)(?:\.\d*)?$/.test(text)
    ? text.replace(/[,\s]/g, '')
    : text;
}

function group(n: number): string {
  return n.toLocaleString('en-US');
}

/** "a", "a or b", "a, b, or c". */
function or(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  if (words.length < 3) return words.join(' or ');
  return `${words.slice(0, -1).join(', ')}, or ${last}`;
}
