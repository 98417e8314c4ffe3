import fs from 'node:fs';
import { divergenceOf } from '../shared/divergence';
import { messageOf } from '../shared/errors';
import { learningRateAt, rangeTestRate } from '../shared/learning-rate';
import { MemoryRefusal } from '../shared/memory-refusal';
import type { Channel, RunPlace, WorkerCommand, WorkerEvent } from '../shared/protocol';
import { factsOf, type Pace } from '../shared/run';
import type { Checkpoint } from '../store/checkpoint';
import { deleteEmptyFolder } from '../store/delete';
import { untilFree } from '../store/patience';
import type { RunRecord } from '../store/run-record';
import { createRun, type OnProgress, type Run } from './create-run';
import { Keeper } from './keeper';
import { RunController } from './run-controller';
import { ownFolder, restoreOwned, type OwnedFolder } from './stored-run';

type CommandOf<K extends WorkerCommand['type']> = Extract<WorkerCommand, { type: K }>;
type Beginning = CommandOf<'start' | 'restore'>;
type NewRecord = Omit<RunRecord, 'names'>;

/** For this long a run waits to begin while another program holds its folder; longer than that, and nobody waits with it. */
const mostWait = 5_000;
/** Whoever waits no longer than this needs no progress. */
const quietMilliseconds = 300;

/**
 * Serves one run, from its text or its last checkpoint to its last step, as commanded by the other end of the channel.
 *
 * @param end ends the thread, once the last checkpoint is written
 */
export function serveRun(channel: Channel<WorkerEvent, WorkerCommand>, end: () => void): void {
  let controller: RunController | undefined;
  let keepAs: ((id: string, place: RunPlace) => void) | undefined;
  const post = (event: WorkerEvent): void => channel.post(event);

  channel.onMessage(command => {
    if (command.type === 'start') void attempt(() => start(command));
    else if (command.type === 'restore') void attempt(() => restore(command));
    else if (command.type === 'keepAs') keepAs?.(command.id, command.place);
    else if (command.type === 'leave') leave();
    else controller?.handle(command); // nobody controls a run before it has posted `started`
  });

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const remedy = error instanceof MemoryRefusal ? { remedy: error.remedy } : {};
      post({ type: 'failed', reason: messageOf(error), ...remedy });
    }
  }

  function leave(): void {
    controller?.handle({ type: 'pause' }); // which writes what has been trained, and is done when it returns
    end();
  }

  async function start(command: CommandOf<'start'>): Promise<void> {
    const { text, source, preset, options, place, memoryLimit } = command;
    const asked = { ...options, memoryLimit };
    const run = await createRun(text, source.name, preset, options.engine, asked, tellProgress());
    await control(run, command, place && (await keepNew(run, command, place)));
  }

  async function restore(command: CommandOf<'restore'>): Promise<void> {
    const { place, engine, changes } = command;
    const owned = await own(place);
    try {
      const { run, stored } = await restoreOwned(owned.folder, engine, changes, command, tellProgress());
      const { record, text, checkpoint } = stored;
      if (changes) owned.folder.writeRecord(record);
      await control(run, command, keep(record, text, run, owned, command, checkpoint), checkpoint);
    } catch (error) {
      owned.lock.release();
      throw error;
    }
  }

  /** Nothing of a run that begins at once. What is posted goes out though this thread is busy. */
  function tellProgress(): OnProgress {
    const begun = performance.now();
    let percent = 0;
    return (stage, share) => {
      const next = Math.floor(100 * share);
      if (next === percent || performance.now() - begun < quietMilliseconds) return;
      percent = next;
      post({ type: 'preparing', preparation: { stage, share } });
    };
  }

  function own({ folder, owner }: RunPlace): Promise<OwnedFolder> {
    return untilFree(fs, () => ownFolder(folder, owner), { most: mostWait });
  }

  /** If the run cannot be kept on the disk, it is trained all the same. */
  async function keepNew(run: Run, command: CommandOf<'start'>, place: RunPlace): Promise<Keeper | undefined> {
    const { id, text, source, preset, options } = command;
    let owned: OwnedFolder | undefined;
    try {
      const { folder } = (owned = await own(place));
      const record = { id, source, preset, options, created: Date.now() };
      await untilFree(fs, () => folder.create(record, text), { most: mostWait });
      return keep(record, text, run, owned, command);
    } catch (error) {
      if (owned) removeUnfinished(owned, place);
      post({ type: 'kept', step: 0, problem: `${messageOf(error)} The run ends with this window.` });
      return undefined;
    }
  }

  function keep(
    record: NewRecord,
    text: string,
    { trainer, info }: Run,
    { folder, lock }: OwnedFolder,
    { place, pace }: { readonly place?: RunPlace; readonly pace: Pace },
    before?: Checkpoint,
  ): Keeper {
    const onKept = (problem?: string): void =>
      post({ type: 'kept', step: trainer.step, ...(problem !== undefined && { problem, isDue: true }) });
    let makeAgain = place && ((): OwnedFolder => newFolder(place, record, text));
    const keeper = new Keeper(folder, lock, record.id, trainer, onKept, { ...before, facts: factsOf(info) }, pace, {
      onTaken: () => {
        post({ type: 'takenOver', step: trainer.step });
        controller?.handle({ type: 'stop' });
      },
      makeAgain: () => makeAgain?.(),
    });
    keepAs = (id, other) => {
      try {
        makeAgain = () => newFolder(other, { ...record, id, created: Date.now() }, text);
        keeper.moveTo(id, makeAgain());
        post({ type: 'keptAs', id, step: trainer.step });
      } catch (error) {
        post({ type: 'kept', step: trainer.step, problem: messageOf(error) });
      }
    };
    return keeper;
  }

  /** Never returns. */
  async function control(run: Run, command: Beginning, keeper?: Keeper, before?: Checkpoint): Promise<never> {
    const { watch, pace } = command;
    const isOpened = command.type === 'restore' && command.paused;
    post({ type: 'started', info: run.info });
    post({ type: 'counts', counts: run.counts });
    post({ type: 'described', data: run.data });
    if (run.smoothingCurve) post({ type: 'smoothingCurve', curve: run.smoothingCurve });
    if (before) postHistory(run, before);
    if (before?.broken && isOpened)
      post({ type: 'diverged', divergence: divergenceOf(run.preset, before.broken, run.info.batchNorms) });
    const { evaluations } = before ?? {};
    controller = new RunController(run, post, {
      pace,
      isOpened,
      ...(keeper && { keeper }),
      ...(evaluations && { evaluations }),
    });
    controller.handle({ type: 'watch', watch });
    return controller.run();
  }

  /** What the inspector would know if the run had never stopped. */
  function postHistory({ preset, info }: Run, { losses, evaluations, model }: Checkpoint): void {
    const last = losses.length - 1;
    const learningRate =
      info.purpose === 'rangeTest'
        ? rangeTestRate(last, preset.hyperparameters)
        : learningRateAt(last, preset.hyperparameters);
    if (losses.length > 0) post({ type: 'losses', firstStep: 0, losses, learningRate, microsecondsPerStep: 0 });
    for (const evaluation of evaluations) post({ type: 'evaluated', evaluation });
    post({ type: 'kept', step: model.step });
    if (model.smoothing !== undefined) post({ type: 'smoothed', smoothing: model.smoothing });
  }
}

/** @throws InputError if the folder cannot be written, or is somebody else's */
function newFolder(place: RunPlace, record: NewRecord, text: string): OwnedFolder {
  const owned = ownFolder(place.folder, place.owner);
  owned.folder.create(record, text);
  return owned;
}

/** Removes a run's folder in which nothing could be begun. */
function removeUnfinished({ lock }: OwnedFolder, { folder }: RunPlace): void {
  try {
    lock.release();
    deleteEmptyFolder(fs, folder);
  } catch {
    // a disk that refuses the run may refuse this too
  }
}
