import fs from 'node:fs';
import { defaultPace, type Evaluation, type Pace } from '../shared/run';
import { withEvaluation } from '../shared/reducer';
import type { Checkpoint } from '../store/checkpoint';
import { untilFree, type Waiting } from '../store/patience';
import { reasonOf } from '../store/reason';
import type { RunFolder } from '../store/run-folder';
import { heartbeatMilliseconds, type RunLock } from '../store/run-lock';
import type { Trainer } from './trainer';

/** The longest time between two checkpoints in milliseconds, however long writing takes. */
const mostPause = 10_000;
/** Before what could not be written is tried again, if no step brings it up earlier; it doubles each time. */
const firstRetry = 200;

/** Keeps a run on the disk while it trains: a checkpoint now and then, and the heartbeat of its owner. */
export class Keeper {
  private readonly losses: GrowingLosses;
  private evaluations: readonly Evaluation[];
  private nextWrite = 0;
  private readonly heartbeat: NodeJS.Timeout;
  /** What could not be written stays due, even when no more steps are made. */
  private retry: NodeJS.Timeout | undefined;
  private retryPause = firstRetry;
  private keptStep: number;
  private problem: string | undefined;

  /**
   * @param lock which is ours
   * @param onKept called after each attempt, with a sentence if it failed
   */
  constructor(
    private readonly folder: RunFolder,
    private readonly lock: RunLock,
    private readonly id: string,
    private readonly trainer: Pick<Trainer, 'step' | 'flavor' | 'save'>,
    private readonly onKept: (problem?: string) => void,
    { losses, evaluations }: Partial<Pick<Checkpoint, 'losses' | 'evaluations'>> = {},
    private readonly pace: Pace = defaultPace,
  ) {
    this.losses = new GrowingLosses(losses);
    this.evaluations = evaluations ?? [];
    this.keptStep = this.losses.values.length;
    this.heartbeat = setInterval(() => lock.beat(), heartbeatMilliseconds);
    this.heartbeat.unref();
  }

  addLoss(loss: number): void {
    this.losses.add(loss);
  }

  addEvaluation(evaluation: Evaluation): void {
    this.evaluations = withEvaluation(this.evaluations, evaluation);
  }

  get isDue(): boolean {
    return performance.now() >= this.nextWrite;
  }

  /** Writes a checkpoint. If that fails, it is reported and stays due, the run goes on, and the last checkpoint stays. */
  write(status: Checkpoint['status']): void {
    clearTimeout(this.retry);
    const start = performance.now();
    try {
      this.save(status);
      this.retryPause = firstRetry;
    } catch (error) {
      this.report(`No checkpoint could be written (${reasonOf(error)}): the run goes on, and the one before stays.`);
      this.retry = setTimeout(() => this.write(status), this.retryPause);
      this.retry.unref();
      this.retryPause = Math.min(mostPause, 2 * this.retryPause);
    }
    const end = performance.now();
    const { checkpointSeconds, checkpointPercent } = this.pace;
    const pause = Math.max(1000 * checkpointSeconds, (end - start) / (checkpointPercent / 100));
    this.nextWrite = end + Math.min(mostPause, pause);
  }

  /**
   * Writes the checkpoint after which there will be none, and gives another program time to let go of the file.
   *
   * @returns whether it was written; if not, what is lost was reported
   */
  async writeLast(status: Checkpoint['status'], waiting: Waiting = {}): Promise<boolean> {
    clearTimeout(this.retry);
    try {
      await untilFree(fs, () => this.save(status), waiting);
      return true;
    } catch (error) {
      const { keptStep, trainer } = this;
      this.report(
        `The last checkpoint could not be written (${reasonOf(error)}): the run is kept as it was at step ${keptStep} of ${trainer.step}.`,
      );
      return false;
    }
  }

  private save(status: Checkpoint['status']): void {
    if (!this.lock.isOwn()) throw new Error('another window has taken the run over');
    const { id, losses, evaluations, trainer } = this;
    const { step, flavor } = trainer;
    const model = trainer.save();
    this.folder.writeCheckpoint({ id, step, status, flavor, evaluations, losses: losses.values, model });
    this.keptStep = step;
    this.problem = undefined;
    this.onKept();
  }

  /** Only what is new: nobody wants to read the same sentence at every attempt. */
  private report(problem: string): void {
    if (problem !== this.problem) this.onKept(problem);
    this.problem = problem;
  }

  /** From now on nothing is written, and others may own the run. */
  close(): void {
    clearInterval(this.heartbeat);
    clearTimeout(this.retry);
    this.lock.release();
  }
}

/** Every loss so far, in an array that doubles when it is full. */
class GrowingLosses {
  private room: Float32Array;
  private length: number;

  constructor(losses: Float32Array = new Float32Array(0)) {
    this.room = losses;
    this.length = losses.length;
  }

  get values(): Float32Array {
    return this.room.subarray(0, this.length);
  }

  add(loss: number): void {
    if (this.length === this.room.length) {
      const larger = new Float32Array(Math.max(1024, 2 * this.length));
      larger.set(this.room);
      this.room = larger;
    }
    this.room[this.length++] = loss;
  }
}
