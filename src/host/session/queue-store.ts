import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunQueue } from './queue';
import { workspace } from './snapshot-store';
import { messageOf } from '../../shared/errors';
import { decodeQueue, encodeQueue, mostQueueBytes } from '../../store/kept-queue';
import { LastPictures } from '../../store/last-pictures';
import { showInformationMessage } from '../text/surfaces';

/** Keeps the queue of a window on disk, so that the next window on the same folder has it, as it has the last pictures. */
export class QueueStore implements vscode.Disposable {
  private readonly file: LastPictures;
  private readonly subscription: vscode.Disposable;
  private writing = Promise.resolve();

  /** @param folder where the queues of all windows are */
  constructor(
    folder: string,
    private readonly queue: RunQueue,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.file = new LastPictures(join(folder, 'queues'), workspace());
    this.subscription = queue.onDidChange(() => {
      this.writing = this.writing.then(() => this.write());
    });
  }

  /** Takes what the previous window left, and says that it waits: nothing of it starts unasked. */
  async recall(): Promise<void> {
    try {
      const bytes = await this.file.take(mostQueueBytes);
      if (!bytes) return;
      const runs = decodeQueue(bytes);
      if (!runs) this.log.warn('The queue of the previous window is damaged or of another version: it is left out.');
      else if (runs.length > 0) {
        this.queue.restore(runs);
        void this.offer(runs.length);
      }
    } catch (error) {
      this.log.warn(`The queue of the previous window could not be read: ${messageOf(error)}`);
    }
  }

  /** The window is closing or reloading: leaves the queue to the next one. */
  async leave(): Promise<void> {
    this.subscription.dispose();
    await this.writing;
    await this.file.leave();
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async offer(count: number): Promise<void> {
    const begin = 'Start the Next';
    const message = `${count === 1 ? 'One run waits' : `${count} runs wait`} in the queue since before the window was reloaded.`;
    if ((await showInformationMessage(message, begin)) === begin) this.queue.startSoon();
  }

  private async write(): Promise<void> {
    const { runs } = this.queue;
    try {
      const bytes = runs.length > 0 ? encodeQueue(runs) : undefined;
      if (bytes) await this.file.write(bytes);
      else await this.file.remove();
      if (!bytes && runs.length > 0) this.log.warn('The texts of the queue are too large: it ends with this window.');
    } catch (error) {
      this.log.warn(`The queue could not be written, and ends with this window: ${messageOf(error)}`);
    }
  }
}
