import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { divergenceOf, divergenceSentence, farAboveUniform, remedyText } from '../../../src/shared/divergence';
import { presetById, withHyperparameters } from '../../../src/shared/presets';

const normalized = presetById('mlp-part3-batchnorm');

describe('why a run diverged', () => {
  it('is the missing deviation where batch normalization sees batches of one or two examples', () => {
    for (const batchSize of [1, 2]) {
      const preset = withHyperparameters(normalized, { batchSize });
      const { reason, remedy } = divergenceOf(preset, { step: 16, loss: NaN, learningRate: 0.1 }, 1);
      match(reason, /^Batch normalization divides by the deviation .*: train with a batch size of 32\.$/);
      deepStrictEqual(remedy, { batchSize: 32 });
    }
  });

  it('is the learning rate otherwise, with a tenth of it as the remedy', () => {
    const broken = { step: 40, loss: Infinity, learningRate: 30 };
    const { reason, remedy } = divergenceOf(presetById('mlp-part2'), broken, 0);
    match(reason, /^The learning rate of 30 is too high, .*: train with 3\.$/);
    deepStrictEqual(remedy, { learningRate: 3 });
    strictEqual(remedyText({ remedy }), 'learning rate 3');
    match(divergenceOf(normalized, broken, 1).reason, /^The learning rate of 30/);
  });

  it('is how the weights were drawn where no step was made and a scale was raised', () => {
    const own = presetById('mlp-part3-batchnorm').hyperparameters;
    const preset = withHyperparameters(normalized, { w2Scale: 100 });
    const { reason, remedy } = divergenceOf(preset, { step: 0, loss: NaN, learningRate: 0.1 }, 1);
    match(reason, /^The first weights are too large with a scale of W2 of 100: train with /);
    deepStrictEqual(remedy, { w2Scale: own.w2Scale });
  });

  it('stands behind where it happened', () => {
    const broken = { step: 1016, loss: NaN, learningRate: 30 };
    match(
      divergenceSentence(divergenceOf(presetById('mlp-part2'), broken, 0)),
      /^The run ended at step 1,016, where the loss is not a number \(NaN\)\. The learning rate of 30 /,
    );
  });
});

describe('a finite loss far above a uniform guess', () => {
  it('is told with its factor and the remedy', () => {
    strictEqual(
      farAboveUniform(3.4, 98.9, 27),
      "The loss is 30 times a uniform guess's (3.30): lower the learning rate.",
    );
  });

  it('is not told of a loss near the guess, nor of one that is coming down from worse', () => {
    strictEqual(farAboveUniform(3.4, 3.5, 27), undefined);
    strictEqual(farAboveUniform(27, 12, 27), undefined);
  });
});
