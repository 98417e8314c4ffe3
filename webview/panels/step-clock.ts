/** The worker tells its own time per step only at the end of a run: until then the speed is what is seen from here. */
export class StepClock {
  microsecondsPerStep: number | undefined;
  private since: { readonly step: number; readonly time: number } | undefined;

  /** @param now in milliseconds */
  observe(step: number, running: boolean, now = performance.now()): void {
    if (!running || (this.since && step < this.since.step)) this.since = this.microsecondsPerStep = undefined;
    if (!running) return;
    this.since ??= { step, time: now };
    const milliseconds = now - this.since.time;
    const steps = step - this.since.step;
    if (milliseconds < 1000 || steps === 0) return;
    this.microsecondsPerStep = (1000 * milliseconds) / steps;
    this.since = { step, time: now };
  }
}
