import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ComparedRun } from '../../shared/comparison';
import type { Hyperparameters } from '../../shared/hyperparameters';
import { withHyperparameters, type Preset } from '../../shared/presets';
import type { ControlCommand, EventMessages, RunEvent, WorkerEvent } from '../../shared/protocol';
import { defaultRunOptions, type Pace, type Places, type RunOptions, type Source } from '../../shared/run';
import { watchNothing, type Watch } from '../../shared/inspection';
import { canResume, hasModel, idle, isTraining, type RunState } from '../../shared/run-state';
import { reduce } from '../../shared/reducer';
import { defaultSampleRequest, type SampleRequest } from '../../shared/sampling';
import { logEvent } from './log';
import { configuredPace } from '../settings';
import type { Snapshot } from './snapshot';
import type { RunStorage } from '../../store/run-storage';
import { TakenText } from '../text/taken-text';
import { WorkerClient } from './worker-client';

interface HeldRun {
  readonly state: RunState;
  /** None after a reload. */
  readonly worker: WorkerClient | undefined;
  readonly taken: TakenText;
}

/** The one run that trains or has trained, and its state. It outlives the inspector. */
export class Session implements vscode.Disposable {
  private current = idle;
  private worker: WorkerClient | undefined;
  private takenText = TakenText.of('');
  /** What somebody looks at. Until a panel has told, it will be the samples: they open by themselves. */
  private watch: Watch = { ...watchNothing, samples: true };
  /** The run before, until the new one has shown that it can start. */
  private previous: HeldRun | undefined;
  private readonly events = new vscode.EventEmitter<RunEvent>();
  /** Every event, after it has changed the state. */
  readonly onEvent = this.events.event;

  constructor(
    private readonly workerFile: string,
    private readonly storage: RunStorage,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get state(): RunState {
    return this.current;
  }

  /** The text that is trained on. */
  get taken(): TakenText {
    return this.takenText;
  }

  /** Shows the last pictures that another window has left; where this one is at work already, it has its own. */
  recall({ state, fingerprint }: Snapshot): void {
    if (this.current.status !== 'idle') return;
    this.takenText = TakenText.left(fingerprint);
    this.apply({ type: 'hydrate', state: asKept(state, this.storage) });
  }

  /** Starts a run in a thread of its own. The run before is stopped; where the new one cannot start, it comes back. */
  start(source: Source, text: string, preset: Preset, options: RunOptions, id = randomUUID() as string): void {
    const { engine, purpose } = options;
    const hyperparameters = JSON.stringify(preset.hyperparameters);
    this.log.info(`Start (${purpose}): ${preset.id} on ${source.name} with ${engine}: ${hyperparameters}`);
    const isKept = purpose === 'train'; // an experiment takes seconds
    const worker = this.begin(text, { source, preset, purpose, ...(isKept && { id }) });
    const place = isKept ? { place: this.storage.placeOf(id) } : {};
    worker.post({ type: 'start', text, source, preset, options, id, ...this.beginning(), ...place });
  }

  /**
   * Goes on with a run from its last checkpoint.
   *
   * @param paused to look at it only
   * @throws InputError where there is no such run, or it cannot be read
   */
  async resume(id: string, { paused }: { paused: boolean }): Promise<void> {
    const { record, text } = this.storage.read(id);
    const { source, preset, options } = record;
    this.log.info(`Go on: ${preset.id} on ${source.name}, kept in ${id}`);
    if (id === this.current.id) await this.worker?.dispose(); // two threads cannot write one run
    await this.forgetPrevious(id);
    const { purpose } = options;
    const worker = this.begin(text, { source, preset, purpose, id, ...(paused && { opened: true }) });
    const place = this.storage.placeOf(id);
    worker.post({ type: 'restore', place, engine: options.engine, paused, ...this.beginning() });
  }

  /** Ends a run for good, so that its folder can be moved; another run is left alone. */
  async close(id: string): Promise<void> {
    await this.forgetPrevious(id);
    if (id !== this.current.id) return;
    await this.worker?.dispose();
    this.worker = undefined;
    this.apply({ type: 'hydrate', state: idle });
  }

  /**
   * The same again, with other hyperparameters.
   *
   * @param text the same too, unless told
   * @throws InputError saying which value cannot be used
   */
  restart(hyperparameters: Hyperparameters, options: RunOptions, text = this.takenText.text): void {
    const { source, preset } = this.current;
    if (!source || !preset || text === undefined) return;
    this.start(source, text, withHyperparameters(preset, hyperparameters), options);
  }

  send(command: ControlCommand): void {
    if (command.type === 'watch') this.watch = command.watch;
    if (hasModel(this.current)) this.worker?.post(command);
    else if (command.type === 'stop' && this.current.status === 'starting') this.abandonStart();
  }

  /** Draws names as they were drawn last, but for what is told. The same request at the same step would give the same names. */
  sample(changes: Partial<SampleRequest>): void {
    const last = this.current.samples;
    const { sampler } = this.current.info ?? defaultRunOptions;
    const { bigram: _, ...before } = last?.request ?? { ...defaultSampleRequest, sampler };
    const next = before.seed < Number.MAX_SAFE_INTEGER ? before.seed + 1 : 0;
    const seed = last?.step === this.current.step ? next : before.seed;
    this.send({ type: 'sample', request: { ...before, seed, ...changes } });
  }

  setSourceChanged(changed: boolean): void {
    if (changed !== this.current.sourceChanged) this.apply({ type: 'sourceChanged', changed });
  }

  /** Puts runs side by side in the inspector. */
  compare(runs: readonly ComparedRun[]): void {
    this.apply({ type: 'compared', runs });
  }

  setPlaces(places: Places | undefined): void {
    this.apply({ type: 'places', places });
  }

  dispose(): void {
    void this.worker?.dispose();
    void this.previous?.worker?.dispose();
    this.events.dispose();
  }

  /** @returns the thread of the new run, which has been told nothing yet */
  private begin(text: string, start: EventMessages['starting']): WorkerClient {
    const { current } = this;
    if (current.restored || (hasModel(current) && start.id !== current.id)) {
      if (isTraining(current) && !current.opened) this.worker?.post({ type: 'stop' });
      this.previous = { state: current, worker: this.worker, taken: this.takenText };
    } else void this.worker?.dispose();
    this.takenText = TakenText.of(text);
    this.apply({ type: 'starting', ...start });
    const worker = new WorkerClient(this.workerFile, () => {
      if (start.id !== undefined) this.storage.release(start.id);
    });
    this.worker = worker;
    worker.onMessage(event => {
      if (worker === this.worker) this.receive(event);
      else if (worker === this.previous?.worker)
        this.previous = { ...this.previous, state: reduce(this.previous.state, event) };
    });
    return worker;
  }

  private beginning(): { watch: Watch; pace: Pace } {
    return { watch: this.watch, pace: configuredPace() };
  }

  private receive(event: WorkerEvent): void {
    logEvent(this.log, event);
    if (event.type === 'started') void this.forgetPrevious();
    this.apply(event);
    if (event.type !== 'failed') return;
    void this.worker?.dispose();
    void this.reportFailure(event.reason, this.current);
    if (this.previous) this.restore(this.previous);
  }

  private apply(event: RunEvent): void {
    this.current = reduce(this.current, event);
    this.events.fire(event);
  }

  /** @param id where only this one is meant */
  private async forgetPrevious(id = this.previous?.state.id): Promise<void> {
    const { previous } = this;
    if (!previous || previous.state.id !== id) return;
    this.previous = undefined;
    await previous.worker?.dispose();
  }

  /** Stop, before there is anything to stop. */
  private abandonStart(): void {
    this.log.info('The start was abandoned.');
    if (this.previous) this.restore(this.previous);
    else {
      void this.worker?.dispose();
      this.worker = undefined;
      this.apply({ type: 'hydrate', state: idle });
    }
  }

  private restore({ state, worker, taken }: HeldRun): void {
    this.previous = undefined;
    void this.worker?.dispose();
    this.worker = worker;
    this.takenText = taken;
    this.apply({ type: 'hydrate', state });
  }

  private async reportFailure(reason: string, failed: RunState): Promise<void> {
    const { source, id } = failed;
    const resume = 'Resume';
    const again = 'Train Again';
    const offers = [...(canResume(failed) ? [resume] : []), ...(source ? [again] : [])];
    const choice = await vscode.window.showErrorMessage(reason, ...offers);
    if (choice === resume) await vscode.commands.executeCommand('makemore.resumeRun', id);
    if (choice === again && source)
      await vscode.commands.executeCommand('makemore.train', vscode.Uri.parse(source.uri, true));
  }
}

/** Last pictures, with what has become of their run: its last checkpoint may be later than they are, or be gone. */
function asKept({ keptStep: _, ...pictures }: RunState, storage: RunStorage): RunState {
  const kept = pictures.id === undefined ? undefined : storage.summaryOf(pictures.id);
  if (!kept) return pictures;
  const hasEnded = kept.status === 'finished' || kept.status === 'stopped';
  return { ...pictures, keptStep: kept.step, ...(hasEnded && { status: kept.status }) };
}
