import type { WalkRequest } from '../../../src/shared/inspection';
import { readsWholeNames } from '../../../src/shared/model-parts';
import type { RunState } from '../../../src/shared/run-state';
import type { Settings } from './settings';

/** The name that goes through the model, and the place in it: what several panels look at. The first one of the file, unless told. */
export function probeOf({ data }: RunState, shared: Settings): WalkRequest {
  const text = shared.get('probe', data?.first ?? '');
  const { length } = [...text];
  return { text, position: Math.min(shared.get('position', length), length) };
}

export function setProbe(shared: Settings, { text, position }: WalkRequest): void {
  shared.set('probe', text);
  shared.set('position', position);
}

/** What the model sees at a place: so many characters before it, boundaries in front; or all of them. */
export function contextAt({ info, preset }: RunState, { text, position }: WalkRequest): string[] {
  if (!info || !preset) return [];
  const before = [...text].slice(0, position);
  if (readsWholeNames(preset)) return [info.boundary, ...before];
  return [...Array<string>(info.blockSize).fill(info.boundary), ...before].slice(-info.blockSize);
}
