import type { WorkerEvent } from '../shared/protocol';
import type { StepReport } from './loop';
import type { Trainer } from './trainer';

const lossesPerSecond = 10;
const tensorsPerSecond = 4;
/** How much the latest report counts in the time per step, so that it can be read. */
const paceWeight = 0.2;

/** Collects what happens at every step and tells it at a rate that eyes can follow. */
export class Reporter {
  private losses: number[] = [];
  private firstStep = 0;
  private learningRate = 0;
  private lastLosses = 0;
  private lastTensors = 0;
  private watching: readonly string[] = [];
  private tensorsAreDue = false;
  /** What training took, of the steps whose losses are held back, and how many of them were timed. */
  private milliseconds = 0;
  private timedSteps = 0;
  /** Microseconds per step. */
  private pace = 0;

  constructor(
    private readonly trainer: Trainer,
    private readonly post: (event: WorkerEvent) => void,
  ) {}

  onStep({ step, loss, learningRate, milliseconds }: StepReport): void {
    if (this.losses.length === 0) this.firstStep = step;
    this.losses.push(loss);
    this.learningRate = learningRate;
    if (milliseconds !== undefined) {
      this.milliseconds += milliseconds;
      this.timedSteps++;
    }
    if (performance.now() - this.lastLosses > 1000 / lossesPerSecond) this.flush();
    if (this.tensorsAreDue) this.reportTensors();
  }

  watch(names: readonly string[]): void {
    this.watching = names;
    this.reportTensors();
  }

  /** What the next step shall keep: a few times a second, what panels look at. */
  watchedNow(): readonly string[] {
    this.tensorsAreDue = this.watching.length > 0 && performance.now() - this.lastTensors > 1000 / tensorsPerSecond;
    return this.tensorsAreDue ? this.watching : [];
  }

  status(status: 'running' | 'paused' | 'finished' | 'stopped'): void {
    this.flush();
    if (status !== 'running') this.reportTensors();
    this.post({ type: 'status', status, step: this.trainer.step });
  }

  private flush(): void {
    this.lastLosses = performance.now();
    if (this.losses.length === 0) return;
    const { firstStep, learningRate } = this;
    const losses = Float32Array.from(this.losses);
    if (this.timedSteps > 0) {
      const now = (1000 * this.milliseconds) / this.timedSteps;
      this.pace += (now - this.pace) * (this.pace === 0 ? 1 : paceWeight);
    }
    const microsecondsPerStep = this.pace;
    this.post({ type: 'losses', firstStep, losses, learningRate, microsecondsPerStep });
    this.losses = [];
    this.milliseconds = 0;
    this.timedSteps = 0;
  }

  private reportTensors(): void {
    this.lastTensors = performance.now();
    if (this.watching.length === 0) return;
    this.post({ type: 'tensors', step: this.trainer.step, tensors: this.trainer.watched(this.watching) });
  }
}
