import { defaultSampleRequest, type SampleRequest, type SamplerFamily } from '../shared/sampling';

/** Enough to see what the model can do, few enough to cost nothing. */
const namesPerStep = 5;

/** When names are drawn while a model learns and somebody looks: at 0, 1, 2, 5, 10, 20, 50, … steps, always with the same seed. */
export class SamplingSchedule {
  readonly request: SampleRequest;
  private isFollowed = false;
  /** The first step at which names are drawn next. */
  private next = 0;

  /** @param step at which the run starts or resumes */
  constructor(sampler: SamplerFamily, step: number) {
    if (step > 0) this.next = stepAfter(step - 1);
    this.request = { ...defaultSampleRequest, sampler, count: namesPerStep };
  }

  follow(isFollowed: boolean): void {
    this.isFollowed = isFollowed;
  }

  /** How many steps are left until names are due: none if they are due now. */
  stepsLeft(step: number): number {
    return this.isFollowed ? Math.max(0, this.next - step) : Infinity;
  }

  drawn(step: number): void {
    this.next = stepAfter(step);
  }
}

/** The next of 1, 2, 5, 10, 20, 50, … */
export function stepAfter(step: number): number {
  for (let power = 1; ; power *= 10) for (const digit of [1, 2, 5]) if (digit * power > step) return digit * power;
}
