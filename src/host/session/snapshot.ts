import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { isHyperparameters } from '../../shared/hyperparameters';
import { presetById } from '../../shared/presets';
import { idle, isTraining, type RunState } from '../../shared/run-state';
import { spreadLosses, thinLosses, type ThinnedLosses } from './thinned-losses';

/** What outlives a window: the last pictures of its run, and the fingerprint of the text it trained on. */
export interface Snapshot {
  readonly state: RunState;
  readonly fingerprint: string;
}

/** The header also names the version of the extension: what panels need can change with any version. */
const format = 'makemore snapshot 1';
/** Enough to keep every loss of the lectures' 200,000 steps. */
const mostLosses = 2 ** 18;
/** Larger parts of the state are left out: their panels are empty after a reload. */
const mostBytes = 2 ** 21;
/** No state has parts that add up to more than this. */
export const mostSnapshotBytes = 2 ** 27;

/**
 * A header line with a checksum, then the parts of the state in V8's own serialization format. Unlike JSON it keeps typed
 * arrays, NaN and undefined, and it is fast.
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
 * The state as it is shown after a reload: a run that was training has been interrupted, and there is no model. Undefined
 * for a snapshot that is damaged, foreign or of another version.
 */
export function decodeSnapshot(bytes: Uint8Array, version: string): Snapshot | undefined {
  if (bytes.length > mostSnapshotBytes) return undefined;
  try {
    const end = bytes.indexOf(0x0a) + 1;
    const body = bytes.subarray(end);
    if (Buffer.from(bytes.subarray(0, end)).toString() !== headOf(body, version)) return undefined;
    // The casts hold because of the header: this very version wrote the body, and nothing in it has changed.
    const { fingerprint, parts } = deserialize(body) as { fingerprint: unknown; parts: [string, Uint8Array][] };
    if (typeof fingerprint !== 'string') return undefined;
    const known = Object.fromEntries(parts.map(([name, part]) => [name, deserialize(part) as unknown]));
    const state = { ...idle, ...known, losses: spreadLosses(known.losses as ThinnedLosses) } as RunState;
    return isWhole(state) ? { state: interrupted(state), fingerprint } : undefined;
  } catch {
    return undefined; // anything that cannot be read is not a snapshot
  }
}

function headOf(body: Uint8Array, version: string): string {
  return `${format} ${version} ${createHash('sha256').update(body).digest('hex')}\n`;
}

/** Whether everything is there that all panels need. The checksum vouches for the rest. */
function isWhole(state: RunState): boolean {
  const { preset, source, info } = state;
  if (!preset || !source || !info) return false;
  presetById(preset.id); // throws if there is no such preset
  const fields: Readonly<Record<string, unknown>> = { ...state };
  const sameKind = Object.entries(idle).every(([name, value]) => kindOf(fields[name]) === kindOf(value));
  return sameKind && isHyperparameters(preset.hyperparameters) && typeof source.uri === 'string';
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function interrupted({ sampling: _, places: __, ...state }: RunState): RunState {
  const status = isTraining(state) ? 'interrupted' : state.status;
  return { ...state, status, restored: true, findingDeadNeurons: false };
}
