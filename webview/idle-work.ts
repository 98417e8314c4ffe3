/** So long work waits at most for the page to be idle, in milliseconds. */
const patience = 150;

/** Work in pieces, done when the page has nothing better to do, so that keys and clicks come first and in between. */
export class IdleWork {
  private pieces: readonly (() => void)[] = [];
  private handle: number | undefined;
  /** When the page no longer has to be idle, in milliseconds since it was opened. */
  private end = 0;

  /** Puts work in the place of what is left of the work before. */
  begin(pieces: readonly (() => void)[]): void {
    if (this.pieces.length === 0) this.end = performance.now() + patience;
    this.pieces = pieces;
    this.goOn();
  }

  /** Does the rest at once. */
  finish(): void {
    while (this.pieces.length > 0) this.next();
  }

  dispose(): void {
    this.pieces = [];
    if (this.handle !== undefined) cancelIdleCallback(this.handle);
  }

  private goOn(): void {
    const timeout = Math.max(1, this.end - performance.now());
    this.handle ??= requestIdleCallback(deadline => this.work(deadline), { timeout });
  }

  private work(deadline: IdleDeadline): void {
    this.handle = undefined;
    do this.next();
    while (this.pieces.length > 0 && deadline.timeRemaining() > 0);
    if (this.pieces.length > 0) this.goOn();
  }

  private next(): void {
    const [piece, ...left] = this.pieces;
    this.pieces = left;
    piece?.();
  }
}
