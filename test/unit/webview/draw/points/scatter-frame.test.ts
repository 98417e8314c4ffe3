import { ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { frameAround } from '../../../../../webview/draw/points/scatter-frame';
import { placesOf } from '../../../../../webview/draw/points/scatter-picture';

const numbers = fc.double({ min: -3, max: 3, noNaN: true });

describe('the frame of a scatter plot', () => {
  const points = fc.array(numbers, { minLength: 2, maxLength: 40 }).map(values => {
    return Float64Array.from(values.length % 2 === 0 ? values : values.slice(1));
  });

  it('holds all points', () => {
    fc.assert(
      fc.property(points, all => {
        const frame = frameAround(all);
        all.forEach((value, i) => {
          const from = i % 2 === 0 ? frame.left : frame.bottom;
          ok(value >= from - 1e-9 && value <= from + frame.size + 1e-9);
        });
        const places = placesOf({ points: all, frame }, 300);
        ok(places.every(place => place >= -1e-6 && place <= 300 + 1e-6)); // far less than a pixel
      }),
    );
  });

  it('is there for points that differ by less than anything can be divided by', () => {
    ok(frameAround(Float64Array.of(0, 0, 0, -5e-324)).size > 0.01);
  });

  it('stays while the points move within it, until it is far too large', () => {
    const frame = frameAround(Float64Array.of(-1, -1, 1, 1));
    strictEqual(frameAround(Float64Array.of(-0.9, -0.9, 0.95, 1), frame), frame);
    ok(frameAround(Float64Array.of(-1, -1, 1, 1.4), frame).size > frame.size);
    ok(frameAround(Float64Array.of(-0.1, -0.1, 0.2, 0.1), frame).size < frame.size);
  });
});
