import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import {
  bestRun,
  comparability,
  differingHyperparameters,
  lastLoss,
  learnedNames,
  type ComparedRun,
} from '../../../../src/shared/comparison';
import type { Hyperparameters } from '../../../../src/shared/hyperparameters';
import { presetById, withHyperparameters } from '../../../../src/shared/presets';
import { plainReading } from '../../../../src/shared/reading';
import { defaultRunOptions, defaultSplit } from '../../../../src/shared/run';
import { comparisonColumns, comparisonRows, comparisonSummary } from '../../../../webview/panels/compare/picture';

function run(id: string, preset: string, dev: number | undefined, changes: Hyperparameters = {}): ComparedRun {
  return {
    id,
    title: id,
    file: 'names.txt',
    names: 'hash',
    step: 100,
    losses: Float32Array.of(3, 2.5),
    preset: withHyperparameters(presetById(preset), changes),
    split: defaultSplit,
    evaluations:
      dev === undefined
        ? []
        : [
            { step: 50, train: 2, dev: dev + 1 },
            { step: 100, dev },
          ],
  };
}

const presetWith = (id: string, changes: Hyperparameters) => withHyperparameters(presetById(id), changes);

describe('runs side by side', () => {
  const a = run('a', 'mlp-part2', 2.2);
  const b = run('b', 'mlp-part2', 2.1, { nHidden: 300 });
  const c = run('c', 'mlp-part3-batchnorm', undefined);

  it('do not compare if they read the same file in different ways', () => {
    const plain = { ...a, names: learnedNames('hash', defaultRunOptions) };
    strictEqual(comparability([plain, { ...b, names: learnedNames('hash', { ...defaultRunOptions }) }]), '');
    const table = { kind: 'table', separator: ',', header: true, column: 0 } as const;
    for (const options of [
      { maxLength: 8 },
      { reading: { ...plainReading, lower: true } },
      { reading: { ...plainReading, layout: { ...table, count: 1 } } },
    ]) {
      const names = learnedNames('hash', { ...defaultRunOptions, ...options });
      match(comparability([plain, { ...b, names }]), /learned different names/);
    }
  });

  it('tell what differs, and nothing else', () => {
    deepStrictEqual(differingHyperparameters([a, b]), ['nHidden']);
    deepStrictEqual(differingHyperparameters([a, a]), []);
    deepStrictEqual(comparisonColumns([a, b]), ['dev', 'train', 'hidden width (n_hidden)']);
    const ended = (maxSteps: number) => ({ ...run('d', 'mlp-part2', 2, { maxSteps }), step: maxSteps });
    deepStrictEqual(comparisonColumns([ended(200), ended(2000)]), ['dev', 'train', 'steps (max_steps)']);
    deepStrictEqual(comparisonColumns([ended(200), { ...ended(2000), step: 9 }]).at(-1), 'step');
    deepStrictEqual(
      comparisonRows([a, b]).map(({ cells }) => cells),
      [
        ['2.2000', '2.0000', '200'],
        ['2.1000', '2.0000', '300'],
      ],
    );
    const elsewhere = { ...b, file: 'cities.txt' };
    strictEqual(at(comparisonColumns([a, elsewhere]), 2), 'file');
    strictEqual(at(at(comparisonRows([a, elsewhere]), 1).cells, 2), 'cities.txt');
  });

  it('mark the least dev loss, where there is one', () => {
    strictEqual(bestRun([a, b, c]), b);
    deepStrictEqual(
      comparisonRows([a, b, c]).map(({ isBest }) => isBest),
      [false, true, false],
    );
    match(comparisonSummary([a, b]), /2 runs; the least held-out loss is 2\.1000, of b/);
    strictEqual(bestRun([c]), undefined);
  });

  it('never mark a dev loss that is not a number, or that was there before the run diverged', () => {
    strictEqual(bestRun([run('d', 'mlp-part2', NaN), b, a]), b);
    const kept = { ...b, evaluations: [...b.evaluations, { step: 150, dev: null }] };
    strictEqual(bestRun([kept, a]), a, 'a file tells what is not a number as null');
    strictEqual(bestRun([{ ...b, diverged: true }, a]), a);
    strictEqual(comparisonRows([kept])[0]?.cells.at(0), 'NaN');
    strictEqual(
      lastLoss({ evaluations: [{ step: 1, train: 2, dev: null }] }, 'dev'),
      undefined,
      'there is no such split',
    );
  });

  it('are one measure, whatever the model reads, and say what else differs', () => {
    strictEqual(comparability([a, b, c]), '');
    const test = (loss: number) => [{ step: 100, train: 2, test: loss }];
    const rnn = { ...run('d', 'makemore-rnn', undefined), evaluations: test(1.99) };
    match(comparability([a, rnn]), /^The measure is the same, but other names are held out: .* 0\.01 say nothing\.$/);
    strictEqual(bestRun([a, rnn]), rnn, 'judged by its test names');
    match(
      comparability([rnn, { ...rnn, preset: presetWith('makemore-gru', { seed: 1 }) }]),
      /other names are held out/,
    );
    strictEqual(
      comparability([rnn, { ...rnn, split: { ...defaultSplit, seed: 7 } }]),
      '',
      'it does not use these shares',
    );
    match(comparability([a, { ...b, split: { ...defaultSplit, seed: 7 } }]), /other names are held out/);
    match(
      comparability([a, run('e', 'trigram-counts', undefined)]),
      /learned all of the names: theirs is a train loss\.$/,
    );
    match(
      comparability([a, run('e', 'bigram-net', undefined)]),
      /The curve of a run with regularization includes its penalty/,
    );
  });

  it('of different names are not comparable, and then none is best', () => {
    for (const other of [run('f', 'mlp-five-words', 1.9), { ...b, names: 'other' }]) {
      match(comparability([a, other]), /^The runs learned different names, so their losses are not comparable\.$/);
      strictEqual(bestRun([a, other]), undefined);
    }
  });
});
