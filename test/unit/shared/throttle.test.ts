import { deepStrictEqual } from 'node:assert/strict';
import { mock } from 'node:test';
import { throttle } from '../../../src/shared/throttle';

describe('what is throttled', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('passes at once, then only the latest, no more often than it may', () => {
    const passed: number[] = [];
    const pass = throttle(500, (value: number) => passed.push(value));
    for (let i = 0; i < 100; i++) {
      pass(i);
      mock.timers.tick(20);
    }
    deepStrictEqual(passed, [0, 24, 49, 74, 99]);
    mock.timers.tick(1000);
    deepStrictEqual(passed.length, 5);
    pass(200);
    deepStrictEqual(passed.at(-1), 200);
  });
});
