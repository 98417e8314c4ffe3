import { deepStrictEqual } from 'node:assert/strict';
import { mock } from 'node:test';
import { trainSteps } from '../../../src/worker/loop';
import type { Trainer } from '../../../src/worker/trainer';

describe('the time of a step', () => {
  /** What is told of steps that take so long, in milliseconds. */
  function told(durations: readonly number[]): (number | undefined)[] {
    let time = 0;
    let step = 0;
    const now = mock.method(performance, 'now', () => time);
    const trainer = {
      step: 0,
      trainStep: () => {
        time += durations[step++] ?? 0;
        return { loss: 1, learningRate: 0.1 };
      },
    };
    const times: (number | undefined)[] = [];
    const steps = trainSteps(trainer as Partial<Trainer> as Trainer, durations.length, ({ milliseconds }) =>
      times.push(milliseconds),
    );
    while (!steps.next().done);
    now.mock.restore(); // one at a time: a mock of a mock would stay, and stop the clock of the tests that follow
    return times;
  }

  it('is left out if the machine slept meanwhile', () => {
    deepStrictEqual(told([1, 60_000, 1, 3000]), [1, undefined, 1, undefined]);
  });

  it('counts, however long, where every step takes long', () => {
    deepStrictEqual(told([10_000, 50_000, 9000]), [10_000, 50_000, 9000]);
    deepStrictEqual(told([1, 1900]), [1, 1900]);
  });
});
