import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../../src/shared/at';
import { cellSize } from '../../../../../webview/draw/matrix/cell-size';
import { layOutMask, maskCellAt } from '../../../../../webview/draw/matrix/mask-layout';
import { activationRows } from '../../../../../webview/panels/parts/activation-rows';
import { deadNeurons, saturatingRows, saturationMask } from '../../../../../webview/panels/saturation/mask';
import { deadSentence } from '../../../../../webview/panels/saturation/sentences';
import { saturationRows } from '../../../../../webview/panels/saturation/table';
import { activations, contexts, names, tensor, upTo } from '../tanh-layers';

const tanhs = fc.integer({ min: 1, max: 7 }).chain(width =>
  fc.record({
    width: fc.constant(width),
    values: fc
      .array(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: width, maxLength: width }), {
        minLength: 1,
      })
      .map(rows => rows.flat()),
    threshold: fc.constantFrom(0, 0.5, 0.97, 0.99, 1),
  }),
);

describe('rows of a layer', () => {
  it('are those of (B, H), (B, T, H) and (B * T, H)', () => {
    const flat = activationRows(tensor([2, 3], upTo(6)), contexts);
    deepStrictEqual([flat.width, flat.places, [...flat.rows], [...flat.values]], [3, 1, [0, 1], upTo(6)]);
    const grouped = activationRows(tensor([2, 2, 3], upTo(12)), contexts);
    deepStrictEqual([grouped.width, grouped.places, [...grouped.rows], [...grouped.values]], [3, 2, upTo(4), upTo(12)]);
    for (const shape of [
      [2, 3, 2],
      [6, 2],
    ]) {
      const ofNames = activationRows(tensor(shape, upTo(12)), names);
      deepStrictEqual([ofNames.width, ofNames.places, [...ofNames.rows]], [2, 3, [0, 1, 2, 3, 4]], 'no target, no row');
      deepStrictEqual([...ofNames.values], upTo(10));
    }
  });

  it('are no more than the batch tells', () => {
    const { rows, values } = activationRows(tensor([5, 2], upTo(10)), { ...contexts, rows: 5 });
    deepStrictEqual(
      [[...rows], [...values]],
      [
        [0, 1],
        [0, 1, 2, 3],
      ],
    );
  });
});

describe('saturation', () => {
  it('is that of a plain computation', () => {
    fc.assert(
      fc.property(tanhs, ({ width, values, threshold }) => {
        const layer = activations(values, width);
        const { mask, share, times, throughout } = saturationMask(layer, threshold);
        const saturated = [...layer.values].map(h => Math.abs(h) > threshold);
        deepStrictEqual([...mask].map(Boolean), saturated);
        strictEqual(share, saturated.filter(Boolean).length / saturated.length);
        const column = (neuron: number): boolean[] => saturated.filter((_, i) => i % width === neuron);
        deepStrictEqual(
          [...times],
          upTo(width).map(neuron => column(neuron).filter(Boolean).length),
        );
        deepStrictEqual(
          throughout,
          upTo(width).filter(neuron => column(neuron).every(Boolean)),
        );
      }),
    );
  });

  it('of nothing is none, and what is no number is not saturated', () => {
    deepStrictEqual(saturationMask(activations([], 2), 0.5), {
      mask: new Uint8Array(0),
      times: new Uint32Array(2),
      share: 0,
      throughout: [],
    });
    strictEqual(saturationMask(activations([NaN, 1], 2), 0.5).share, 0.5);
  });

  it('by an example is listed with the largest first', () => {
    const layer = activations([0.98, 0, -0.999, 0, 0.5, 0, 0.99, 0], 2);
    deepStrictEqual(saturatingRows(layer, 0, 0.97), [1, 3, 0]);
    deepStrictEqual(saturatingRows(layer, 1, 0.97), []);
  });

  it('for the whole train split is dead, at any threshold', () => {
    const found = { step: 9, layers: [{ name: 'h1', least: Float32Array.of(0.2, 0.98, 1) }] };
    deepStrictEqual(deadNeurons(found, 0.97), [{ layer: 'h1', width: 3, neurons: [1, 2] }]);
    deepStrictEqual(at(deadNeurons(found, 0.99), 0).neurons, [2]);
    strictEqual(deadSentence(at(deadNeurons(found, 0.97), 0)), 'h1: 1, 2 (2 of 3).');
    strictEqual(deadSentence({ layer: 'h', width: 9, neurons: [] }), 'h: none of 9.');
    match(deadSentence({ layer: 'h', width: 99, neurons: upTo(50) }), /38, 39 and 10 more \(50 of 99\)\.$/);
  });

  it('is told neuron by neuron', () => {
    const layer = activations([1, 0, 1, 1], 2);
    const rows = saturationRows(layer, saturationMask(layer, 0.9), Float32Array.of(0.5, 0));
    deepStrictEqual(rows, [
      ['0', '2', '100.0', '0.5000'],
      ['1', '1', '50.0', '0.0000'],
    ]);
    strictEqual(at(saturationRows(layer, saturationMask(layer, 0.9)), 0)[3], '–');
  });
});

describe('the image of a layer', () => {
  it('has whole pixels wherever a cell can have one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 200, max: 1400 }),
        (rows, columns, width) => {
          const { cellWidth, cellHeight } = layOutMask(rows, columns, width);
          ok(columns * cellWidth <= width + 1e-6);
          ok(columns > width ? cellWidth < 1 : Number.isInteger(cellWidth));
          ok(Number.isInteger(cellHeight) && rows * cellHeight <= 600);
        },
      ),
    );
  });

  it('can be read where it is narrow', () => {
    const { cellWidth, cellHeight } = layOutMask(32, 200, 268);
    deepStrictEqual([cellWidth, cellHeight], [1, 4]);
    deepStrictEqual([layOutMask(32, 200, 738).cellWidth, layOutMask(32, 200, 738).cellHeight], [3, 4]);
    ok(layOutMask(16_384, 64, 700).cellHeight * 16_384 <= 601);
    deepStrictEqual([cellSize(30, 200, 14), cellSize(200, 100, 14), cellSize(3, 500, 14)], [6, 0.5, 14]);
  });

  it('has a cell under every point', () => {
    const layout = layOutMask(4, 10, 120);
    deepStrictEqual(maskCellAt(layout, 25, layout.header + layout.cellHeight * 3.5), { row: 3, column: 2 });
    deepStrictEqual(maskCellAt(layout, -5, 0), { row: 0, column: 0 });
    deepStrictEqual(maskCellAt(layout, 1000, 1000), { row: 3, column: 9 });
  });
});
