import { isFields } from '../shared/fields';
import { toPlainText } from './stored-text';

/** What a person has noted about a run. It is stored beside the record. */
export interface RunDetails {
  readonly title?: string;
  readonly pinned: boolean;
  /** The sweep that it belongs to, which is nothing but this name. */
  readonly sweep?: string;
}

export const noDetails: RunDetails = { pinned: false };

/** Longer titles cannot be read in a list. */
export const longestTitle = 200;

/** The file holds little else than the title. */
export const mostDetailsBytes = 2 ** 16;

export function encodeDetails(details: RunDetails): string {
  return `${JSON.stringify(details, undefined, 2)}\n`;
}

/** Ignores whatever cannot be read: losing a title does a run no harm. */
export function decodeDetails(text: string): RunDetails {
  try {
    const details: unknown = JSON.parse(text);
    const { title, pinned, sweep } = isFields(details) ? details : {};
    const known = typeof title === 'string' && title.length > 0 && title.length <= longestTitle;
    return {
      ...(known && { title: toPlainText(title) }),
      pinned: pinned === true,
      ...(isSweep(sweep) && { sweep }),
    };
  } catch {
    return noDetails;
  }
}

export function isSweep(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-z-]{1,64}$/i.test(value);
}
