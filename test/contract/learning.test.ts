import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { watchNothing } from '../../src/shared/inspection';
import { presetById } from '../../src/shared/presets';
import { idle } from '../../src/shared/run-state';
import { defaultSampleRequest } from '../../src/shared/sampling';
import { createRun } from '../../src/worker/create-run';
import { drawJudged } from '../../src/worker/draw-names';
import { movesOf } from '../../webview/panels/embedding/moved';
import { memorySentence } from '../../webview/panels/samples/memory';
import { lagOf } from '../learning/numbers';
import { finish } from './small';

const text = readFileSync('media/names.txt', 'utf8');

describe('what docs/learning.md says', () => {
  it('running statistics lag after 50 steps, by which the dev loss is too high', async () => {
    const [first] = await lagOf(text, [50]);
    const lag = first!.running - first!.calibrated;
    ok(lag > 0.02 && lag < 0.1, String(lag));
  }).timeout(60_000);

  it('a net that knows 300 names by heart is told, and none that has learned many is taken for one, at any temperature', async () => {
    const judge = async (names: number, steps: number, temperature: number): Promise<string> => {
      const lines = text.split('\n');
      const some = lines.filter((_, i) => i % Math.floor(lines.length / names) === 0).slice(0, names);
      const preset = presetById('mlp-part3-tanh');
      const { trainer, info, ...run } = await createRun(some.join('\n'), 'names.txt', preset, 'compiled');
      for (let step = 0; step < steps; step++) trainer.trainStep();
      const request = { ...defaultSampleRequest, count: 1000, temperature };
      const drawn = finish(drawJudged({ ...run, trainer, info }, request));
      trainer.dispose();
      return memorySentence({ ...idle, preset, info, samples: { ...drawn, request, step: steps } });
    };
    match(await judge(300, 6000, 1), /^The model repeats names/);
    for (const temperature of [0.5, 1]) match(await judge(25_000, 3000, temperature), /^No sign of memory/);
  }).timeout(60_000);

  it('without tanh a gain of 1 keeps the spread, 5/3 lets it grow and 0.5 shrink, and gradients likewise on their way back', async () => {
    for (const [gain, grows] of [
      [0.5, 0.5],
      [1, 1],
      [5 / 3, 5 / 3],
    ] as const) {
      const { hyperparameters, ...preset } = presetById('deep-part3-batchnorm');
      const linear = { ...preset, hyperparameters: { ...hyperparameters, tanh: 0, batchNorm: 0, gain } };
      const { trainer } = await createRun(text, 'names.txt', linear, 'compiled');
      trainer.trainStep(true);
      const layers = trainer.inspect({ ...watchNothing, layers: true }).layers!;
      deepStrictEqual([...new Set(layers.map(({ kind }) => kind))], ['preactivation']);
      strictEqual(layers.length, 5);
      const [first, last] = [layers.at(0)!, layers.at(-1)!];
      const forward = (last.std / first.std) ** (1 / 4);
      const back = (first.gradStd / last.gradStd) ** (1 / 4);
      for (const factor of [forward, back]) ok(Math.abs(factor / grows - 1) < 0.1, `${factor} for a gain of ${gain}`);
      trainer.dispose();
    }
  });

  it('the rows of characters that no name has stay to the last bit where they were drawn, in a resumed run too', async () => {
    const { trainer, info, names } = await createRun(text, 'names.txt', presetById('mlp-five-words'), 'compiled');
    for (let step = 0; step < 10; step++) trainer.trainStep();
    const look = () => trainer.inspect({ ...watchNothing, tensors: ['C', 'C.start'] }).tensors;
    const movesNow = () => movesOf(look().C!, look()['C.start']);
    const moves = movesNow();
    strictEqual(names.length, 5);
    const seen = new Set(['.', ...names.join('')]);
    deepStrictEqual(
      info.characters.filter((_, row) => moves?.[row] !== 0),
      info.characters.filter(character => seen.has(character)),
    );
    const resumed = (await createRun(text, 'names.txt', presetById('mlp-five-words'), 'compiled')).trainer;
    resumed.restore(trainer.save());
    const { tensors } = resumed.inspect({ ...watchNothing, tensors: ['C', 'C.start'] });
    deepStrictEqual(movesOf(tensors.C!, tensors['C.start']), moves);
  });
});
