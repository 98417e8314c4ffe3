import { isFields } from '../shared/fields';
import { linesOf } from './name-lines';

/** @returns the values of an array, of the array in an object, or of a line each; undefined for what is none of these */
export function valuesOf(text: string): unknown[] | undefined {
  const trimmed = text.trim();
  if (!/^[[{"]/.test(trimmed)) return undefined;
  const whole = parse(trimmed);
  if (Array.isArray(whole)) return whole as unknown[];
  if (isFields(whole)) {
    const arrays = Object.values(whole).filter((value): value is unknown[] => Array.isArray(value));
    return arrays.length === 1 ? arrays[0] : [whole];
  }
  const values: unknown[] = [];
  for (const line of linesOf(trimmed)) {
    if (line.trim() === '') continue;
    const value = parse(line);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/**
 * The values that a text begins with, which is as much as is looked at while a person waits.
 *
 * @param most UTF-16 units that are parsed
 */
export function firstValuesOf(text: string, most: number): unknown[] | undefined {
  if (text.length <= most) return valuesOf(text);
  const head = text.slice(0, most);
  const byLine = valuesOf(head.slice(0, head.lastIndexOf('\n') + 1));
  if (byLine) return byLine;
  // What is cut off is closed behind its last object or text.
  for (const last of ['}', '"'])
    for (const close of [']', ']}', '}']) {
      const values = valuesOf(head.slice(0, head.lastIndexOf(`${last},`) + 1) + close);
      if (values) return values;
    }
  return undefined;
}

/** The text of a value, or of what an object has under a key. */
export function textOf(value: unknown, key: string | undefined): string | undefined {
  const part = key === undefined ? value : isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof part === 'string' ? part : undefined;
}

/** A text in quotes that is no key. */
export interface Literal {
  readonly text: unknown;
  /** Of its first quote, in UTF-16 units. */
  readonly start: number;
}

const colon = /\s*:/y;

/** The texts of valid JSON, in their order. */
export function* literalsOf(json: string): Generator<Literal, void> {
  for (let start = json.indexOf('"'); start >= 0;) {
    const end = endOfLiteral(json, start);
    colon.lastIndex = end;
    if (!colon.test(json)) yield { text: parse(json.slice(start, end)), start };
    start = json.indexOf('"', end);
  }
}

/** Behind the next quote that no backslash escapes. */
function endOfLiteral(json: string, start: number): number {
  for (let i = start + 1; i < json.length; i++) {
    if (json[i] === '\\') i++;
    else if (json[i] === '"') return i + 1;
  }
  return json.length;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
