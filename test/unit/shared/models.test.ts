import { ok, strictEqual, throws } from 'node:assert/strict';
import { modelDefinitions } from '../../../src/makemore/models';
import { contextLength, isModelId, models, type ModelId } from '../../../src/shared/models';
import { presetById } from '../../../src/shared/presets';

const ids = Object.keys(models).filter(isModelId);

describe('the table of models', () => {
  for (const id of ids) {
    const preset = presetById(models[id].preset);

    it(`lets a preset of its own stand for ${id}`, () => {
      strictEqual(preset.model, id);
    });

    it(`names a matrix that goes into the layers of ${id}, if it has any`, () => {
      const definition = modelDefinitions[id];
      const weights = models[id].layers?.weights;
      if (!weights) return;
      ok(definition.kind === 'neural');
      const parameters = definition.parameters(preset.hyperparameters, { vocabSize: 27, blockSize: 8 });
      ok(parameters.some(({ name }) => name === (weights === 'W' ? 'W1' : weights)));
    });
  }

  it('knows how many characters a model sees', () => {
    const lengthOf = (model: ModelId): number => contextLength(model, { blockSize: 8 }, ['emma', 'ava', 'josé']);
    strictEqual(lengthOf('bigram-net'), 1);
    strictEqual(lengthOf('trigram'), 2);
    strictEqual(lengthOf('wavenet'), 8);
    strictEqual(lengthOf('transformer'), 5);
    throws(() => contextLength('mlp', {}, ['emma']), /hyperparameter blockSize is missing/);
  });
});

describe('a model', () => {
  it('refuses a run that lacks one of its hyperparameters', () => {
    const { mlp } = modelDefinitions;
    const { nHidden: _, ...others } = presetById('mlp-part2').hyperparameters;
    ok(mlp.kind === 'neural');
    throws(() => mlp.parameters(others, { vocabSize: 27, blockSize: 3 }), /hyperparameter nHidden is missing/);
  });
});
