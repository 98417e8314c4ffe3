import { ok, strictEqual } from 'node:assert/strict';
import { modelDefinitions } from '../../src/makemore/models';
import { watchNothing, type Walk } from '../../src/shared/inspection';
import { at } from '../../src/shared/at';
import { readsWholeNames } from '../../src/shared/model-parts';
import { isModelId, models, type ModelId } from '../../src/shared/models';
import { isCounting, presetById, presets, type Preset } from '../../src/shared/presets';
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

    it('has stations that say what happened, and rows that are named by their characters', () => {
      const walk = at(walks, 0); // of emma
      const context = contextAt(state, walk);
      for (const { name, says, shape, rows } of stationsOf(state, walk)) {
        ok(says.length > 0 && !says.includes('undefined'), name);
        const labels = rows.map(({ label }) => label).join('');
        if (shape.length === 2) strictEqual(labels, context.join(''), name);
        for (const { values } of rows) ok(values.length > 0, name);
      }
      if (walk.logits) ok(logitsPhrase(preset.model, state.info!).length > 0);
      strictEqual(readsWholeNames(preset), isSequence(preset));
      strictEqual(context.at(-1), 'm');
    });
  });

describe('what leads to the logits', () => {
  const phrases: Partial<Record<ModelId, string>> = {
    'one-neuron': 'one neuron: the same output for all of them',
    'bigram-net': 'one-hot @ W: the row of W for the last character',
    'trigram-net': 'xenc @ W',
    mlp: '@ W2 + b2',
    'deep-mlp': '@ W6, normalized by the running statistics',
    wavenet: '@ W4 + b4',
    'makemore-bigram': 'the row of the table for the last character',
    'makemore-mlp': 'mlp.2',
    rnn: 'lm_head',
    transformer: 'ln_f, then lm_head',
  };
  for (const [id, phrase] of Object.entries(phrases))
    it(`is “${phrase}” in ${id}`, () => {
      ok(isModelId(id));
      const model = modelDefinitions[id];
      ok(model.kind === 'neural');
      const { hyperparameters } = presetById(models[id].preset);
      const parameters = model.parameters(hyperparameters, { vocabSize: 27, blockSize: 16 });
      strictEqual(logitsPhrase(id, { parameters } as unknown as RunInfo), phrase);
    });
});

function isSequence({ model }: Preset): boolean {
  const made = modelDefinitions[model];
  return made.kind === 'neural' && made.example === 'sequence';
}
