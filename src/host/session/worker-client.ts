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

  /** Resolves once the thread does nothing any more. */
  async dispose(): Promise<void> {
    this.over = true;
    await this.thread.terminate();
  }

  private fail(why: string): void {
    if (this.over) return;
    this.over = true;
    this.handler({ type: 'failed', reason: `The training thread died (${why}): resume it or train again.` });
  }
}
