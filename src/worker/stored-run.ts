import fs from 'node:fs';
import { InputError } from '../shared/errors';
import type { Hyperparameters } from '../shared/hyperparameters';
import { withHyperparameters } from '../shared/presets';
import type { EngineId } from '../shared/run';
import { makeFolder, type FileSystem } from '../store/file-system';
import { newOwner } from '../store/owner';
import { patient } from '../store/patience';
import { writeIn } from '../store/run-file';
import { DamagedCheckpointError, RunFolder, type StoredRun } from '../store/run-folder';
import { RunLock } from '../store/run-lock';
import { waitForSilentOwner } from '../store/silent-owner';
import { createRun, type MemoryOptions, type OnProgress, type Run } from './create-run';

/** A run's folder, which we may write as long as the lock is ours. */
export interface OwnedFolder {
  readonly folder: RunFolder;
  readonly lock: RunLock;
}

/**
 * @param owner the name to own it by, for whoever must know it
 * @throws InputError if somebody else owns the run in it, or it cannot be written
 */
export function ownFolder(path: string, owner = newOwner(), system: FileSystem = patient(fs)): OwnedFolder {
  const lock = new RunLock(system, path, owner);
  const isOurs = writeIn(path, () => {
    makeFolder(system, path);
    return lock.acquire();
  });
  if (!isOurs)
    throw new InputError(`Another window or terminal is writing ${path}: stop the run there, or take another folder.`);
  return { folder: new RunFolder(system, path), lock };
}

/**
 * Does what `ownFolder` does, but first gives an owner that may have died the time after which it counts as gone.
 *
 * @param onWait called once, before the wait, with how many milliseconds it takes at most
 * @throws InputError as `ownFolder` does
 */
export async function ownSilentFolder(path: string, onWait: (milliseconds: number) => void): Promise<OwnedFolder> {
  await waitForSilentOwner(new RunLock(fs, path), onWait);
  return ownFolder(path);
}

interface RestoredRun {
  readonly run: Run;
  readonly stored: StoredRun;
}

/**
 * `restoreRun` for a run that is to be resumed: a damaged checkpoint is kept aside, so that nothing takes it for a good one.
 *
 * @param folder one that is ours
 * @param changes to the run's hyperparameters; those that its model lacks are left out
 * @throws InputError if what is stored cannot be used
 */
export async function restoreOwned(
  folder: RunFolder,
  engineId?: EngineId,
  changes: Hyperparameters = {},
  memory?: MemoryOptions,
  onProgress?: OnProgress,
): Promise<RestoredRun> {
  try {
    const { record, ...stored } = folder.read();
    const own = Object.entries(changes).filter(([name]) => Object.hasOwn(record.preset.hyperparameters, name));
    const preset = withHyperparameters(record.preset, Object.fromEntries(own));
    return await restoreRun({ ...stored, record: { ...record, preset } }, engineId, memory, onProgress);
  } catch (error) {
    if (!(error instanceof DamagedCheckpointError)) throw error;
    throw new InputError(`${error.message} It was kept aside as ${folder.keepAside()}; train again.`);
  }
}

/**
 * Creates a run from its record and its names, and gives it the state of its last checkpoint.
 *
 * @param engineId an engine to use instead of the run's own
 * @throws InputError if what is stored cannot be used
 */
export async function restoreRun(
  stored: StoredRun,
  engineId?: EngineId,
  memory?: MemoryOptions,
  onProgress?: OnProgress,
): Promise<RestoredRun> {
  const { record, text, checkpoint } = stored;
  const { preset, options, source } = record;
  const asked = { ...options, ...memory };
  const run = await createRun(text, source.name, preset, engineId ?? options.engine, asked, onProgress);
  run.trainer.restore(checkpoint.model);
  const { flavor } = run.trainer;
  if (flavor === checkpoint.flavor) return { run, stored };
  const note = `The run began on another engine (${checkpoint.flavor}) than it goes on with (${flavor}): the last digits may differ.`;
  return { run: { ...run, info: { ...run.info, notes: [...run.info.notes, note] } }, stored };
}
