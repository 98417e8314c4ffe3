import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import { diagnoseLayer } from '../../../../src/makemore/diagnostics';
import { presetById } from '../../../../src/shared/presets';
import { idle } from '../../../../src/shared/run-state';
import {
  axisOf,
  densitiesAt,
  historyOf,
  historyRows,
  historySummary,
  layerRows,
  layersSummary,
} from '../../../../webview/panels/layers/picture';
import { activation, formatPercent, gradient, layersAt } from '../../../../webview/panels/layers/quantity';
import { activationsFact, activationsLookFor, gradientsFact } from '../../../../webview/panels/layers/sentences';
import { healthyLayers as healthy, layersOf as stateOf } from './layers-of';
import { layer } from './looks';

describe('the layers', () => {
  it('have the share of the activations beyond 0.97, told as the lecture prints it', () => {
    const values = Float32Array.from({ length: 3200 }, (_, i) => Math.tanh(3 * Math.sin(i * i)));
    const plain = values.filter(v => v > 0.97 || v < -0.97).length;
    const { saturated } = diagnoseLayer('h', values, values);
    strictEqual(formatPercent(saturated), `${((100 * plain) / 3200).toFixed(2)}%`);
    strictEqual(diagnoseLayer('h', Float32Array.of(0.97, -0.97, 0.9701, -1), values).saturated, 0.5);
    strictEqual(formatPercent(89 / 3200), '2.78%');
  });

  it('are told in rows, each stage by itself', () => {
    const outputs = layersAt('output', healthy);
    deepStrictEqual(layerRows(outputs, activation).slice(0, 2), [
      ['h1', '−0.050', '0.634', '2.78%'],
      ['h2', '−0.050', '0.641', '2.56%'],
    ]);
    deepStrictEqual(activation.columns(outputs), ['mean', 'std', 'saturated']);
    const before = layersAt('preactivation', healthy);
    deepStrictEqual(at(layerRows(before, activation), 4), ['hpreact5', '−0.050', '0.990']);
    deepStrictEqual(activation.columns(before), ['mean', 'std']);
    deepStrictEqual(at(layerRows(outputs, gradient), 0), ['h1', '1.00e−12', '2.64e−3']);
    strictEqual(
      layersSummary(outputs.slice(0, 1), activation),
      'Density of each activation: h1 mean −0.050, std 0.634, saturated 2.78%',
    );
  });

  it('lie between −1 and 1 behind a tanh, and before it as far as they reach', () => {
    const far = layer({ kind: 'preactivation', histogram: { min: -4.2, max: 3, density: new Float32Array(100) } });
    const ends = (axis: ReturnType<typeof axisOf>): unknown[] => [axis.min, axis.max, axis.title];
    deepStrictEqual(ends(axisOf([layer()], activation, 'output')), [-1, 1, 'activation']);
    deepStrictEqual(ends(axisOf([far], activation, 'preactivation')), [-5, 5, 'pre-activation']);
    deepStrictEqual(ends(axisOf([layer()], gradient, 'output')), [-0.008, 0.008, 'gradient at the activation']);
  });

  it('are remembered one by one over the steps', () => {
    const state = stateOf('deep-part3-batchnorm', [layer({ std: 0.6 }), layer({ name: 'h2' })], [layer({ std: 0.7 })]);
    const history = historyOf(state, 'h1');
    deepStrictEqual(historyRows(history, activation), [
      ['1', '−0.050', '0.600', '2.78%'],
      ['2', '−0.050', '0.700', '2.78%'],
    ]);
    strictEqual(historySummary(history, activation), 'Densities of h1 from step 1 to 2, its std from 0.600 to 0.700');
    deepStrictEqual(historyRows(historyOf({ ...state, layerHistory: [] }, 'h1'), activation), [
      ['2', '−0.050', '0.700', '2.78%'],
    ]);
    const lengths = (stage: 'output' | 'preactivation'): number[] =>
      densitiesAt(history, activation, stage).map(({ histogram }) => histogram.density.length);
    deepStrictEqual(
      [lengths('output'), lengths('preactivation')],
      [
        [25, 25],
        [50, 50],
      ],
    );
  });

  it('have a fact for the heading', () => {
    const deep = stateOf('deep-part3-batchnorm', healthy);
    strictEqual(activationsFact(deep), 'at most 2.78% saturated');
    strictEqual(gradientsFact(deep), 'stds within a factor of 1.4');
    const one = stateOf('mlp-part2', [layer({ saturated: 0.685 })]);
    deepStrictEqual([activationsFact(one), gradientsFact(one)], ['68.50% saturated', 'std 2.64e−3']);
    deepStrictEqual([activationsFact(idle), gradientsFact(idle)], ['', '']);
    strictEqual(gradientsFact(stateOf('deep-part3-batchnorm', [layer(), layer({ gradStd: 0 })])), '');
  });

  it('without tanh are told by what would go into it, and what a gain does to them', () => {
    const { hyperparameters, ...preset } = presetById('deep-part3-batchnorm');
    const layers = [
      layer({ kind: 'preactivation', std: 1.5, gradStd: 2 }),
      layer({ kind: 'preactivation', gradStd: 1 }),
    ];
    const linear = {
      ...stateOf('deep-part3-batchnorm', layers),
      preset: { ...preset, hyperparameters: { ...hyperparameters, tanh: 0 } },
    };
    deepStrictEqual([activationsFact(linear), gradientsFact(linear)], ['std 1.500', 'stds within a factor of 2.0']);
    match(activationsLookFor(linear).more ?? '', /A gain of 1 keeps it.* 5\/3.* grows/);
  });

  it('of a GRU are not said to be saturated', () => {
    const gru = stateOf('makemore-gru', [layer({ name: 'h', kind: 'hidden', saturated: 0.9, std: 0.73 })]);
    strictEqual(activationsFact(gru), 'std 0.730');
    deepStrictEqual(layerRows(gru.inspection!.layers!, activation), [['h', '−0.050', '0.730']]);
    for (const preset of ['makemore-gru', 'mlp-part2'])
      strictEqual(activationsLookFor(stateOf(preset)).more?.includes('satura'), preset === 'mlp-part2');
  });
});
