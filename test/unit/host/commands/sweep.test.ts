import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { presetById } from '../../../../src/shared/presets';
import { parseValues, sweepRuns, sweepSummary } from '../../../../src/host/commands/sweep';

const preset = presetById('mlp-part2');

describe('a sweep', () => {
  it('reads values with commas between them, each once', () => {
    deepStrictEqual(parseValues('nHidden', ' 32,64 , 32,'), [32, 64]);
    deepStrictEqual(parseValues('learningRate', '1e-3, .1'), [0.001, 0.1]);
  });

  it('reads spaces and semicolons between values as well', () => {
    deepStrictEqual(parseValues('nHidden', '32; 64 128'), [32, 64, 128]);
    deepStrictEqual(parseValues('learningRate', '0,05'), [0, 5]);
  });

  it('tells what it comes to, with the time if that of a step is known', () => {
    const rates = { name: 'learningRate', values: [0.1, 0.05] } as const;
    const { maxSteps = 0 } = preset.hyperparameters;
    strictEqual(sweepSummary(preset, [rates]), '2 runs: 0.1 and 0.05');
    strictEqual(sweepSummary(preset, [rates], 60e6 / maxSteps), '2 runs, about 2 min: 0.1 and 0.05');
    strictEqual(sweepSummary(preset, [rates], 6e6 / maxSteps), '2 runs, about 12 s: 0.1 and 0.05');
    const seeds = { name: 'seed', values: [1, 2, 3] } as const;
    strictEqual(
      sweepSummary(preset, [rates, seeds], 3600e6 / maxSteps),
      '6 runs, about 6.0 h: 0.1 and 0.05 × 1, 2 and 3',
    );
  });

  it('says which value cannot be used', () => {
    throws(() => parseValues('nHidden', '32, 0.5'), /hidden width .* but it is "0\.5"\./);
    throws(() => parseValues('nHidden', '32, many'), /but it is "many"\./);
    throws(() => parseValues('nHidden', ' , '), /Type values with commas/);
  });

  it('makes a run of every combination, with what differs as its title', () => {
    const runs = sweepRuns(preset, [
      { name: 'nHidden', values: [32, 64] },
      { name: 'seed', values: [1, 2] },
    ]);
    deepStrictEqual(
      runs.map(({ title }) => title),
      ['32, seed 1', '32, seed 2', '64, seed 1', '64, seed 2'].map(rest => `MLP: n_hidden ${rest}`),
    );
    deepStrictEqual(
      runs.map(({ preset: { hyperparameters } }) => [hyperparameters.nHidden, hyperparameters.seed]),
      [
        [32, 1],
        [32, 2],
        [64, 1],
        [64, 2],
      ],
    );
    for (const run of runs) strictEqual(run.preset.hyperparameters.nEmbd, preset.hyperparameters.nEmbd);
  });

  it('is refused if it would be more than 64 runs', () => {
    const values = Array.from({ length: 13 }, (_, i) => i + 1);
    const axes = [{ name: 'nHidden', values } as const, { name: 'seed', values: values.slice(0, 5) } as const];
    throws(() => sweepRuns(preset, axes), /These are 65 runs, and 64 are the most/);
  });
});
