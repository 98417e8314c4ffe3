import fs from 'node:fs';
import type { BrokenStep } from '../shared/divergence';
import { defaultPace, type Evaluation, type Pace } from '../shared/run';
import { withEvaluation } from '../shared/reducer';
import type { Checkpoint } from '../store/checkpoint';
import { untilFree, type Waiting } from '../store/patience';
import { reasonOf } from '../store/reason';
import type { RunFolder } from '../store/run-folder';
import { heartbeatMilliseconds, type RunLock } from '../store/run-lock';
import { isFiniteState } from './finite';
import type { OwnedFolder } from './stored-run';
import type { Trainer } from './trainer';

/** The longest time between two checkpoints in milliseconds, however long writing takes. */
const mostPause = 10_000;

/** Before what could not be written is tried again, if no step brings it up earlier; it doubles each time. */
const firstRetry = 200;

/** Whether the run is still ours is looked up this often at most. */
const lookPause = 200;

/** What to do when the run's place on the disk is lost. */
export interface LossOfPlace {
  /** Another owns the run now. Called once, and nothing is written any more. */
  readonly onTaken?: () => void;
  /** Makes the folder again, with the record and the names. @throws InputError if the disk refuses */
  readonly makeAgain?: () => OwnedFolder | undefined;
}

/** Keeps a run on the disk while it trains: a checkpoint now and then, and the heartbeat of its owner. */
export class Keeper {
  private readonly losses: GrowingLosses;
  private evaluations: readonly Evaluation[];
  private readonly facts: Pick<Checkpoint, 'facts'> | undefined;
  private nextWrite = 0;
  private readonly heartbeat: NodeJS.Timeout;
  /** What could not be written stays due, even when no more steps are made. */
  private retry: NodeJS.Timeout | undefined;
  private retryPause = firstRetry;
  private keptStep: number;
  private problem: string | undefined;
  /** The last one that was to be written; none for a run that is only looked at. */
  private status: Checkpoint['status'] | undefined;
  private isTaken = false;
  private nextLook = 0;
  private broken: BrokenStep | undefined;

  /**
   * @param lock which is ours
   * @param onKept called after each attempt, with a sentence if it failed
   */
  constructor(
    private folder: RunFolder,
    private lock: RunLock,
    private id: string,
    private readonly trainer: Pick<Trainer, 'step' | 'flavor' | 'save'>,
    private readonly onKept: (problem?: string) => void,
    { losses, evaluations, facts }: Partial<Pick<Checkpoint, 'losses' | 'evaluations' | 'facts'>> = {},
    private readonly pace: Pace = defaultPace,
    private readonly loss: LossOfPlace = {},
  ) {
    this.losses = new GrowingLosses(losses);
    this.evaluations = evaluations ?? [];
    this.facts = facts && { facts };
    this.keptStep = this.losses.values.length;
    this.heartbeat = setInterval(() => this.beat(), heartbeatMilliseconds);
    this.heartbeat.unref();
  }

  addLoss(loss: number): void {
    this.losses.add(loss);
  }

  addEvaluation(evaluation: Evaluation): void {
    this.evaluations = withEvaluation(this.evaluations, evaluation);
  }

  /** Notes the first loss that is not finite. */
  addBroken(broken: BrokenStep): void {
    this.broken = broken;
  }

  get isDue(): boolean {
    if (this.isTaken) return false;
    const now = performance.now();
    if (now >= this.nextWrite) return true;
    if (now < this.nextLook) return false;
    this.nextLook = now + lookPause;
    return !this.lock.isOwn();
  }

  /**
   * Writes a checkpoint. If that fails, it is reported and stays due, the run goes on, and the last checkpoint stays. It
   * stays too if the run has diverged, or if the weights are no longer finite, as a loss is about to show.
   */
  write(status: Checkpoint['status']): void {
    clearTimeout(this.retry);
    this.status = status;
    const start = performance.now();
    try {
      if (!this.save(status)) return;
      this.retryPause = firstRetry;
    } catch (error) {
      this.report(`No checkpoint could be written (${reasonOf(error)}): ${this.consequenceFor(status)}.`);
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
      return await untilFree(fs, () => this.save(status), waiting);
    } catch (error) {
      const { keptStep, trainer } = this;
      this.report(
        `The last checkpoint could not be written (${reasonOf(error)}): the run is kept as it was at step ${keptStep} of ${trainer.step}.`,
      );
      return false;
    }
  }

  /** Keeps the run in another place from now on. @param owned whose record has been written */
  moveTo(id: string, { folder, lock }: OwnedFolder): void {
    Object.assign(this, { id, folder, lock, isTaken: false });
    this.write(this.status ?? 'stopped');
  }

  /** Also notices at rest what has become of the run, perhaps after the machine has slept. */
  private beat(): void {
    this.lock.beat();
    if (this.status !== undefined && !this.isTaken && !this.lock.isOwn()) this.write(this.status);
  }

  /**
   * Sees to it that the run is ours. If its folder is gone, it is made again: everything is in memory.
   *
   * @returns false if another owns the run
   */
  private hold(): boolean {
    if (this.isTaken) return false;
    if (this.lock.isOwn()) return true;
    const again = fs.existsSync(this.folder.path) ? undefined : this.loss.makeAgain?.();
    if (again) Object.assign(this, again);
    else {
      this.isTaken = true;
      this.loss.onTaken?.();
    }
    return again !== undefined;
  }

  /** @returns false if another owns the run */
  private save(status: Checkpoint['status']): boolean {
    if (!this.hold()) return false;
    const { id, losses, evaluations, trainer, facts } = this;
    const { step, flavor } = trainer;
    const model = trainer.save();
    if (status === 'diverged' || !isFiniteState(model)) {
      if (status !== 'running' && status !== 'paused') this.folder.markDiverged(this.broken);
      return true;
    }
    this.folder.writeCheckpoint({ id, step, status, flavor, evaluations, losses: losses.values, model, ...facts });
    this.keptStep = step;
    this.problem = undefined;
    this.onKept();
    return true;
  }

  /** What it means that the disk holds no more than before. */
  private consequenceFor(status: Checkpoint['status']): string {
    const { keptStep, trainer } = this;
    const isThere = fs.existsSync(this.folder.path);
    const rest = isThere ? 'the one before stays' : 'nothing of it is on the disk';
    if (status === 'running') return `the run goes on, and ${rest}`;
    const first = isThere ? keptStep + 1 : 1;
    if (status === 'diverged' || first > trainer.step) return rest;
    const [from, to] = [first, trainer.step].map(step => step.toLocaleString('en-US'));
    return `${from === to ? `step ${from} is` : `steps ${from} to ${to} are`} lost when this window closes`;
  }

  /** Only what is new: nobody wants to read the same sentence at every attempt. */
  private report(problem: string): void {
    if (problem !== this.problem) this.onKept(problem);
    this.problem = problem;
  }

  /** From now on nothing is written, and others may own the run. */
  close(): void {
    clearTimeout(this.retry);
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
