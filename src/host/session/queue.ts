import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Session } from './session';
import type { Preset } from '../../shared/presets';
import type { RunOptions, Source } from '../../shared/run';
import { isTraining, type RunState } from '../../shared/run-state';
import type { RunStorage } from '../../store/run-storage';

/** A run that waits for its turn, with the text as it was when a person asked for it. */
export interface QueuedRun {
  readonly id: string;
  readonly title?: string;
  readonly source: Source;
  readonly text: string;
  readonly preset: Preset;
  readonly options: RunOptions;
}

/**
 * One run trains at a time: the others wait here, and the next begins when one has ended. They do not take the place of a
 * run that was opened to be looked at, unless a person says so.
 */
export class RunQueue implements vscode.Disposable {
  private waiting: readonly QueuedRun[] = [];
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChange = this.changes.event;
  private readonly subscription: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  /** The last one that began, until it has a folder for its title. */
  private begun: QueuedRun | undefined;

  constructor(
    private readonly session: Session,
    private readonly storage: RunStorage,
  ) {
    this.subscription = session.onEvent(event => {
      if (event.type === 'kept') this.giveTitle();
      if (!session.state.opened) this.goOn();
    });
  }

  get runs(): readonly QueuedRun[] {
    return this.waiting;
  }

  add(runs: readonly Omit<QueuedRun, 'id'>[]): void {
    this.change([...this.waiting, ...runs.map(run => ({ ...run, id: randomUUID() }))]);
    if (hasEnded(this.session.state)) this.goOn();
  }

  /** In the place of a run that has ended, or is only looked at. */
  goOn(): void {
    if (this.waiting.length === 0 || !this.mayBegin()) return;
    // Not within the event that ended the run before: others have not heard of it yet.
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.startNext();
    });
  }

  remove(ids: readonly string[]): void {
    this.change(this.waiting.filter(({ id }) => !ids.includes(id)));
  }

  /** @param places to go forward; negative ones go back */
  move(id: string, places: -1 | 1): void {
    const from = this.waiting.findIndex(run => run.id === id);
    const to = from + places;
    if (from < 0 || to < 0 || to >= this.waiting.length) return;
    const runs = [...this.waiting];
    [runs[from], runs[to]] = [runs[to], runs[from]];
    this.change(runs);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.changes.dispose();
  }

  private mayBegin(): boolean {
    const { state } = this.session;
    return hasEnded(state) || (state.opened === true && state.status !== 'starting');
  }

  private startNext(): void {
    const [next, ...rest] = this.waiting;
    if (!(next as QueuedRun | undefined) || !this.mayBegin()) return;
    this.change(rest);
    const { id, source, text, preset, options } = next;
    this.begun = next;
    this.session.start(source, text, preset, options, id);
  }

  private giveTitle(): void {
    const { id, keptStep } = this.session.state;
    if (this.begun?.id !== id || id === undefined || keptStep === undefined) return;
    const { title } = this.begun!; // its id is told
    this.begun = undefined;
    if (title !== undefined) this.storage.describe(id, { title, pinned: false });
  }

  private change(runs: readonly QueuedRun[]): void {
    this.waiting = runs;
    this.changes.fire(undefined);
  }
}

/** Its last evaluation included, which a run that is replaced would never get. */
export function hasEnded(state: RunState): boolean {
  const { status, purpose, restored, step, evaluations } = state;
  if (isTraining(state)) return false;
  if (restored || purpose !== 'train' || (status !== 'finished' && status !== 'stopped')) return true;
  const last = evaluations.at(-1);
  return last?.step === step && last.train !== undefined;
}
