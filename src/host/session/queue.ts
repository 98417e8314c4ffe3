import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Session } from './session';
import type { Source } from '../../shared/run';
import { hasEnded } from '../../shared/run-state';
import type { QueuedRun } from '../../store/kept-queue';
import type { RunStorage } from '../../store/run-storage';

export type { QueuedRun };

/**
 * One run trains at a time: the others wait here, and the next starts when one has ended. A run that was opened to be
 * looked at is not replaced unless the person asks for it.
 */
export class RunQueue implements vscode.Disposable {
  private waiting: readonly QueuedRun[] = [];
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChange = this.changes.event;
  private readonly subscription: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  /** The one started last, until its folder is there to take its title. */
  private started: QueuedRun | undefined;
  /** What the previous window left waits until somebody begins a run. */
  private isHeld = false;

  constructor(
    private readonly session: Session,
    private readonly storage: RunStorage,
  ) {
    this.subscription = session.onEvent(event => {
      if (event.type === 'kept') this.giveTitle();
      if (event.type === 'starting') this.isHeld = false;
      if (!session.state.opened && !this.isHeld) this.startSoon();
    });
  }

  get runs(): readonly QueuedRun[] {
    return this.waiting;
  }

  add(runs: readonly Omit<QueuedRun, 'id'>[]): void {
    this.change([...this.waiting, ...runs.map(run => ({ ...run, id: randomUUID() }))]);
    if (hasEnded(this.session.state)) this.startSoon();
  }

  /** Adds what the previous window left, before all others. */
  restore(runs: readonly QueuedRun[]): void {
    this.isHeld = this.waiting.length === 0;
    this.change([...runs, ...this.waiting]);
  }

  /** Starts the next run, if the current one has ended or is only looked at. */
  startSoon(): void {
    if (this.waiting.length === 0 || !this.mayStart()) return;
    // Not during the event that ended the run before: other listeners have yet to receive it.
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.startNext();
    });
  }

  remove(ids: readonly string[]): void {
    this.change(this.waiting.filter(({ id }) => !ids.includes(id)));
  }

  /** @param moved where a file is now; undefined for one that stays where it is */
  relocate(moved: (source: Source) => Source | undefined): void {
    if (!this.waiting.some(({ source }) => moved(source))) return;
    this.change(this.waiting.map(run => ({ ...run, source: moved(run.source) ?? run.source })));
  }

  /** Swaps a run with its neighbor. @param by -1 to start sooner, 1 to start later */
  move(id: string, by: -1 | 1): void {
    const run = this.waiting.find(other => other.id === id);
    if (!run) return;
    const to = this.waiting.indexOf(run) + by;
    if (to < 0 || to >= this.waiting.length) return;
    const others = this.waiting.filter(other => other !== run);
    this.change(others.toSpliced(to, 0, run));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.changes.dispose();
  }

  private mayStart(): boolean {
    const { state } = this.session;
    return hasEnded(state) || (state.opened === true && state.status !== 'starting');
  }

  private startNext(): void {
    const next = this.waiting.at(0);
    if (!next || !this.mayStart()) return;
    this.change(this.waiting.slice(1));
    const { id, source, text, preset, options } = next;
    this.started = next;
    this.session.start(source, text, preset, options, id);
  }

  private giveTitle(): void {
    const { started } = this;
    const { id, keptStep } = this.session.state;
    if (!started || started.id !== id || keptStep === undefined) return;
    this.started = undefined;
    const { title, sweep } = started;
    if (title === undefined) return;
    this.storage.describe(id, { title, pinned: false, ...(sweep !== undefined && { sweep }) });
  }

  private change(runs: readonly QueuedRun[]): void {
    this.waiting = runs;
    this.changes.fire(undefined);
  }
}
