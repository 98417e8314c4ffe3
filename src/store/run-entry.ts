import { join } from 'node:path';
import { messageOf } from '../shared/errors';
import type { CheckpointSummary } from './checkpoint';
import { readWhole, type FileSystem } from './file-system';
import { decodeDetails, mostDetailsBytes, noDetails, type RunDetails } from './run-details';
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

const detailsFile = 'details.json';

/**
 * @param own this window's name in its locks
 * @param before the entry as it was read last time; its record and summary are kept if nothing was written since
 * @returns undefined for a run that its owner has only begun to write
 */
export function readEntry(
  fs: FileSystem,
  folder: string,
  id: string,
  own: string,
  before?: RunEntry,
): RunEntry | DamagedEntry | undefined {
  const held = new RunLock(fs, folder).heldBy();
  const owner: Owner = held === undefined ? 'nobody' : held === own ? 'us' : 'others';
  const entry = { id, folder, owner, details: readDetails(fs, folder), ...measure(fs, folder) };
  if (before?.bytes === entry.bytes && before.changed === entry.changed) return { ...before, ...entry };
  const run = new RunFolder(fs, folder);
  try {
    return { ...entry, record: run.readRecord(), summary: run.readSummary() };
  } catch (error) {
    return owner === 'nobody' ? { ...entry, problem: messageOf(error) } : undefined;
  }
}

export function detailsPath(folder: string): string {
  return join(folder, detailsFile);
}

function readDetails(fs: FileSystem, folder: string): RunDetails {
  try {
    return decodeDetails(readWhole(fs, detailsPath(folder), mostDetailsBytes).toString());
  } catch {
    return noDetails; // nobody has noted anything yet, or the file is damaged
  }
}

function measure(fs: FileSystem, folder: string): { bytes: number; changed: number } {
  let bytes = 0;
  let changed = 0;
  for (const name of fs.readdirSync(folder)) {
    try {
      const { size, mtimeMs } = fs.statSync(join(folder, name));
      bytes += size;
      if (name.endsWith('.safetensors')) changed = Math.max(changed, mtimeMs);
    } catch {
      continue; // it was an unfinished file, which has its final name by now
    }
  }
  return { bytes, changed };
}
