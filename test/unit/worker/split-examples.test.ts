import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { TorchGenerator } from '../../../src/makemore/random';
import { createVocabulary } from '../../../src/shared/vocabulary';
import { batchSpecs, emptyBatch, SequenceSource } from '../../../src/worker/split-examples';

describe('whole names that repeat', () => {
  const names = ['ab', 'c', 'ab', 'bca'];
  const vocabulary = createVocabulary(names);
  const blockSize = 4;
  const splits = { train: names, dev: null, test: ['c', 'c'], notes: [] };
  const source = new SequenceSource(splits, vocabulary, blockSize);
  const textOf = (x: Int32Array): string => Array.from(x, i => vocabulary.itos[i]).join('');

  it('are evaluated once, and weigh as often as they occur', () => {
    deepStrictEqual(source.counts, { train: 4, dev: null, test: 2 });
    deepStrictEqual([source.rowsOf('train'), source.rowsOf('dev'), source.rowsOf('test')], [3, null, 1]);
    const batch = emptyBatch(batchSpecs(4, blockSize, blockSize));
    batch.weights.fill(9);
    source.fill(batch, 'train', 0);
    strictEqual(textOf(batch.x), '.ab..c...bca....');
    // 12 targets: the characters of all four names, and their ends
    const weights = [2, 2, 2, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0].map(n => Math.fround(n / 12));
    deepStrictEqual([...batch.weights], weights);
    source.fill(batch, 'train', 2);
    deepStrictEqual([...batch.weights].slice(4), Array(12).fill(0));
  });

  it('are drawn as often as they occur, by their place in the split', () => {
    const batch = emptyBatch(batchSpecs(8, blockSize, blockSize));
    source.drawBatch(batch, new TorchGenerator(7));
    const g = new TorchGenerator(7);
    const drawn = Array.from({ length: 8 }, () => names[g.randint(names.length)] ?? '');
    strictEqual(textOf(batch.x), drawn.map(name => `.${name}`.padEnd(blockSize, '.')).join(''));
    const targets = drawn.join('').length + 8;
    deepStrictEqual(new Set(batch.weights), new Set([Math.fround(1 / targets), 0]));
  });
});
