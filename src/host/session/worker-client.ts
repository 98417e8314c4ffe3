import { Worker } from 'node:worker_threads';
import { messageOf } from '../../shared/errors';
import type { Channel, WorkerCommand, WorkerEvent } from '../../shared/protocol';

/** Past this a worker's own heap ends the worker, with an event, instead of the extension host. */
const maxHeapMegabytes = 2048;

/** The worker thread of one run, as a channel. Whatever ends it unasked is told as a `failed` event. */
export class WorkerClient implements Channel<WorkerCommand, WorkerEvent> {
  private readonly thread: Worker;
  private handler: (event: WorkerEvent) => void = () => undefined;
  private over = false;

  /** @param onGone told when the thread does nothing any more, whatever has ended it */
  constructor(file: string, onGone: () => void) {
    this.thread = new Worker(file, {
      // What tfjs prints to a console has no reader here; errors come as events.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    });
    this.thread.on('message', (event: WorkerEvent) => {
      if (!this.over) this.handler(event);
    });
    this.thread.on('exit', onGone); // before others hear of it
    this.thread.on('error', error => this.fail(messageOf(error)));
    this.thread.on('exit', code => this.fail(`it ended with status ${code}`));
  }

  post(command: WorkerCommand): void {
    this.thread.postMessage(command);
  }

  onMessage(handler: (event: WorkerEvent) => void): void {
    this.handler = handler;
  }

  /** Resolves when the thread does nothing any more. */
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
