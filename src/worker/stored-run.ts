import fs from 'node:fs';
import { InputError } from '../shared/errors';
import type { Hyperparameters } from '../shared/hyperparameters';
import { withHyperparameters } from '../shared/presets';
import type { EngineId } from '../shared/run';
import type { FileSystem } from '../store/file-system';
import { newOwner } from '../store/owner';
import { DamagedCheckpointError, RunFolder, writeIn, type StoredRun } from '../store/run-folder';
import { RunLock } from '../store/run-lock';
import { createRun, type Run } from './create-run';

/** A run's folder on the disk, which is ours as long as the lock is. */
export interface OwnedFolder {
  readonly folder: RunFolder;
  readonly lock: RunLock;
}

/**
 * @param owner a name for the owner that others can recognize
 * @throws InputError if somebody else owns the run in it, or it cannot be written
 */
export function ownFolder(path: string, owner = newOwner(), system: FileSystem = fs): OwnedFolder {
  const lock = new RunLock(system, path, owner);
  const isOurs = writeIn(path, () => {
    system.mkdirSync(path, { recursive: true });
    return lock.acquire();
  });
  if (!isOurs)
    throw new InputError(`Another window or terminal is writing ${path}: stop the run there, or take another folder.`);
  return { folder: new RunFolder(system, path), lock };
}

interface RestoredRun {
  readonly run: Run;
  readonly stored: StoredRun;
}

/**
 * `restoreRun` to train on: a damaged checkpoint is set aside, so that nothing mistakes it for a good one.
 *
 * @param folder one that is ours
 * @param changes to the run's hyperparameters
 */
export async function restoreOwned(
  folder: RunFolder,
  engineId?: EngineId,
  changes: Hyperparameters = {},
): Promise<RestoredRun> {
  try {
    const { record, ...stored } = folder.read();
    const preset = withHyperparameters(record.preset, changes);
    return await restoreRun({ ...stored, record: { ...record, preset } }, engineId);
  } catch (error) {
    if (!(error instanceof DamagedCheckpointError)) throw error;
    throw new InputError(`${error.message} It was kept aside as ${folder.keepAside()}; train again.`);
  }
}

/**
 * Creates a run again from its record and its names, and restores its last checkpoint.
 *
 * @param engineId by default the run's own
 * @throws InputError if what is stored cannot be used
 */
export async function restoreRun(stored: StoredRun, engineId?: EngineId): Promise<RestoredRun> {
  const { record, text, checkpoint } = stored;
  const { preset, options, source } = record;
  const run = await createRun(text, source.name, preset, engineId ?? options.engine, options);
  run.trainer.restore(checkpoint.model);
  const { flavor } = run.trainer;
  if (flavor === checkpoint.engine) return { run, stored };
  const note = `The run began on another engine (${checkpoint.engine}) than it goes on with (${flavor}): the last digits may differ.`;
  return { run: { ...run, info: { ...run.info, notes: [...run.info.notes, note] } }, stored };
}
