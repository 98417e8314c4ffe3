import { join } from 'node:path';
import { InputError, messageOf } from '../shared/errors';
import { withSmoothing } from '../shared/presets';
import type { CheckpointSummary } from './checkpoint';
import { codeOf, type FileSystem } from './file-system';
import { readWhole } from './read-file';
import { decodeDetails, mostDetailsBytes, noDetails, type RunDetails } from './run-details';
import { files } from './run-files';
import { RunFolder } from './run-folder';
import { RunLock } from './run-lock';
import type { RunRecord } from './run-record';

/** Who may write a run: this window, another one, or whoever takes it next. */
export type Owner = 'us' | 'others' | 'nobody';

interface Entry {
  /** The name of its folder. */
  readonly id: string;
  readonly folder: string;
  readonly owner: Owner;
  readonly details: RunDetails;
  /** Its size on the disk. */
  readonly bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly changed: number;
}

/** A run as the list of runs shows it. */
export interface RunEntry extends Entry {
  /** What it learns, with the smoothing that it has now. */
  readonly record: RunRecord;
  readonly summary: CheckpointSummary;
}

/** A folder that no run can be read from. */
export interface DamagedEntry extends Entry {
  readonly problem: string;
}

export function isDamaged(entry: RunEntry | DamagedEntry): entry is DamagedEntry {
  return 'problem' in entry;
}

/** What a folder's files hold, and which state of them it was read from. */
export interface ReadFiles {
  readonly state: string;
  readonly content: Pick<RunEntry, 'record' | 'summary'> | Pick<DamagedEntry, 'problem'>;
}

export interface ReadEntry {
  readonly read: ReadFiles;
  /** None for a run that its owner has only begun to write. */
  readonly entry?: RunEntry | DamagedEntry;
}

/**
 * @param own this window's name in its locks
 * @param before what was read last time, which holds if nothing was written since. It takes long to read some files that
 *   are refused in the end.
 */
export function readEntry(fs: FileSystem, folder: string, id: string, own: string, before?: ReadFiles): ReadEntry {
  const held = new RunLock(fs, folder).heldBy();
  const owner: Owner = held === undefined ? 'nobody' : held === own ? 'us' : 'others';
  const { state, bytes, changed } = measure(fs, folder);
  const read = before?.state === state ? before : readFiles(new RunFolder(fs, folder), state, before);
  if ('problem' in read.content && owner !== 'nobody') return { read };
  return { read, entry: { id, folder, owner, details: readDetails(fs, folder), bytes, changed, ...read.content } };
}

function readFiles(run: RunFolder, state: string, before?: ReadFiles): ReadFiles {
  try {
    const [record, summary] = [run.readRecord(), run.readSummary()];
    const shown = { ...record, preset: withSmoothing(record.preset, summary.smoothing) };
    return { state, content: { record: shown, summary } };
  } catch (error) {
    const content = { problem: messageOf(error) };
    return isRefused(error) ? { state: 'unread', content: before?.content ?? content } : { state, content };
  }
}

/** Whether a file is there and the disk does not give it: another program may hold it, so that it is read the next time. */
function isRefused(error: unknown): boolean {
  return error instanceof InputError && error.cause !== undefined && codeOf(error.cause) !== 'ENOENT';
}

export function detailsPath(folder: string): string {
  return join(folder, files.details);
}

function readDetails(fs: FileSystem, folder: string): RunDetails {
  try {
    return decodeDetails(readWhole(fs, detailsPath(folder), mostDetailsBytes).toString());
  } catch {
    return noDetails; // nobody has noted anything yet, or the file is damaged
  }
}

function measure(fs: FileSystem, folder: string): { state: string; bytes: number; changed: number } {
  let bytes = 0;
  let changed = 0;
  const state: string[] = [];
  for (const name of fs.readdirSync(folder)) {
    try {
      const stat = fs.lstatSync(join(folder, name));
      if (!stat.isFile()) continue;
      const { size, mtimeMs } = stat;
      bytes += size;
      if (name.endsWith('.safetensors')) changed = Math.max(changed, mtimeMs);
      state.push(`${name} ${size} ${mtimeMs}`);
    } catch {
      continue; // it was an unfinished file, which has its final name by now
    }
  }
  return { state: state.join('\n'), bytes, changed };
}
