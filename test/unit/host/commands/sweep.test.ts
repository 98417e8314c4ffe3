import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { presetById } from '../../../../src/shared/presets';
import { parseValues, sweepRuns } from '../../../../src/host/commands/sweep';

const preset = presetById('mlp-part2');

describe('a sweep', () => {
  it('takes values with commas between them, each once', () => {
    deepStrictEqual(parseValues('nHidden', ' 32,64 , 32,'), [32, 64]);
    deepStrictEqual(parseValues('learningRate', '1e-3, .1'), [0.001, 0.1]);
  });

  it('says which value cannot be used', () => {
    throws(() => parseValues('nHidden', '32, 0.5'), /hidden width .* but it is 0\.5\./);
    throws(() => parseValues('nHidden', '32, many'), /but it is many\./);
    throws(() => parseValues('nHidden', ' , '), /Type values with commas/);
  });

  it('makes a run of every combination, titled by what differs', () => {
    const runs = sweepRuns(preset, [
      { name: 'nHidden', values: [32, 64] },
      { name: 'seed', values: [1, 2] },
    ]);
    deepStrictEqual(
      runs.map(({ title }) => title),
      ['32, seed 1', '32, seed 2', '64, seed 1', '64, seed 2'].map(rest => `MLP: n_embd2 ${rest}`),
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
    strictEqual(runs.at(0)?.preset.hyperparameters.nEmbd, preset.hyperparameters.nEmbd);
  });

  it('has a limit', () => {
    const values = Array.from({ length: 13 }, (_, i) => i + 1);
    const axes = [{ name: 'nHidden', values } as const, { name: 'seed', values: values.slice(0, 5) } as const];
    throws(() => sweepRuns(preset, axes), /These are 65 runs, and 64 are the most/);
  });
});
