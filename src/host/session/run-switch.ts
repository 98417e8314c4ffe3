import * as vscode from 'vscode';
import { logEvent } from './log';
import type { WorkerClient } from './worker-client';
import type { EventMessages, RunEvent, WorkerCommand, WorkerEvent } from '../../shared/protocol';
import { reduce } from '../../shared/reducer';
import type { Source } from '../../shared/run';
import { hasModel, idle, isTraining, type RunState } from '../../shared/run-state';
import { TakenText } from '../text/taken-text';

interface Run {
  readonly state: RunState;
  /** None after a reload. */
  readonly worker: WorkerClient | undefined;
  readonly taken: TakenText;
}

/**
 * The current run, and the one before it until the new one has started: if the new one fails to start or is abandoned,
 * the one before comes back.
 */
export class RunSwitch implements vscode.Disposable {
  private current: Run = { state: idle, worker: undefined, taken: TakenText.of('') };
  private previous: Run | undefined;
  private readonly events = new vscode.EventEmitter<RunEvent>();
  /** Every event, after it has changed the state. */
  readonly onEvent = this.events.event;

  /** @param openWorker opens a thread for a run, which has an id if it is stored */
  constructor(
    private readonly openWorker: (id: string | undefined) => WorkerClient,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get state(): RunState {
    return this.current.state;
  }

  get taken(): TakenText {
    return this.current.taken;
  }

  apply(event: RunEvent): void {
    this.current = { ...this.current, state: reduce(this.current.state, event) };
    this.events.fire(event);
  }

  post(command: WorkerCommand): void {
    this.current.worker?.post(command);
  }

  /** Shows a run that has no thread. */
  recall(state: RunState, taken: TakenText): void {
    this.show({ state, worker: undefined, taken });
  }

  /** @param moved where a file is now; undefined for one that stays where it is */
  relocate(moved: (source: Source) => Source | undefined): void {
    const { previous, state } = this;
    const before = previous?.state.source && moved(previous.state.source);
    if (previous && before)
      this.previous = { ...previous, state: reduce(previous.state, { type: 'moved', source: before }) };
    const source = state.source && moved(state.source);
    if (source) this.apply({ type: 'moved', source });
  }

  /** Switches to a new run. @returns its thread, to which nothing has been posted yet */
  begin(text: string, start: EventMessages['starting']): WorkerClient {
    const { state } = this;
    if (state.restored || (hasModel(state) && start.id !== state.id)) {
      if (isTraining(state) && !state.opened) this.post({ type: 'stop' });
      this.previous = this.current;
    } else void this.endThread();
    this.current = { ...this.current, taken: TakenText.of(text) };
    this.apply({ type: 'starting', ...start });
    const worker = this.openWorker(start.id);
    this.current = { ...this.current, worker };
    worker.onMessage(event => {
      if (worker === this.current.worker) this.receive(event);
      else if (worker === this.previous?.worker)
        this.previous = { ...this.previous, state: reduce(this.previous.state, event) };
    });
    return worker;
  }

  /** Resolves once the thread of the current run does nothing any more. */
  async endThread(): Promise<void> {
    await this.current.worker?.dispose();
  }

  /** The window closes: has the current run keep every step so far. @param most how many milliseconds that may take */
  async leave(most: number): Promise<void> {
    await this.current.worker?.leave(most);
  }

  /**
   * Ends the current run. The one before, if it is still there, comes back at once; otherwise nothing is left. Resolves once
   * the thread that has ended does nothing any more, and another run may have begun by then.
   */
  async end(): Promise<void> {
    const { worker, taken } = this.current;
    const { previous = { state: idle, worker: undefined, taken } } = this;
    this.previous = undefined;
    this.show(previous);
    await worker?.dispose();
  }

  /** Back to the run before, while the new one is still starting. */
  abandonStart(): void {
    this.log.info('The start was canceled.');
    void this.end();
  }

  /** Ends the run before. @param id if only this one is meant */
  async forgetPrevious(id = this.previous?.state.id): Promise<void> {
    const { previous } = this;
    if (!previous || previous.state.id !== id) return;
    this.previous = undefined;
    await previous.worker?.dispose();
  }

  dispose(): void {
    void this.endThread();
    void this.previous?.worker?.dispose();
    this.events.dispose();
  }

  private receive(event: WorkerEvent): void {
    logEvent(this.log, event);
    if (event.type === 'started') void this.forgetPrevious();
    this.apply(event);
    if (event.type === 'failed') void (this.previous ? this.end() : this.endThread());
  }

  private show({ state, worker, taken }: Run): void {
    this.current = { ...this.current, worker, taken };
    this.apply({ type: 'hydrate', state });
  }
}
