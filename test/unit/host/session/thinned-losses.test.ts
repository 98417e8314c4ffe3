import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { spreadLosses, thinLosses } from '../../../../src/host/session/thinned-losses';
import { idle } from '../../../../src/shared/run-state';

describe('thinned losses', () => {
  it('are the losses themselves if they are few', () => {
    const losses = { values: Float32Array.of(1, 2, 3, 0), length: 3 };
    deepStrictEqual(thinLosses(losses, 3), { means: Float32Array.of(1, 2, 3), every: 1, length: 3 });
    deepStrictEqual(spreadLosses(thinLosses(losses, 3)), { values: Float32Array.of(1, 2, 3), length: 3 });
    deepStrictEqual(spreadLosses(thinLosses(idle.losses, 3)), idle.losses);
  });

  it('are means of neighbors, and each mean stands for all of its neighbors', () => {
    const losses = { values: Float32Array.of(1, 3, 5, 5, 9, 0), length: 5 };
    deepStrictEqual(thinLosses(losses, 3), { means: Float32Array.of(2, 5, 9), every: 2, length: 5 });
    deepStrictEqual(spreadLosses(thinLosses(losses, 3)).values, Float32Array.of(2, 2, 5, 5, 9));
  });

  it('are refused if their numbers do not fit together, or are more than a run can have', () => {
    const means = Float32Array.of(1, 2);
    const misfits: readonly (readonly [every: number, length: number])[] = [
      [2, 5],
      [2, 2],
      [0, 0],
      [-1, -2],
      [1.5, 3],
      [1, 1.5],
      [NaN, 2],
      [2 ** 28, 2 ** 29],
    ];
    for (const [every, length] of misfits)
      throws(() => spreadLosses({ means, every, length }), /no losses of a run/, `${length} by ${every}`);
  });

  it('give back as many losses as there were, with nearly the same mean', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ noNaN: true, min: 0, max: 10 }),
        fc.integer({ min: 1, max: 20 }),
        (values, most) => {
          const thin = thinLosses({ values, length: values.length }, most);
          ok(thin.means.length <= most);
          const spread = spreadLosses(thin);
          strictEqual(spread.length, values.length);
          const sum = (all: Float32Array): number => all.reduce((total, loss) => total + loss, 0);
          ok(Math.abs(sum(spread.values) - sum(values)) <= 1e-4 * values.length);
        },
      ),
    );
  });
});
