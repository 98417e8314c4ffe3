import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../shared/errors';
import type { Channel, WorkerCommand, WorkerEvent } from '../../shared/protocol';
import type { TrainingStatus } from '../../shared/run';

/** A worker that outgrows this ends by itself, with an event, instead of ending the extension host. */
const maxHeapMegabytes = 2048;

/** For so long a thread may be in the middle of a step when it is to stop. */
const mostSilence = 3_000;

/**
 * The worker thread of one run, as a channel. If it ends unexpectedly, that is a `failed` event, and so it is if it has to be
 * ended because it does not stop.
 */
export class WorkerClient implements Channel<WorkerCommand, WorkerEvent> {
  private readonly thread: Worker;
  private handler: (event: WorkerEvent) => void = () => undefined;
  private gone: () => void = () => undefined;
  private over = false;
  private leaving: Promise<unknown> | undefined;
  private isTraining = false;
  private stopping: NodeJS.Timeout | undefined;

  constructor(file: string) {
    this.thread = new Worker(file, {
      // Nobody would read what tfjs prints to the console; errors come as events.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    });
    this.thread.on('message', (event: WorkerEvent) => {
      if (event.type === 'status') this.noteStatus(event.status);
      if (!this.over) this.handler(event);
    });
    this.thread.on('exit', () => this.gone()); // before the event, whose listeners rely on it
    this.thread.on('error', error => this.die(messageOf(error)));
    this.thread.on('exit', code => this.die(`it ended with status ${code}`));
  }

  post(command: WorkerCommand): void {
    this.thread.postMessage(command);
    if (command.type === 'stop' && this.isTraining)
      this.stopping ??= setTimeout(() => this.endInMidStep(), mostSilence);
  }

  onMessage(handler: (event: WorkerEvent) => void): void {
    this.handler = handler;
  }

  /** Calls back once the thread does nothing any more, whatever ended it. */
  onGone(handler: () => void): void {
    this.gone = handler;
  }

  /**
   * Has the run keep every step so far, and end.
   *
   * @returns resolves once the thread does nothing any more and its last events have come, or after so many milliseconds
   */
  async leave(most: number): Promise<void> {
    const ended = once(this.thread, 'exit');
    this.post({ type: 'leave' });
    this.leaving = Promise.race([ended, delay(most, undefined, { ref: false })]);
    await this.leaving;
  }

  /** Resolves once the thread does nothing any more. */
  async dispose(): Promise<void> {
    await this.leaving; // VS Code disposes of everything as soon as it has told a window to leave
    this.over = true;
    clearTimeout(this.stopping);
    await this.thread.terminate();
  }

  private noteStatus(status: TrainingStatus): void {
    this.isTraining = status === 'running' || status === 'paused';
    if (!this.isTraining) clearTimeout(this.stopping);
  }

  private endInMidStep(): void {
    this.fail(
      'The training was stopped in the middle of a step that takes long: what came after the last checkpoint is lost.',
    );
    void this.thread.terminate();
  }

  private die(why: string): void {
    this.fail(`The training thread died (${why}): resume it or train again.`);
  }

  private fail(reason: string): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.stopping);
    if (this.leaving) return;
    this.handler({ type: 'failed', reason });
  }
}
