import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import { createExamples, createSequences } from '../../../../src/makemore/dataset';
import { createVocabulary } from '../../../../src/shared/vocabulary';
import type { Batch, DataSummary } from '../../../../src/shared/inspection';
import type { RunInfo } from '../../../../src/shared/run';
import {
  batchSentence,
  examplesOfName,
  listedExample,
  listedRow,
  type ListedExample,
} from '../../../../webview/panels/parts/batch-listing';
import {
  lengthRange,
  namesSentence,
  repetitionSentence,
  splitTable,
} from '../../../../webview/panels/batch/file-sentences';

const names = ['emma', 'ava', '𝔸e'];
const vocabulary = createVocabulary(names);
const { itos } = vocabulary;

/** All contexts of the names, as a full batch has them. */
function contexts(blockSize: number): Batch {
  const { length, x, y } = createExamples(names, vocabulary, blockSize);
  return {
    rows: length,
    x: { shape: [length, blockSize], values: Float32Array.from(x) },
    y: { shape: [length, 1], values: Float32Array.from(y) },
  };
}

/** The names as sequences of five: -1 where one is over. */
function sequences(): Batch {
  const { x, lengths } = createSequences(names, vocabulary, 5);
  const y = Float32Array.from(x, (_, i) => {
    const place = i % 5;
    const length = at(lengths, Math.floor(i / 5));
    return place > length ? -1 : place === length ? 0 : at(x, i + 1);
  });
  const shape = [names.length, 5];
  return { rows: names.length, x: { shape, values: Float32Array.from(x) }, y: { shape, values: y } };
}

const text = ({ context, target }: ListedExample): string => `${context.join('')} → ${target.join('')}`;
const all = (batch: Batch): string[] =>
  Array.from({ length: batch.rows }, (_, example) => text(listedExample(batch, itos, example)));

describe('the examples of a batch', () => {
  it('are listed as the lectures do', () => {
    deepStrictEqual(all(contexts(3)).slice(0, 5), ['... → e', '..e → m', '.em → m', 'emm → a', 'mma → .']);
    deepStrictEqual(all(contexts(1)).slice(-3), ['. → 𝔸', '𝔸 → e', 'e → .']);
  });

  it('are whole names where every character is a target', () => {
    deepStrictEqual(all(sequences()), ['.emma → emma.', '.ava → ava.', '.𝔸e → 𝔸e.']);
  });

  it('that a name gives are those of the data set', () => {
    for (const blockSize of [1, 3, 8])
      deepStrictEqual(
        names.flatMap(name => examplesOfName(name, '.', blockSize).map(text)),
        all(contexts(blockSize)),
      );
  });

  it('are told by what a row of a layer looks at', () => {
    const batch = contexts(4);
    const example = all(batch).indexOf('emma → .');
    const row = (place: number, places: number): string => {
      const { before, part, after, target } = listedRow(batch, itos, example * places + place, places);
      return `${before}[${part}]${after} → ${target}`;
    };
    deepStrictEqual(
      [row(0, 1), row(0, 2), row(1, 2), row(3, 4)],
      ['[emma] → .', '[em]ma → .', 'em[ma] → .', 'emm[a] → .'],
    );
    const { part, target } = listedRow(sequences(), itos, 5 + 2, 5);
    deepStrictEqual([part, target], ['.av', 'a']);
  });

  it('are counted, where there are more than are known too', () => {
    strictEqual(batchSentence({ ...contexts(3), rows: 32 }).slice(0, 30), '32 examples, of which the firs');
    match(batchSentence(contexts(3)), /^12 examples: the characters that the model sees → the one that follows\.$/);
    match(batchSentence({ ...contexts(3), rows: 9000 }), /^9,000 examples, of which the first 12 are known here:/);
    match(batchSentence(contexts(3), 40), /^12 examples of 40, each distinct one once: the characters/);
    match(batchSentence(contexts(3), 12), /^12 examples: /);
    match(batchSentence(sequences()), /^3 names: what goes in/);
  });
});

describe('what is in the file', () => {
  const data: DataSummary = {
    first: 'emma',
    lengths: Uint32Array.of(0, 0, 1, 2, 1),
    duplicates: [{ name: 'ava', times: 2 }],
    repetitions: 1,
    splits: { train: 2, dev: 1, test: 1 },
    shared: { dev: 0, test: 1 },
  };

  it('is told in sentences', () => {
    strictEqual(namesSentence(data), '4 names of 2 to 4 characters, 3.0 on average.');
    strictEqual(namesSentence({ ...data, lengths: Uint32Array.of(0, 3) }), '3 names of 1 character, 1.0 on average.');
    deepStrictEqual(lengthRange(data.lengths), { from: 2, to: 4 });
    strictEqual(repetitionSentence(data), '1 name repeats an earlier one; the most frequent:');
    strictEqual(repetitionSentence({ ...data, repetitions: 0 }), 'No name occurs twice.');
  });

  it('is told split by split, those that there are', () => {
    const info = { examples: { train: 1234, dev: 5, test: 6 } } as RunInfo;
    deepStrictEqual(splitTable(data, info).rows, [
      ['train', '2', '1,234', ''],
      ['dev', '1', '5', '0'],
      ['test', '1', '6', '1'],
    ]);
    const whole = { ...data, splits: { train: 4, dev: null, test: null } };
    deepStrictEqual(splitTable(whole, info), {
      columns: ['split', 'names', 'examples'],
      rows: [['train', '4', '1,234']],
    });
  });
});
