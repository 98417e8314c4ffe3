import { at } from '../../src/shared/at';
import type { Watch } from '../../src/shared/inspection';
import type { ControlCommand, RunEvent, WorkerCommand, WorkerEvent } from '../../src/shared/protocol';
import type { Preset } from '../../src/shared/presets';
import { defaultMemoryLimit } from '../../src/shared/limits';
import { defaultPace, defaultRunOptions, type Purpose } from '../../src/shared/run';
import { idle, type RunState } from '../../src/shared/run-state';
import { reduce } from '../../src/shared/reducer';
import { serveRun } from '../../src/worker/serve-run';
import type { Recording } from '../../webview/dev/recording';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** What the panels want of a run in this state. */
export type Wishes = (state: RunState) => Watch;

/** A run that is recorded, as an extension host sees it with a webview in which every panel is open. */
export class Recorder {
  readonly events: [milliseconds: number, event: RunEvent][] = [];
  private readonly start = performance.now();
  state = idle;
  private watched = '';
  /** Events that `next` has gone past. */
  private seen = 0;
  private over = false;
  private wake = (): void => undefined;
  private handler: (command: WorkerCommand) => void = () => undefined;

  constructor(private readonly wishes: Wishes) {}

  /** Starts the run in this thread, behind a channel that copies messages and is never answered at once, as a thread's. */
  begin(text: string, preset: Preset, purpose: Purpose): void {
    const source = { name: 'names.txt', uri: 'file:///names.txt' };
    this.note({ type: 'starting', source, preset, purpose });
    const post = (event: WorkerEvent): void => this.receive(structuredClone(event));
    serveRun({ post, onMessage: handler => (this.handler = handler) }, () => undefined);
    const options = { ...defaultRunOptions, purpose };
    this.handler({
      type: 'start',
      text,
      source,
      preset,
      options,
      id: 'recording',
      watch: this.wishes(idle),
      pace: defaultPace,
      memoryLimit: defaultMemoryLimit,
    });
  }

  send(command: ControlCommand): void {
    setImmediate(() => this.handler(command));
  }

  /** The next event of a kind, from among those after the one that was asked for last. */
  async next<T extends RunEvent['type']>(
    type: T,
    fits: (event: EventOf<T>) => boolean = () => true,
  ): Promise<EventOf<T>> {
    for (;;) {
      while (this.seen >= this.events.length) await new Promise<void>(resolve => (this.wake = resolve));
      const [, event] = at(this.events, this.seen++);
      if (event.type === type && fits(event as EventOf<T>)) return event as EventOf<T>;
      if (event.type === 'failed') throw new Error(`The run failed: ${event.reason}`);
    }
  }

  /** Waits until so many steps are made. */
  async step(step: number): Promise<void> {
    await this.next('losses', ({ firstStep, losses }) => firstStep + losses.length >= step);
  }

  /** Waits until it has ended and its splits are evaluated, where they are. */
  async end(): Promise<void> {
    await this.next('status', ({ status }) => status === 'finished');
    if (this.state.purpose === 'train')
      await this.next('evaluated', ({ evaluation }) => evaluation.train !== undefined);
  }

  /** What the host says by itself, as when a thread dies. */
  note(event: RunEvent): void {
    this.events.push([performance.now() - this.start, event]);
    this.state = reduce(this.state, event);
    this.wake();
  }

  /** Takes nothing more from the run, which waits for ever. */
  finish(title: string): Recording {
    this.over = true;
    this.handler({ type: 'pause' });
    return { title, events: this.events };
  }

  private receive(event: WorkerEvent): void {
    if (this.over) return;
    this.note(event);
    if (event.type === 'inspected') this.send({ type: 'drawn', messages: 1 });
    this.watch();
  }

  private watch(): void {
    const watch = this.wishes(this.state);
    const watched = JSON.stringify(watch);
    if (watched === this.watched) return;
    this.watched = watched;
    this.send({ type: 'watch', watch });
  }
}
