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

/** The text of a value, or of what an object has under a key. */
export function textOf(value: unknown, key: string | undefined): string | undefined {
  const part = key === undefined ? value : isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof part === 'string' ? part : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
