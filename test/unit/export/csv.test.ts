import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import type { LayerLook, ParameterLook } from '../../../src/shared/inspection';
import { diagnosticsCsv, evaluationsCsv, lossesCsv } from '../../../src/export/csv';

const histogram = { min: 0, max: 1, density: new Float32Array(1) };
const layer: LayerLook = {
  name: 'h',
  kind: 'tanh',
  shape: [32, 8],
  histogram,
  gradHistogram: histogram,
  mean: 0.5,
  std: 0.25,
  saturated: 0.125,
  gradMean: 0,
  gradStd: 1e-3,
};
const matrix = (name: string): ParameterLook => ({
  name,
  shape: [2, 2],
  gradMean: 0,
  gradStd: 1,
  gradToData: 1,
  log10UpdateToData: -3,
  gradHistogram: histogram,
});

describe('the tables of an exported run', () => {
  it('hold every loss to the last bit', () => {
    fc.assert(
      fc.property(fc.float32Array(), losses => {
        const [header, ...rows] = lossesCsv(losses).split('\r\n').slice(0, -1);
        strictEqual(header, 'step,loss');
        const read = rows.map(row => {
          const [step = NaN, loss = NaN] = row.split(',').map(Number);
          return { step, loss };
        });
        deepStrictEqual(
          read.map(({ step }) => step),
          [...losses.keys()],
        );
        // -0 is written as 0, and is the same loss.
        deepStrictEqual(
          Float32Array.from(read, ({ loss }) => loss + 0),
          losses.map(loss => loss + 0),
        );
      }),
    );
  });

  it('have empty cells for losses that were not evaluated', () => {
    const table = evaluationsCsv([
      { step: 0, train: 3.25, dev: null },
      { step: 10, train: 2.5, dev: 2.75, test: 2.875, calibrated: { train: 2.25, dev: null } },
    ]);
    strictEqual(
      table,
      'step,train,dev,test,train_calibrated,dev_calibrated\r\n0,3.25,,,,\r\n10,2.5,2.75,2.875,2.25,\r\n',
    );
  });

  it('have a row for each layer and each matrix of every step that was looked at', () => {
    const table = diagnosticsCsv({
      layerHistory: [{ step: 1, layers: [layer, { ...layer, name: 'h, the "second"', kind: 'preactivation' }] }],
      updateHistory: [{ step: 2, ratios: [-3, -2.5] }],
      inspection: { step: 2, ahead: false, tensors: {}, parameters: [matrix('W1'), matrix('W2')] },
    });
    deepStrictEqual(table.split('\r\n'), [
      'step,kind,name,mean,std,saturated,grad_mean,grad_std,log10_update_to_data',
      '1,tanh,h,0.5,0.25,0.125,0,0.001,',
      '1,preactivation,"h, the ""second""",0.5,0.25,0.125,0,0.001,',
      '2,matrix,W1,,,,,,-3',
      '2,matrix,W2,,,,,,-2.5',
      '',
    ]);
  });
});
