import { defaultSampleRequest, type SampleRequest, type SamplerFamily } from '../shared/sampling';

/** As many as fit beside the curve. */
const newestNames = 9;
/** Names of a row: enough to see what the model can do. */
export const namesPerRow = 5;
/** Faster changes nobody reads. */
const leastPause = 500;
/** Drawing the newest names may take this share of the time. */
const share = 0.05;

/**
 * When names are drawn while a model learns and somebody looks, always with the same seed, so that only the model differs: at
 * 0, 1, 2, 5, 10, 20, 50, … steps for the record, and every so often for the eye.
 */
export class SamplingSchedule {
  readonly request: SampleRequest;
  private isFollowed = false;
  /** The first step at which names are drawn next for the record. */
  private next = 0;
  /** The step at which names were last drawn. */
  private last = -1;
  /** Not before this time, in milliseconds, for the eye. */
  private rest = 0;

  /** @param step at which the run starts or resumes */
  constructor(sampler: SamplerFamily, step: number) {
    if (step > 0) this.next = stepAfter(step - 1);
    this.request = { ...defaultSampleRequest, sampler, count: newestNames };
  }

  follow(isFollowed: boolean): void {
    this.isFollowed = isFollowed;
  }

  /** Whether anybody looks. */
  get follows(): boolean {
    return this.isFollowed;
  }

  /** Whether names are due now, at this step. */
  isDue(step: number): boolean {
    return this.isFollowed && (this.isRecorded(step) || (step !== this.last && performance.now() >= this.rest));
  }

  /** Whether the names of this step are for the record. */
  isRecorded(step: number): boolean {
    return step >= this.next;
  }

  /** How many steps are left until names are due for the record. */
  stepsLeft(step: number): number {
    return this.isFollowed ? Math.max(0, this.next - step) : Infinity;
  }

  /** @param milliseconds that drawing has taken */
  drawn(step: number, milliseconds: number): void {
    if (this.isRecorded(step)) this.next = stepAfter(step);
    this.last = step;
    this.rest = performance.now() + Math.max(leastPause, milliseconds / share);
  }
}

/** The next of 1, 2, 5, 10, 20, 50, … */
export function stepAfter(step: number): number {
  for (let power = 1; ; power *= 10) for (const digit of [1, 2, 5]) if (digit * power > step) return digit * power;
}
