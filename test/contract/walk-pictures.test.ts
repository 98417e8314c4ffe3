import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { models } from '../../src/makemore/models/index';
import { at } from '../../src/shared/at';
import { watchNothing, type Walk } from '../../src/shared/inspection';
import { readsSequences } from '../../src/shared/model-parts';
import { isCounting, presets, type ModelId, type Preset } from '../../src/shared/presets';
import type { RunInfo } from '../../src/shared/run';
import { idle, type RunState } from '../../src/shared/run-state';
import { createRun } from '../../src/worker/create-run';
import { characterLosses } from '../../webview/panels/predictions/name-losses';
import { contextAt } from '../../webview/panels/parts/probe';
import { logitsPhrase } from '../../webview/panels/predictions/station-phrases';
import { stationsOf } from '../../webview/panels/predictions/stations';
import { finish, names, smallPreset } from './small';

/** What panels make of a walk, for every model. */
for (const original of presets)
  describe(`a name on its way through ${original.id}`, () => {
    const preset: Preset = isCounting(original) ? { ...original, split: 'whole' } : smallPreset(original);
    let state: RunState;
    /** Of each name, at its second place. */
    let walks: Walk[];
    let trainLoss: number;
    before(async () => {
      const { trainer, info } = await createRun(names.join('\n'), 'names.txt', preset, 'compiled');
      state = { ...idle, preset, info };
      walks = names.map(text => trainer.inspect({ ...watchNothing, walk: { text, position: 2 } }).walk!);
      trainLoss = finish(trainer.evaluate('train'))!;
      trainer.dispose();
    });

    it('the mean loss of its characters is the loss of the split', () => {
      const losses = walks.flatMap(walk => characterLosses(walk, state.info!.characters));
      const mean = losses.reduce((sum, { loss }) => sum + loss, 0) / losses.length;
      ok(Math.abs(mean - trainLoss) < 1e-4 * Math.max(1, trainLoss), `${mean} for ${trainLoss}`);
    });

    it('every station has a sentence, and rows that are labeled with the characters', () => {
      const walk = at(walks, 0); // of emma
      const context = contextAt(state, walk);
      for (const { name, says, shape, rows } of stationsOf(state, walk)) {
        ok(says.length > 0 && !says.includes('undefined'), name);
        const labels = rows.map(({ label }) => label).join('');
        if (shape.length === 2) strictEqual(labels, context.join(''), name);
        for (const { values } of rows) ok(values.length > 0, name);
      }
      if (walk.logits) ok(logitsPhrase(state.info!).length > 0);
      strictEqual(readsSequences(preset), isSequence(preset));
      strictEqual(context.at(-1), 'm');
    });
  });

it('the phrase for what gives the logits follows from the names of the parameters', () => {
  const phrases = presets.flatMap(preset => {
    const model = models[preset.model];
    if (model.kind === 'counting') return [];
    const parameters = model.parameters(preset.hyperparameters, { vocabSize: 27, blockSize: 16 });
    return [[preset.model, logitsPhrase({ parameters, vocabSize: 27 } as unknown as RunInfo)]];
  });
  const { mlp, wavenet, ...others } = Object.fromEntries(phrases) as Partial<Record<ModelId, string>>;
  deepStrictEqual([mlp, wavenet], ['@ W2 + b2', '@ W4 + b4']);
  deepStrictEqual(others, {
    'one-neuron': 'one neuron: the same output for all of them',
    'bigram-net': 'one-hot @ W: the row of W for the last character',
    'trigram-net': 'xenc @ W',
    'deep-mlp': '@ W6, normalized by the running statistics',
    'makemore-bigram': 'the row of the table for the last character',
    'makemore-mlp': 'mlp.2',
    rnn: 'lm_head',
    gru: 'lm_head',
    bow: 'lm_head',
    transformer: 'ln_f, then lm_head',
  });
});

function isSequence({ model }: Preset): boolean {
  const made = models[model];
  return made.kind === 'neural' && made.example === 'sequence';
}
