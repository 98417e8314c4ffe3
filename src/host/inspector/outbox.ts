import { mayWait, mergeEvent } from '../../shared/merge-events';
import type { RunEvent } from '../../shared/protocol';

/**
 * Posts events to a page that says when it has drawn them. Until then what comes by itself waits, merged, so that a page
 * that is slower than the run shows the newest state, and not all that led to it. What a person waits for goes at once.
 */
export class Outbox {
  private waiting: readonly RunEvent[] = [];
  /** Messages that the page has not drawn yet. */
  private underway = 0;

  constructor(private readonly send: (events: readonly RunEvent[]) => void) {}

  post(event: RunEvent): void {
    this.waiting = mergeEvent(this.waiting, event);
    if (this.underway === 0 || !mayWait(event)) this.flush();
  }

  /** The page has drawn so many more messages. */
  drawn(messages: number): void {
    this.underway = Math.max(0, this.underway - messages);
    if (this.underway === 0 && this.waiting.length > 0) this.flush();
  }

  /** There is a new page, or none: it will get the whole state. */
  reset(): void {
    this.waiting = [];
    this.underway = 0;
  }

  private flush(): void {
    const { waiting } = this;
    this.waiting = [];
    this.underway++;
    this.send(waiting);
  }
}
