import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../../src/shared/at';
import { histogram } from '../../../../../src/makemore/diagnostics';
import { contrast, toOklab } from '../../../../../webview/draw/color';
import { curveLook, type CurveLook } from '../../../../../webview/draw/plot/curve-look';
import { formatScientific, formatSigned } from '../../../../../webview/draw/format';
import { valueAt, xIn, yIn, type Plane } from '../../../../../webview/draw/plot/plane';
import { layOutRidge } from '../../../../../webview/draw/plot/ridge';
import { roundEnd } from '../../../../../webview/draw/ticks';
import {
  coarsen,
  densityAt,
  densityAxis,
  densityPicture,
  densityRidge,
  densityRows,
  reachOfGradient,
  readDensities,
  readRidge,
} from '../../../../../webview/panels/parts/densities';
import { themeNames, themeOf } from '../looks';

const look: CurveLook = { color: [0, 0, 0], stroke: 'solid' };
const hundredths = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 300 });

describe('densities', () => {
  it('are read as the share of the values in the bin, divided by its width', () => {
    fc.assert(
      fc.property(hundredths, fc.integer({ min: 0, max: 99 }), (numbers, bin) => {
        const values = Float32Array.from(numbers, n => n / 100);
        const ours = histogram(values);
        const width = (ours.max - ours.min) / 100;
        const middle = ours.min + (bin + 0.5) * width;
        const within = (reach: number): number => values.filter(v => Math.abs(v - middle) <= reach * width).length;
        const read = densityAt(ours, middle) * width * values.length;
        ok(read >= within(0.499) - 1e-3 && read <= within(0.501) + 1e-3, `${read}, not ${within(0.5)}`); // edges are rounded
      }),
    );
  });

  it('are 0 beside the least and the largest value, whose bins hold them', () => {
    const ours = histogram(Float32Array.of(0, 0.25, 1));
    deepStrictEqual(
      [-0.01, 0, 0.5, 1, 1.01, NaN].map(value => Math.round(densityAt(ours, value))),
      [0, 33, 0, 33, 0, 0],
    );
    strictEqual(densityAt(histogram(Float32Array.of(NaN)), 0), 0, 'nothing is finite');
  });

  it('are drawn for every layer, even if the values of one of them hardly differ', () => {
    const vanishing = histogram(Float32Array.of(0, 1e-45, 2e-45));
    ok(!vanishing.density.some(Number.isNaN));
    const usual = { look, name: 'usual', histogram: histogram(Float32Array.of(-1, 0, 1)) };
    const axis = densityAxis([1], 'value');
    const { y } = densityPicture([usual, { look, name: 'vanishing', histogram: vanishing }], axis);
    deepStrictEqual(y.max, densityPicture([usual], axis).y.max, 'what is not finite does not count');
  });

  it('are not flat beside a layer whose values vanish, or are all 0, but make room for one that is saturated', () => {
    const of = (name: string, values: readonly number[]) => ({
      look,
      name,
      histogram: histogram(Float32Array.from(values)),
    });
    const even = Array.from({ length: 1001 }, (_, i) => i / 500 - 1);
    const usual = of('usual', even);
    const top = (...densities: (typeof usual)[]): number => densityPicture(densities, densityAxis([1], 'value')).y.max;
    const vanishing = of(
      'vanishing',
      even.map(value => value / 1000),
    );
    for (const other of [vanishing, of('zero', [0, 0, 0]), of('none', [NaN])])
      strictEqual(top(other, usual), top(usual), other.name);
    const saturated = of('saturated', even.map(Math.sign));
    ok(top(saturated, usual) > 10 * top(usual));
  });

  it('in fewer bins are the same density', () => {
    const { min, max, density } = histogram(Float32Array.from({ length: 500 }, (_, i) => Math.sin(i * i)));
    for (const together of [2, 4]) {
      const coarse = coarsen({ min, max, density }, together);
      deepStrictEqual([coarse.min, coarse.max, coarse.density.length], [min, max, 100 / together]);
      const integral = coarse.density.reduce((sum, d) => sum + (d * (max - min)) / coarse.density.length, 0);
      ok(Math.abs(integral - 1) < 1e-5);
      ok(
        Math.abs(at(coarse.density, 3) * together - density.slice(3 * together, 4 * together).reduce((a, b) => a + b)) <
          1e-5,
      );
    }
  });

  it('stand over one axis with 0 in its middle, that does not move with every frame', () => {
    const axis = (...reaches: number[]): number[] => {
      const { min, max } = densityAxis(reaches, 'gradient');
      return [min, max];
    };
    deepStrictEqual(axis(0.011, 0.0123), [-0.015, 0.015]);
    deepStrictEqual(axis(0.0149, 0.002), [-0.015, 0.015]);
    deepStrictEqual(axis(1), [-1, 1]);
    deepStrictEqual(axis(0), [-1, 1]);
    deepStrictEqual(axis(NaN), [-1, 1]);
    const far = histogram(Float32Array.of(-9, 0, 1));
    strictEqual(reachOfGradient(far, 0.5), 1.5);
    strictEqual(reachOfGradient(far, 20), 9);
    strictEqual(reachOfGradient(far, NaN), 9);
  });

  it('are drawn through the middle of each bin, below a round end', () => {
    const of = { name: 'h1', look, histogram: histogram(Float32Array.of(0, 0.505, 1)) };
    const { curves, y } = densityPicture([of, of], densityAxis([1], 'activation'));
    strictEqual(curves.length, 2);
    const { x, y: drawn } = at(curves, 0);
    ok(Math.abs(at(x, 0) - 0.005) < 1e-9 && Math.abs(at(x, 99) - 0.995) < 1e-9);
    deepStrictEqual(Array.from(drawn), Array.from(of.histogram.density));
    deepStrictEqual([y.min, y.max], [0, 40]);
    const rows = densityRows([of], densityAxis([1], 'activation'));
    deepStrictEqual(
      [at(rows, 0), at(rows, 20), at(rows, 40)],
      [
        ['−1', '0.000'],
        ['0', '33.3'],
        ['1', '33.3'],
      ],
    );
    strictEqual(readDensities([of], 0.502), 'Density at 0.5: h1 33.3.');
  });
});

describe('a ridge', () => {
  const history = [0, 10, 1001].map(step => ({ step, histogram: histogram(Float32Array.of(0, 1, 1, step + 1)) }));

  it('has the oldest step at the back and the newest in front', () => {
    const { rows } = densityRidge(history, densityAxis([1], 'activation'), undefined);
    deepStrictEqual(
      rows.map(({ label }) => label),
      ['0', '10', '1,001'],
    );
    const { baselines } = layOutRidge(rows, 20, 300);
    deepStrictEqual(baselines, [252, 276, 300]);
    strictEqual(readRidge(history, { x: 0, row: 1 }), 'Step 10, at 0: density 2.273.');
    strictEqual(readRidge(history, { x: 0, row: 7 }), readRidge(history, { x: 0, row: 2 }), 'rows have become fewer');
  });

  it('keeps every peak in its place, however many steps there are', () => {
    const row = (peak: number) => ({ label: '1', min: 0, max: 1, density: Float32Array.of(0, peak, 0) });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 60 }), peaks => {
        const { baselines, unit, labeled } = layOutRidge(peaks.map(row), 20, 300);
        peaks.forEach((peak, i) => ok(at(baselines, i) - peak * unit >= 20 - 1e-9));
        strictEqual(baselines.at(-1), 300);
        for (let i = 1; i < baselines.length; i++) ok(at(baselines, i) > at(baselines, i - 1));
        strictEqual(at(labeled, 0), peaks.length - 1);
        if (at(baselines, at(labeled, 0)) - at(baselines, 0) >= 15) strictEqual(labeled.at(-1), 0);
        labeled.slice(1).forEach((row, i) => ok(at(baselines, at(labeled, i)) - at(baselines, row) >= 15));
      }),
    );
    deepStrictEqual(layOutRidge([], 20, 300), { baselines: [], unit: 0, labeled: [] });
    strictEqual(layOutRidge([row(0)], 20, 300).unit, 0);
  });
});

describe('a plane', () => {
  const plane: Plane = { left: 40, right: 240, top: 10, bottom: 110, x: { min: -1, max: 1 }, y: { min: 0, max: 5 } };

  it('has its values where they belong', () => {
    deepStrictEqual(
      [-1, 0, 1].map(value => xIn(plane, value)),
      [40, 140, 240],
    );
    deepStrictEqual(
      [0, 1, 5].map(value => yIn(plane, value)),
      [110, 90, 10],
    );
    deepStrictEqual(
      [0, 40, 140, 240, 999].map(at => valueAt(plane, at)),
      [-1, -1, 0, 1, 1],
    );
  });

  it('ends at round values', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), value => {
        const end = roundEnd(value);
        ok(end >= value && end <= 1.5000001 * value, `${end} for ${value}`);
        ok(String(end).replace(/[.0]|e.*/g, '').length <= 2, String(end));
      }),
    );
    deepStrictEqual([0.0123, 1, 1.01, 9.5, 0, -3, NaN].map(roundEnd), [0.015, 1, 1.5, 10, 1, 1, 1]);
  });
});

describe('the looks of curves', () => {
  for (const name of themeNames)
    it(`stand out from ${name} and from each other`, () => {
      const theme = themeOf(name);
      for (const count of [1, 2, 3, 5, 6]) {
        const looks = Array.from({ length: count }, (_, i) => curveLook(i, count, theme));
        for (const { color } of looks) ok(contrast(color, theme.background) >= 3, `${String(color)} of ${count}`);
        const lightness = looks.map(({ color }) => Math.abs(toOklab(color)[0] - toOklab(theme.background)[0]));
        for (let i = 1; i < count; i++) ok(at(lightness, i) - at(lightness, i - 1) > 0.05, `${i} of ${count}`);
        strictEqual(new Set(looks.map(({ stroke }) => stroke)).size, theme.highContrast ? Math.min(3, count) : 1);
      }
      const many = Array.from({ length: 19 }, (_, i) => JSON.stringify(curveLook(i, 19, theme)));
      strictEqual(new Set(many).size, 19);
    });
});

describe('numbers', () => {
  it('have a minus as wide as a digit, and zero has none', () => {
    deepStrictEqual(
      [-0.0004, -0.0006, 0.25, null].map(n => formatSigned(n, 3)),
      ['0.000', '−0.001', '0.250', '–'],
    );
    deepStrictEqual(
      [-2.64e-3, 12345, null].map(n => formatScientific(n, 2)),
      ['−2.64e−3', '1.23e+4', '–'],
    );
  });
});
