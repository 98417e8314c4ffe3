import type { WalkRequest } from '../../../src/shared/inspection';
import { readsWholeNames } from '../../../src/shared/model-parts';
import type { RunState } from '../../../src/shared/run-state';
import type { Settings } from './settings';

/** The name that several panels follow through the model, and the place in it. By default the first name of the file. */
export function probeOf({ data }: RunState, shared: Settings): WalkRequest {
  const text = shared.get('probe', data?.first ?? '');
  const { length } = [...text];
  return { text, position: Math.min(shared.get('position', length), length) };
}

export function setProbe(shared: Settings, { text, position }: WalkRequest): void {
  shared.set('probe', text);
  shared.set('position', position);
}

/** What the model sees at a place: the characters before it, padded with boundaries where the context has a fixed length. */
export function contextAt({ info, preset }: RunState, { text, position }: WalkRequest): string[] {
  if (!info || !preset) return [];
  const before = [...text].slice(0, position);
  if (readsWholeNames(preset)) return [info.boundary, ...before];
  return [...Array<string>(info.blockSize).fill(info.boundary), ...before].slice(-info.blockSize);
}
