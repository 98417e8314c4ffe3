import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { watchNothing } from '../../../src/shared/inspection';
import type { WorkerEvent } from '../../../src/shared/protocol';
import { defaultPace } from '../../../src/shared/run';
import { Reporter } from '../../../src/worker/reporter';

const pace = { ...defaultPace, picturesPerSecond: Infinity, lossesPerSecond: Infinity };

describe('the reporter', () => {
  let step: number;
  let events: WorkerEvent[];
  let reporter: Reporter;
  beforeEach(() => {
    step = 0;
    events = [];
    const trainer = {
      maxSteps: 1000,
      get step() {
        return step;
      },
      inspect: () => ({ step, ahead: false, tensors: {} }),
    };
    reporter = new Reporter(trainer, event => events.push(event), pace);
    reporter.watch({ ...watchNothing, layers: true }, true);
  });

  function train(steps: number, milliseconds = 1): void {
    for (let i = 0; i < steps; i++) {
      reporter.inspectsNext();
      step++;
      reporter.onStep({ step: step - 1, loss: 1, learningRate: 0.1, milliseconds });
    }
  }
  const looks = (): number[] => events.flatMap(event => (event.type === 'inspected' ? [event.inspection.step] : []));

  it('looks inside again only once the page has drawn the last look', () => {
    train(20);
    strictEqual(looks().length, 1);
    reporter.drawn();
    train(20);
    strictEqual(looks().length, 2);
  });

  it('looks inside at once for a page that watches anew, at the last step, and where the run rests', () => {
    train(10);
    reporter.watch({ ...watchNothing, updates: true }, true);
    train(10);
    deepStrictEqual(looks(), [1, 11]);
    reporter.status('paused');
    train(980);
    deepStrictEqual(looks(), [1, 11, 20, 1000]);
  });
});
