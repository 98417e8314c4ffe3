import { wantsInspection, watchNothing, type Watch } from '../shared/inspection';
import type { WorkerEvent } from '../shared/protocol';
import { defaultPace, type Pace, type TrainingStatus } from '../shared/run';
import { bytesIn } from './bytes-in';
import type { StepReport } from './loop';
import type { Trainer } from './trainer';

/** Large pictures are posted less often. */
const mostBytesPerSecond = 1.5e6;
/** The weight of the latest report in the time per step, which is smoothed so that it can be read. */
const latestWeight = 0.2;

/** Collects what happens at every step and posts it at a rate that eyes can follow. */
export class Reporter {
  private losses: number[] = [];
  private firstStep = 0;
  private learningRate = 0;
  private lastLosses = 0;
  private watching: Watch = watchNothing;
  private isWatching = false;
  private nextInspection = 0;
  private inspectionIsDue = false;
  /** Whether the page has drawn the last look inside: for one that is busy none is made. */
  private isDrawn = true;
  /** How long the steps since the last report took, and how many of them were timed. */
  private milliseconds = 0;
  private timedSteps = 0;
  /** Microseconds per step. */
  private perStep = 0;

  constructor(
    private readonly trainer: Pick<Trainer, 'step' | 'maxSteps' | 'inspect'>,
    private readonly post: (event: WorkerEvent) => void,
    private readonly pace: Pace = defaultPace,
  ) {}

  onStep({ step, loss, learningRate, milliseconds }: StepReport): void {
    if (this.losses.length === 0) this.firstStep = step;
    this.losses.push(loss);
    this.learningRate = learningRate;
    if (milliseconds !== undefined) {
      this.milliseconds += milliseconds;
      this.timedSteps++;
    }
    if (performance.now() - this.lastLosses > 1000 / this.pace.lossesPerSecond) this.flush();
    if (this.inspectionIsDue) this.inspect();
  }

  /** @param isRunning whether a step is about to come, so that there is no need to look ahead */
  watch(watch: Watch, isRunning: boolean): void {
    this.watching = watch;
    this.isWatching = wantsInspection(watch);
    this.nextInspection = 0;
    this.isDrawn = true; // or the page that was to draw it is gone
    if (!isRunning) this.inspect();
  }

  /** Whether the next step is to be watched: a few times a second, and the last of the run. */
  inspectsNext(): boolean {
    const isLast = this.trainer.step === this.trainer.maxSteps - 1;
    const isTime = this.isDrawn && performance.now() >= this.nextInspection;
    this.inspectionIsDue = this.isWatching && (isLast || isTime);
    return this.inspectionIsDue;
  }

  /** The page is ready for the next look inside. */
  drawn(): void {
    this.isDrawn = true;
  }

  status(status: TrainingStatus): void {
    this.flush();
    if (status !== 'running') this.inspect();
    this.post({ type: 'status', status, step: this.trainer.step });
  }

  /** Posts what is watched, as it is now. */
  inspect(): void {
    if (!this.isWatching) return;
    const inspection = this.trainer.inspect(this.watching);
    this.post({ type: 'inspected', inspection });
    this.isDrawn = false;
    const pause = Math.max(1 / this.pace.picturesPerSecond, bytesIn(inspection) / mostBytesPerSecond);
    this.nextInspection = performance.now() + 1000 * pause;
  }

  private flush(): void {
    if (this.losses.length === 0) return;
    this.lastLosses = performance.now();
    const { firstStep, learningRate } = this;
    const losses = Float32Array.from(this.losses);
    if (this.timedSteps > 0) {
      const now = (1000 * this.milliseconds) / this.timedSteps;
      this.perStep += (now - this.perStep) * (this.perStep === 0 ? 1 : latestWeight);
    }
    const microsecondsPerStep = this.perStep;
    this.post({ type: 'losses', firstStep, losses, learningRate, microsecondsPerStep });
    this.losses = [];
    this.milliseconds = 0;
    this.timedSteps = 0;
  }
}
