import { messageOf } from '../shared/errors';
import { defaultPace, type Evaluation, type Pace } from '../shared/run';
import { withEvaluation } from '../shared/reducer';
import type { Checkpoint } from '../store/checkpoint';
import type { RunFolder } from '../store/run-folder';
import { heartbeatMilliseconds, type RunLock } from '../store/run-lock';
import { isFiniteState } from './finite';
import type { Trainer } from './trainer';

/** The longest time between two checkpoints in milliseconds, however long writing takes. */
const mostPause = 10_000;

/** Keeps a run on the disk while it trains: a checkpoint now and then, and the heartbeat of its owner. */
export class Keeper {
  private readonly losses: GrowingLosses;
  private evaluations: readonly Evaluation[];
  private nextWrite = 0;
  private readonly heartbeat: NodeJS.Timeout;

  /**
   * @param lock which is ours
   * @param onKept called after each attempt, with a sentence if it failed
   */
  constructor(
    private readonly folder: RunFolder,
    private readonly lock: RunLock,
    private readonly id: string,
    private readonly trainer: Trainer,
    private readonly onKept: (problem?: string) => void,
    { losses, evaluations }: Partial<Pick<Checkpoint, 'losses' | 'evaluations'>> = {},
    private readonly pace: Pace = defaultPace,
  ) {
    this.losses = new GrowingLosses(losses);
    this.evaluations = evaluations ?? [];
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

  /**
   * Writes a checkpoint. If that fails, it is reported, the run goes on, and the last checkpoint stays. It stays too if
   * the run has diverged, or if the weights are no longer finite, as a loss is about to show.
   */
  write(status: Checkpoint['status']): void {
    const start = performance.now();
    try {
      if (!this.lock.isOwn()) throw new Error('another window has taken the run over');
      if (status === 'diverged') this.folder.markDiverged();
      else this.writeState(status);
    } catch (error) {
      this.onKept(`No checkpoint could be written (${messageOf(error)}): the run goes on, and the one before stays.`);
    }
    const end = performance.now();
    const { checkpointSeconds, checkpointPercent } = this.pace;
    const pause = Math.max(1000 * checkpointSeconds, (end - start) / (checkpointPercent / 100));
    this.nextWrite = end + Math.min(mostPause, pause);
  }

  private writeState(status: Checkpoint['status']): void {
    const { id, losses, evaluations, trainer } = this;
    const { step, flavor } = trainer;
    const model = trainer.save();
    if (!isFiniteState(model)) {
      if (status !== 'running' && status !== 'paused') this.folder.markDiverged();
      return;
    }
    this.folder.writeCheckpoint({ id, step, status, flavor, evaluations, losses: losses.values, model });
    this.onKept();
  }

  /** From now on nothing is written, and others may own the run. */
  close(): void {
    clearInterval(this.heartbeat);
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
