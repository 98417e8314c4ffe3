import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../src/shared/at';
import { contrast, fromOklab, luminance, parseColor, toOklab, type Rgb } from '../../../../webview/draw/color';
import { colorAround, colorAt, createColorScale, inkOn } from '../../../../webview/draw/color-scale';
import { createDivergingScale } from '../../../../webview/draw/diverging-scale';

const grounds: Record<string, Rgb> = {
  'Dark Modern': [31, 31, 31],
  'Light Modern': [255, 255, 255],
  'high contrast': [0, 0, 0],
  'Solarized Light': [253, 246, 227],
  Abyss: [0, 12, 24],
};
const rgb = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 255 }))) as fc.Arbitrary<
  [number, number, number]
>;

describe('colors', () => {
  it('are read in every form that VS Code writes', () => {
    deepStrictEqual(parseColor('#1f1f1f'), [31, 31, 31]);
    deepStrictEqual(parseColor('#fff'), [255, 255, 255]);
    deepStrictEqual(parseColor(' rgb(1, 2, 3)'), [1, 2, 3]);
    deepStrictEqual(parseColor('rgba(255, 255, 255, 0.5)', [0, 0, 0]), [128, 128, 128]);
    deepStrictEqual(parseColor('#ffffff00', [7, 8, 9]), [7, 8, 9]);
    for (const none of ['', 'inherit', '#12', 'rgb()', 'rgb(1, 2)', 'rgb(a, b, c)'])
      strictEqual(parseColor(none), undefined, none);
  });

  it('contrast as WCAG says', () => {
    strictEqual(contrast([0, 0, 0], [255, 255, 255]), 21);
    strictEqual(contrast([119, 119, 119], [255, 255, 255]).toFixed(2), '4.48'); // #777 on white: the known near miss
  });

  it('come back from Oklab', () => {
    fc.assert(fc.property(rgb, color => deepStrictEqual(fromOklab(toOklab(color)), color)));
  });
});

describe('the color scale', () => {
  for (const [name, ground] of Object.entries(grounds)) {
    const scale = createColorScale(ground);

    it(`begins as the background of ${name}`, () => {
      deepStrictEqual(colorAt(scale, 0), ground);
      deepStrictEqual(colorAt(scale, -1), ground);
      deepStrictEqual(colorAt(scale, 2), colorAt(scale, 1));
    });

    it(`goes one way only and evenly on ${name}`, () => {
      const lights = scale.colors.map(luminance);
      const sign = Math.sign(at(lights, 255) - at(lights, 0));
      for (let i = 16; i < 256; i += 16) ok(sign * (at(lights, i) - at(lights, i - 16)) > 0, `at ${i}`);
      const lightness = scale.colors.map(color => toOklab(color)[0]);
      const step = (at(lightness, 255) - at(lightness, 0)) / 255;
      lightness.forEach((l, i) => ok(Math.abs(l - at(lightness, 0) - i * step) < 0.05, `${l} at ${i}`));
      ok(contrast(at(scale.colors, 0), at(scale.colors, 255)) > 8);
    });
  }

  it('has an ink for every ground', () => {
    fc.assert(fc.property(rgb, rgb, (ground, wish) => contrast(inkOn(ground, [wish]), ground) >= 4.5));
    deepStrictEqual(inkOn([0, 0, 0], [[204, 204, 204]]), [204, 204, 204]);
  });
});

describe('the diverging scale', () => {
  for (const [name, ground] of Object.entries(grounds)) {
    const scale = createDivergingScale(ground);
    const from = toOklab(ground);
    const distance = (t: number): number =>
      Math.hypot(...toOklab(colorAround(scale, t)).map((v, i) => v - at(from, i)));

    it(`has the background of ${name} in the middle`, () => deepStrictEqual(colorAround(scale, 0), ground));

    it(`shows both signs equally strong on ${name}`, () => {
      for (const t of [0.1, 0.25, 0.5, 0.75, 1]) {
        const [below, above] = [toOklab(colorAround(scale, -t))[0], toOklab(colorAround(scale, t))[0]];
        ok(Math.abs(below - above) < 0.03, `${below} ${above} at ${t}`);
        ok(Math.abs(distance(t) - distance(-t)) < 0.06, `${distance(-t)} ${distance(t)} at ${t}`);
        ok(distance(t) > distance(t / 2) && distance(-t) > distance(-t / 2));
      }
      for (const end of [-1, 1]) ok(contrast(colorAround(scale, end), ground) > 5, `${end}`);
    });

    it(`can be told apart without red and green on ${name}`, () => {
      // What those who miss either see still: light and dark, blue and yellow.
      const [below, above] = [toOklab(colorAround(scale, -1))[2], toOklab(colorAround(scale, 1))[2]];
      ok(below - above > 0.15, `${below} ${above}`);
    });
  }
});
