import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { rowsWithTarget } from '../../../src/worker/padding';

it('rows behind the end of a name are left out of a look, whatever stands in them', () => {
  const values = Float32Array.of(1, 2, NaN, Infinity, 3, 4, 5, 6);
  deepStrictEqual(rowsWithTarget(values, Float32Array.of(0.5, 0, 0.25, 0.25)), Float32Array.of(1, 2, 3, 4, 5, 6));
  strictEqual(rowsWithTarget(values, new Float32Array(4).fill(0.25)), values);
});
