import assert from 'node:assert/strict';
import { formatDuration, formatStepTime } from '../../../../webview/draw/format';

describe('the times of a run', () => {
  it('are told in the unit that fits', () => {
    const steps = [104, 999.4, 999.6, 2_940, 9_960, 29_400, 999_400, 1_234_000].map(formatStepTime);
    assert.deepEqual(steps, ['104 µs', '999 µs', '1.0 ms', '2.9 ms', '10 ms', '29 ms', '999 ms', '1.2 s']);
  });

  it('are as precise as a guess may be', () => {
    const times = [0, 19.4, 99, 100, 540, 5_970, 6_000, 7_500, 36_000, 259_200, 864_000].map(formatDuration);
    const expected = [
      '0 s',
      '19 s',
      '99 s',
      '2 min',
      '9 min',
      '1 h 40 min',
      '1 h 40 min',
      '2 h 5 min',
      '10 h',
      '3 days',
    ];
    assert.deepEqual(times, [...expected, '10 days']);
  });
});
