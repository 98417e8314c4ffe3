import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ComparedRun } from '../../shared/comparison';
import type { Hyperparameters } from '../../shared/hyperparameters';
import { InputError } from '../../shared/errors';
import { withHyperparameters, type Preset } from '../../shared/presets';
import type { ControlCommand, RunEvent } from '../../shared/protocol';
import { plainReading, type Reading } from '../../shared/reading';
import { defaultRunOptions, type Pace, type Places, type RunOptions, type Source } from '../../shared/run';
import { watchNothing, type Watch } from '../../shared/inspection';
import { hasModel, type RunState } from '../../shared/run-state';
import { defaultSampleRequest, type SampleRequest } from '../../shared/sampling';
import { configuredMemoryLimit, configuredPace } from '../settings';
import { RunSwitch } from './run-switch';
import type { Snapshot } from './snapshot';
import type { RunStorage } from '../../store/run-storage';
import { TakenText } from '../text/taken-text';
import { WorkerClient } from './worker-client';

/** VS Code gives a window that closes 5 seconds in all, of which the last pictures need some. */
const leaveMilliseconds = 3_000;

/** The one run that trains or has trained, and its state. It outlives the inspector. */
export class Session implements vscode.Disposable {
  private readonly runs: RunSwitch;
  /** Every event, after it has changed the state. */
  readonly onEvent: vscode.Event<RunEvent>;
  /** What panels show. Until the inspector says so, assume the samples, whose panel is open by default. */
  private watch: Watch = { ...watchNothing, samples: true };

  /** The ids under which runs were kept that other windows had taken over, by the ids under which they began. */
  private readonly keptAs = new Map<string, string>();
  private asked: Reading = plainReading;

  /** A thread without a run. */
  private spare: WorkerClient | undefined;

  constructor(
    private readonly workerFile: string,
    private readonly storage: RunStorage,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const openWorker = (id: string | undefined): WorkerClient => {
      const worker = this.spare ?? new WorkerClient(workerFile);
      this.spare = undefined;
      worker.onGone(() => {
        if (id === undefined) return;
        storage.release(id);
        const own = this.keptAs.get(id);
        if (own !== undefined) storage.release(own);
      });
      return worker;
    };
    this.runs = new RunSwitch(openWorker, log);
    this.onEvent = this.runs.onEvent;
  }

  get state(): RunState {
    return this.runs.state;
  }

  /** How the text of the run is read: it is known before the run itself says so. */
  get reading(): Reading {
    return this.state.info?.reading ?? this.asked;
  }

  /** The text that the run trains on. */
  get taken(): TakenText {
    return this.runs.taken;
  }

  /**
   * Has a thread at hand for the run that a person is about to start: to load one takes a third of a second.
   *
   * @returns ends it, if no run has taken it
   */
  prepare(): vscode.Disposable {
    const spare = (this.spare ??= new WorkerClient(this.workerFile));
    const forget = (): void => {
      if (this.spare === spare) this.spare = undefined;
    };
    spare.onGone(forget);
    return new vscode.Disposable(() => {
      if (this.spare === spare) void spare.dispose();
      forget();
    });
  }

  /** Shows the last pictures of another window, unless this one already has a run of its own. */
  recall({ state, fingerprint }: Snapshot): void {
    if (this.state.status === 'idle') this.runs.recall(asStored(state, this.storage), TakenText.left(fingerprint));
  }

  /** Starts a run in a thread of its own. The run before is stopped, and comes back if the new one cannot start. */
  start(source: Source, text: string, preset: Preset, options: RunOptions, id: string = randomUUID()): void {
    const { engine, purpose, reading } = options;
    this.asked = reading;
    const hyperparameters = JSON.stringify(preset.hyperparameters);
    this.log.info(`Start (${purpose}): ${preset.id} on ${source.name} with ${engine}: ${hyperparameters}`);
    const beginning = this.beginning(); // nothing begins with a setting that cannot be used
    const isStored = purpose === 'train'; // an experiment takes seconds
    const worker = this.runs.begin(text, { source, preset, purpose, ...(isStored && { id }) });
    const place = isStored ? { place: this.storage.placeOf(id) } : {};
    worker.post({ type: 'start', text, source, preset, options, id, ...beginning, ...place });
  }

  /**
   * Continues a run from its last checkpoint.
   *
   * @param paused to only look at it
   * @param changes hyperparameters that it has from now on
   * @throws InputError if there is no such run, or it cannot be read
   */
  async resume(id: string, { paused, changes }: { paused: boolean; changes?: Hyperparameters }): Promise<void> {
    const { record, text } = this.storage.read(id);
    const { source, options } = record;
    const preset = withHyperparameters(record.preset, changes ?? {});
    this.log.info(`Go on: ${preset.id} on ${source.name}, kept in ${id}`);
    const beginning = this.beginning();
    if (id === this.state.id) await this.runs.endThread(); // two threads cannot write one run
    await this.runs.forgetPrevious(id);
    const { purpose, reading } = options;
    this.asked = reading;
    const worker = this.runs.begin(text, { source, preset, purpose, id, ...(paused && { opened: true }) });
    const place = this.storage.placeOf(id);
    const { engine } = options;
    worker.post({ type: 'restore', place, engine, paused, ...(changes && { changes }), ...beginning });
  }

  /** Ends a run for good, so that its folder can be moved. Any other run is left alone, and shown if this one took its place. */
  async close(id: string): Promise<void> {
    await this.runs.forgetPrevious(id);
    if (id === this.state.id) await this.runs.end();
  }

  /**
   * Keeps what was trained here of a run that another window has taken over.
   *
   * @throws InputError if it is gone meanwhile
   */
  keepAsOwn(id: string | undefined): void {
    if (id === undefined || id !== this.state.id || !this.state.takenOver || !hasModel(this.state))
      throw new InputError(
        'The run that another window has taken over is no longer here: another one has replaced it.',
      );
    const own = randomUUID();
    this.keptAs.set(id, own);
    this.runs.post({ type: 'keepAs', id: own, place: this.storage.placeOf(own) });
  }

  /**
   * Starts the same preset again with other hyperparameters.
   *
   * @param text the same as before by default
   * @throws InputError naming a value that cannot be used
   */
  restart(hyperparameters: Hyperparameters, options: RunOptions, text = this.taken.text): void {
    const { source, preset } = this.state;
    if (!source || !preset || text === undefined) return;
    this.start(source, text, withHyperparameters(preset, hyperparameters), options);
  }

  send(command: ControlCommand): void {
    if (command.type === 'watch') this.watch = command.watch;
    if (command.type === 'stop') this.runs.apply({ type: 'stopping' });
    if (hasModel(this.state)) this.runs.post(command);
    else if (command.type === 'stop' && this.state.status === 'starting') this.runs.abandonStart();
  }

  /** Draws names as they were drawn last, except for these changes. At the same step the seed moves on, for other names. */
  sample(changes: Partial<SampleRequest>): void {
    const last = this.state.samples;
    const { sampler } = this.state.info ?? defaultRunOptions;
    const { bigram: _, ...before } = last?.request ?? { ...defaultSampleRequest, sampler };
    const next = before.seed < Number.MAX_SAFE_INTEGER ? before.seed + 1 : 0;
    const seed = last?.step === this.state.step ? next : before.seed;
    this.send({ type: 'sample', request: { ...before, seed, ...changes } });
  }

  /** @param text of the document now; undefined if it is gone */
  compareSource(text: string | undefined): void {
    const changed = !this.taken.is(text);
    const gone = text === undefined;
    if (changed === this.state.sourceChanged && gone === (this.state.sourceGone ?? false)) return;
    this.runs.apply({ type: 'sourceChanged', changed, ...(gone && { gone }) });
  }

  /** @param moved where a file is now; undefined for one that stays where it is */
  relocate(moved: (source: Source) => Source | undefined): void {
    this.runs.relocate(moved);
  }

  /** @param name of the file, if its own name is not enough to tell it from those of other runs */
  callSource(name: string | undefined): void {
    if (name !== this.state.called) this.runs.apply({ type: 'called', name });
  }

  /** Shows runs side by side in the inspector. */
  compare(runs: readonly ComparedRun[]): void {
    this.runs.apply({ type: 'compared', runs });
  }

  setPlaces(places: Places | undefined): void {
    this.runs.apply({ type: 'places', places });
  }

  /** The window closes or reloads: the run that trains keeps every step so far. */
  leave(): Promise<void> {
    return this.runs.leave(leaveMilliseconds);
  }

  dispose(): void {
    void this.spare?.dispose();
    this.runs.dispose();
  }

  private beginning(): { watch: Watch; pace: Pace; memoryLimit: number } {
    return { watch: this.watch, pace: configuredPace(), memoryLimit: configuredMemoryLimit() };
  }
}

/** Last pictures, brought up to date with the storage: the last checkpoint may be later than they are, or be gone. */
function asStored({ keptStep: _, ...pictures }: RunState, storage: RunStorage): RunState {
  const kept = pictures.id === undefined ? undefined : storage.summaryOf(pictures.id);
  if (!kept) return pictures;
  const hasEnded = kept.status !== 'running' && kept.status !== 'paused';
  return { ...pictures, keptStep: kept.step, ...(hasEnded && { status: kept.status }) };
}
