import type { Clock } from '../../../src/store/clock';
import type { BlockingClock } from '../../../src/store/patience';

/** Time passes only where somebody sleeps or waits. */
export class FakeClock implements Clock, BlockingClock {
  readonly start = Date.now();
  onAdvance = (_now: number): void => undefined;
  private time = this.start;

  readonly now = (): number => this.time;

  advance(milliseconds: number): void {
    this.time += milliseconds;
    this.onAdvance(this.time);
  }

  readonly wait = (milliseconds: number): void => this.advance(milliseconds);

  readonly sleep = (milliseconds: number): Promise<void> => {
    this.advance(milliseconds);
    return Promise.resolve();
  };
}
