import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { histogram } from '../../src/makemore/diagnostics';
import { at } from '../../src/shared/at';
import type { Histogram } from '../../src/shared/inspection';

/** What make_histograms.py records of a tensor. */
interface Case {
  readonly name: string;
  /** Float32 in base64, little-endian. */
  readonly values: string;
  readonly min: number;
  readonly max: number;
  readonly counts: readonly number[];
  readonly density: readonly number[];
}

const golden = JSON.parse(readFileSync('test/golden/histograms.json', 'utf8')) as { readonly cases: readonly Case[] };

/** A unit in the last place of float32, of a number between 1 and 2; of any other it is no larger part. */
const ulp = 2 ** -23;

describe("PyTorch's histograms", () => {
  for (const { name, values, min, max, counts, density } of golden.cases)
    it(`the histogram of ${name} has the same range, counts and densities`, () => {
      const tensor = decode(values);
      const ours = histogram(tensor);
      deepStrictEqual([ours.min, ours.max], [min, max]);
      deepStrictEqual(countsOf(ours, tensor.length), counts);
      strictEqual(ours.density.length, density.length);
      density.forEach((theirs, bin) => {
        const own = at(ours.density, bin);
        ok(Math.abs(own - theirs) <= tolerance(ours) * theirs, `${own}, not ${theirs}`);
      });
    });
});

/**
 * The largest relative difference of a density. Both edges of a bin may differ in their last digit, which in PyTorch
 * itself depends on the machine; and PyTorch divides twice in float32.
 */
function tolerance({ min, max, density }: Histogram): number {
  const width = (max - min) / density.length;
  return (2 * ulp * Math.max(Math.abs(min), Math.abs(max))) / width + 2 * ulp;
}

/** How many values lie in each bin: a density has more than enough digits for that. */
function countsOf({ min, max, density }: Histogram, values: number): number[] {
  return Array.from(density, d => Math.round((d * values * (max - min)) / density.length));
}

function decode(encoded: string): Float32Array {
  const bytes = Buffer.from(encoded, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}
