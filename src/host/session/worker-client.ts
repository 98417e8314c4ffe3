import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../shared/errors';
import type { Channel, WorkerCommand, WorkerEvent } from '../../shared/protocol';

/** A worker that outgrows this ends by itself, with an event, instead of ending the extension host. */
const maxHeapMegabytes = 2048;

/** The worker thread of one run, as a channel. If it ends unexpectedly, that is a `failed` event. */
export class WorkerClient implements Channel<WorkerCommand, WorkerEvent> {
  private readonly thread: Worker;
  private handler: (event: WorkerEvent) => void = () => undefined;
  private over = false;
  private leaving: Promise<unknown> | undefined;

  /** @param onGone called once the thread does nothing any more, whatever ended it */
  constructor(file: string, onGone: () => void) {
    this.thread = new Worker(file, {
      // Nobody would read what tfjs prints to the console; errors come as events.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    });
    this.thread.on('message', (event: WorkerEvent) => {
      if (!this.over) this.handler(event);
    });
    this.thread.on('exit', onGone); // before the event, whose listeners rely on it
    this.thread.on('error', error => this.fail(messageOf(error)));
    this.thread.on('exit', code => this.fail(`it ended with status ${code}`));
  }

  post(command: WorkerCommand): void {
    this.thread.postMessage(command);
  }

  onMessage(handler: (event: WorkerEvent) => void): void {
    this.handler = handler;
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
    await this.thread.terminate();
  }

  private fail(why: string): void {
    if (this.over) return;
    this.over = true;
    if (this.leaving) return;
    this.handler({ type: 'failed', reason: `The training thread died (${why}): resume it or train again.` });
  }
}
