import { join } from 'node:path';
import { messageOf } from '../shared/errors';
import { withSmoothing } from '../shared/presets';
import type { CheckpointSummary } from './checkpoint';
import type { FileSystem } from './file-system';
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

/**
 * @param own this window's name in its locks
 * @param before what was read last time, which holds if nothing was written since. It takes long to read some files that
 *   are refused in the end.
 * @returns what was read, and the entry; none for a run that its owner has only begun to write
 */
export function readEntry(
  fs: FileSystem,
  folder: string,
  id: string,
  own: string,
  before?: ReadFiles,
): { readonly read: ReadFiles; readonly entry?: RunEntry | DamagedEntry } {
  const held = new RunLock(fs, folder).heldBy();
  const owner: Owner = held === undefined ? 'nobody' : held === own ? 'us' : 'others';
  const { state, bytes, changed } = measure(fs, folder);
  const read = before?.state === state ? before : { state, content: readContent(new RunFolder(fs, folder)) };
  if ('problem' in read.content && owner !== 'nobody') return { read };
  return { read, entry: { id, folder, owner, details: readDetails(fs, folder), bytes, changed, ...read.content } };
}

function readContent(run: RunFolder): ReadFiles['content'] {
  try {
    const [record, summary] = [run.readRecord(), run.readSummary()];
    return { record: { ...record, preset: withSmoothing(record.preset, summary.smoothing) }, summary };
  } catch (error) {
    return { problem: messageOf(error) };
  }
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
