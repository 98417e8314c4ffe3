import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cooperative } from '../makemore/generate';
import type { Trainer } from './trainer';

/** Messages wait at most about this long while something is computed. */
const sliceMilliseconds = 8;

/**
 * Runs cooperative work, and lets messages in now and then.
 *
 * @param wanted asked after each slice; as soon as it returns false, the work is abandoned
 * @returns what the work returns, or undefined if it was abandoned
 */
export async function runInSlices<T>(work: Cooperative<T | undefined>, wanted: () => boolean): Promise<T | undefined> {
  let start = performance.now();
  try {
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      if (performance.now() - start < sliceMilliseconds) continue;
      await nextTurn();
      if (!wanted()) return undefined;
      start = performance.now();
    }
  } finally {
    work.return(undefined); // so that abandoned work gives back the memory that it holds
  }
}

/** A step that takes longer than this, and so many times as long as another one, is one during which the machine slept. */
const sleepMilliseconds = 2000;
const sleepFactor = 20;

export interface StepReport {
  /** Updates made before this one. */
  readonly step: number;
  readonly loss: number;
  readonly learningRate: number;
  /**
   * How long drawing the batch and updating took; undefined if the step was watched, which takes longer, or if the machine
   * slept meanwhile.
   */
  readonly milliseconds: number | undefined;
}

/**
 * Training as cooperative work: a number of steps, or fewer if a loss is not finite, which no step could mend.
 *
 * @param isWatched asked before each step whether it is to be watched
 */
export function* trainSteps(
  trainer: Trainer,
  steps: number,
  onStep: (report: StepReport) => void,
  isWatched: () => boolean = () => false,
): Cooperative<void> {
  let shortest = Infinity;
  for (let i = 0; i < steps; i++) {
    const { step } = trainer;
    const watched = isWatched();
    const start = performance.now();
    const { loss, learningRate } = trainer.trainStep(watched);
    const took = performance.now() - start;
    shortest = Math.min(shortest, took);
    const slept = took > Math.max(sleepMilliseconds, sleepFactor * shortest);
    onStep({ step, loss, learningRate, milliseconds: watched || slept ? undefined : took });
    if (!Number.isFinite(loss)) return;
    yield;
  }
}
