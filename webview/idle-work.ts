/** So long work waits at most for the page to be idle, in milliseconds. */
const patience = 150;
/** So long the work may be begun anew before it is done, such as by a pointer that does not keep still, in milliseconds. */
const longest = 500;

/** What a page has of `requestIdleCallback`. */
interface Idleness {
  request(work: (deadline: Deadline) => void, options: { timeout: number }): number;
  cancel(handle: number): void;
}

interface Deadline {
  /** In milliseconds. */
  timeRemaining(): number;
}

/** Work in pieces, done when the page has nothing better to do, so that keys and clicks come first and in between. */
export class IdleWork {
  private pieces: readonly (() => void)[] = [];
  private handle: number | undefined;
  /** When the work was begun that is not done yet, in milliseconds since the page was opened. */
  private start = 0;

  constructor(private readonly idleness: Idleness) {}

  /**
   * Puts work in the place of what is left of the work before.
   *
   * @param tell called when it is done, and twice a second while it is begun anew all the time
   */
  begin(pieces: readonly (() => void)[], tell: () => void): void {
    const now = performance.now();
    const isOverdue = this.pieces.length > 0 && now - this.start > longest;
    if (isOverdue) tell();
    if (isOverdue || this.pieces.length === 0) this.start = now;
    this.pieces = [...pieces, tell];
    this.goOn();
  }

  /** Does the rest at once. */
  finish(): void {
    while (this.pieces.length > 0) this.next();
  }

  dispose(): void {
    this.pieces = [];
    if (this.handle !== undefined) this.idleness.cancel(this.handle);
  }

  private goOn(): void {
    const timeout = Math.max(1, this.start + patience - performance.now());
    this.handle ??= this.idleness.request(deadline => this.work(deadline), { timeout });
  }

  private work(deadline: Deadline): void {
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
