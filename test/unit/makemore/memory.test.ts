import { deepStrictEqual, doesNotThrow, ok, throws } from 'node:assert/strict';
import { checkMemory, estimateBytes } from '../../../src/makemore/memory';
import { modelDefinitions } from '../../../src/makemore/models';
import { checkFileSize, formatBytes } from '../../../src/shared/limits';
import { presetById } from '../../../src/shared/presets';

const { hyperparameters } = presetById('mlp-part2');

describe('what would need too much memory', () => {
  it('is refused beforehand, naming the size', () => {
    const bigram = {
      model: modelDefinitions.bigram,
      blockSize: 1,
      hyperparameters: {},
      names: 0,
      examples: 0,
      rows: 0,
    };
    throws(() => checkMemory({ ...bigram, vocabSize: 20_000 }), /20,000 characters would need 1\.5 GB .* limit/);
    const trigram = { ...bigram, model: modelDefinitions.trigram, blockSize: 2 };
    throws(() => checkMemory({ ...trigram, vocabSize: 5_000 }), /5,000 characters would need 465\.7 GB/);
    const mlp = { model: modelDefinitions.mlp, blockSize: 3, hyperparameters, vocabSize: 27, names: 0, rows: 1024 };
    throws(() => checkMemory({ ...mlp, examples: 400e6 }), /MLP would need 1\.5 GB/);
  });

  it('does not touch usual files', () => {
    doesNotThrow(() =>
      checkMemory({
        model: modelDefinitions.mlp,
        blockSize: 3,
        hyperparameters,
        vocabSize: 27,
        names: 32_033,
        examples: 228_146,
        rows: 1024,
      }),
    );
    ok(
      estimateBytes({
        model: modelDefinitions.mlp,
        blockSize: 3,
        hyperparameters,
        vocabSize: 27,
        names: 32_033,
        examples: 228_146,
        rows: 1024,
      }) < 10e6,
    );
  });
});

describe('a file that is too large', () => {
  it('is refused from its size', () => {
    doesNotThrow(() => checkFileSize('names.txt', 50 * 2 ** 20));
    throws(() => checkFileSize('names.txt', 50 * 2 ** 20 + 1), /names\.txt has 50\.0 MB, and 50\.0 MB is the most/);
  });

  it('has its size in plain words', () => {
    deepStrictEqual([12, 1536, 2 ** 31].map(formatBytes), ['12 bytes', '1.5 KB', '2.0 GB']);
  });
});
