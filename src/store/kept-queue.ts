import { createHash } from 'node:crypto';
import { isFields } from '../shared/fields';
import type { Preset } from '../shared/presets';
import type { RunOptions, Source } from '../shared/run';
import { isSweep, longestTitle } from './run-details';
import { decodeRecord, encodeRecord } from './run-record';

/** A run that waits, with the text as it was when it was queued. */
export interface QueuedRun {
  readonly id: string;
  readonly title?: string;
  /** The sweep that it belongs to. */
  readonly sweep?: string;
  readonly source: Source;
  readonly text: string;
  readonly preset: Preset;
  readonly options: RunOptions;
}

const format = 'makemore queue 1';
/** A queue with more text is not kept. */
export const mostQueueBytes = 2 ** 27;

/**
 * A header line with a checksum, then JSON: every text once, however many runs of a sweep learn it, and each run's record.
 *
 * @returns undefined for a queue that is too large to be kept
 */
export function encodeQueue(runs: readonly QueuedRun[]): Uint8Array | undefined {
  const texts = new Map(runs.map(({ text }) => [text, sha256(text)]));
  const characters = [...texts.keys()].reduce((sum, text) => sum + text.length, 0);
  if (characters > mostQueueBytes / 4) return undefined; // a character takes three bytes at most
  const body = JSON.stringify({
    texts: [...texts.keys()],
    runs: runs.map(({ text, title, sweep, ...run }) => ({
      record: encodeRecord({ ...run, names: texts.get(text) ?? '', created: 0 }),
      ...(title !== undefined && { title }),
      ...(sweep !== undefined && { sweep }),
    })),
  });
  return Buffer.from(`${format} ${sha256(body)}\n${body}`);
}

/** @returns undefined for what is damaged, foreign, or of another version */
export function decodeQueue(bytes: Uint8Array): QueuedRun[] | undefined {
  if (bytes.length > mostQueueBytes) return undefined;
  const text = new TextDecoder().decode(bytes);
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (text.slice(0, end) !== `${format} ${sha256(body)}`) return undefined;
  try {
    const { texts, runs } = fieldsOf(JSON.parse(body));
    if (!Array.isArray(texts) || !Array.isArray(runs)) return undefined;
    const known = new Map(texts.flatMap(one => (typeof one === 'string' ? [[sha256(one), one] as const] : [])));
    return runs.map(run => decodeRun(fieldsOf(run), known));
  } catch {
    return undefined; // a record of another version
  }
}

function decodeRun({ record, title, sweep }: Readonly<Record<string, unknown>>, texts: Map<string, string>): QueuedRun {
  const { names, created: _, ...run } = decodeRecord(String(record));
  const text = texts.get(names);
  if (text === undefined) throw new Error('A run without its text.');
  return {
    ...run,
    text,
    ...(typeof title === 'string' && { title: title.slice(0, longestTitle) }),
    ...(isSweep(sweep) && { sweep }),
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (isFields(value)) return value;
  throw new Error('No object.');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
