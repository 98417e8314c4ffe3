import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { isHyperparameters } from '../../shared/hyperparameters';
import { presetById } from '../../shared/presets';
import { idle, isTraining, type RunState } from '../../shared/run-state';
import { spreadLosses, thinLosses, type ThinnedLosses } from './thinned-losses';

/** What outlives a window: the last pictures of its run, and the fingerprint of the text that it trained on. */
export interface Snapshot {
  readonly state: RunState;
  readonly fingerprint: string;
}

/** The second line of defence is the version of the extension: what a panel needs may change with every one. */
const format = 'makemore snapshot 1';
/** As many losses as the lectures' 200,000 steps give are kept one by one. */
const mostLosses = 2 ** 18;
/** A part of the state that is larger is left out: its panel is empty after a reload. */
const mostBytes = 2 ** 21;
/** More than all parts of a state together, whatever they hold. */
export const mostSnapshotBytes = 2 ** 27;

/**
 * A line that says what follows, with its checksum, then the parts of the state as V8 itself clones values: unlike JSON
 * it keeps typed arrays, NaN and what is undefined, and it is quick.
 */
export function encodeSnapshot({ state, fingerprint }: Snapshot, version: string): Uint8Array {
  const { losses, ...rest } = state;
  const parts = Object.entries({ ...rest, losses: thinLosses(losses, mostLosses) })
    .map(([name, value]) => [name, serialize(value)] as const)
    .filter(([, bytes]) => bytes.length <= mostBytes);
  const body = serialize({ fingerprint, parts });
  return Buffer.concat([Buffer.from(headOf(body, version)), body]);
}

/**
 * The state as a window after a reload shows it: whatever trained has been interrupted, and there is no model. Undefined
 * for what is damaged, foreign or of another version.
 */
export function decodeSnapshot(bytes: Uint8Array, version: string): Snapshot | undefined {
  if (bytes.length > mostSnapshotBytes) return undefined;
  try {
    const end = bytes.indexOf(0x0a) + 1;
    const body = bytes.subarray(end);
    if (Buffer.from(bytes.subarray(0, end)).toString() !== headOf(body, version)) return undefined;
    const { fingerprint, parts } = deserialize(body) as { fingerprint: unknown; parts: [string, Uint8Array][] };
    if (typeof fingerprint !== 'string') return undefined;
    const known = Object.fromEntries(parts.map(([name, part]) => [name, deserialize(part) as unknown]));
    const state = { ...idle, ...known, losses: spreadLosses(known.losses as ThinnedLosses) } as RunState;
    return isWhole(state) ? { state: interrupted(state), fingerprint } : undefined;
  } catch {
    return undefined; // whatever does not read as a snapshot is none
  }
}

function headOf(body: Uint8Array, version: string): string {
  return `${format} ${version} ${createHash('sha256').update(body).digest('hex')}\n`;
}

/** What every panel relies on; the checksum says that the rest is as this version wrote it. */
function isWhole(state: RunState): boolean {
  const { preset, source, info } = state;
  if (!preset || !source || !info) return false;
  presetById(preset.id); // throws for one that is none
  const sameKind = Object.entries(idle).every(
    ([name, value]) => kindOf(state[name as keyof RunState]) === kindOf(value),
  );
  return sameKind && isHyperparameters(preset.hyperparameters) && typeof source.uri === 'string';
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function interrupted({ sampling: _, places: __, ...state }: RunState): RunState {
  const status = isTraining(state) ? 'interrupted' : state.status;
  return { ...state, status, restored: true, findingDeadNeurons: false };
}
