import { match, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import { presetById } from '../../../../src/shared/presets';
import type { Purpose, RunInfo } from '../../../../src/shared/run';
import { idle, type RunState } from '../../../../src/shared/run-state';
import { bigramSentence, likelihoodSentence } from '../../../../webview/panels/bigrams/sentences';
import { viewBigrams, type BigramChoice } from '../../../../webview/panels/bigrams/view';
import { logCounts } from '../../../../webview/panels/bigrams/logits';
import { comparability, lossFact, lossLookFor, meaning, testSentence } from '../../../../webview/panels/loss/sentences';
import { shortened } from '../../../../webview/panels/along/shortened';
import { noisyCounts as counts } from './bigrams/counts';

const state = (id: string, info: Partial<RunInfo> = {}, purpose: Purpose = 'train'): RunState => ({
  ...idle,
  status: 'running',
  preset: presetById(id),
  purpose,
  info: { vocabSize: 27, examples: { train: 100, dev: 10, test: 10 }, ...info } as RunInfo,
});
const choice: BigramChoice = { mode: 'probability', smoothing: 1, normalize: 'rows', addConstants: false };

describe('sentences about the loss', () => {
  it('say that other held-out names are behind them, or none', () => {
    match(
      comparability(state('makemore-gru')),
      /^The same measure as in parts 1 to 5\. .* below about 0\.01 .* serve to choose, as dev names do/,
    );
    match(comparability(state('trigram-net')), /^This is the loss on the names that the model learns from\./);
    strictEqual(comparability(state('mlp-part2')), '');
  });

  it('warn of overfitting only where there are dev names', () => {
    match(lossLookFor(state('mlp-part2')), /overfitting/);
    const examples = { train: 100, dev: null, test: null };
    ok(!lossLookFor(state('makemore-gru', { examples })).includes('Dev'));
  });

  it('tell of the penalty in the curve, and how large it is once the whole train split was evaluated', () => {
    const net = state('bigram-net', { examples: { train: 100, dev: null, test: null } });
    match(lossLookFor(net), /The curve includes the penalty of regularization\.$/);
    const losses = { values: Float32Array.of(3, 2.49), length: 2 };
    const evaluations = [{ step: 2, train: 2.4748 }];
    match(lossLookFor({ ...net, step: 2, losses, evaluations }), /: 2\.4900, of which 2\.4748 is the train loss\.$/);
    ok(!lossLookFor(state('mlp-part2')).includes('penalty'));
  });

  it('say what the test names are for, and the loss on them once it was asked for', () => {
    match(testSentence(idle), /^The test loss is not known yet\. .* once, at the end/);
    const evaluations = [
      { step: 90, test: 2.2 },
      { step: 100, test: 2.165 },
      { step: 100, train: 2, dev: 2.1 },
    ];
    match(testSentence({ evaluations }), /^The test loss is 2\.1650 at step 100\. /);
  });

  it('tell what one batch allows', () => {
    const fitted = state('mlp-part2', { floor: 0.25151 }, 'overfit');
    match(lossLookFor(fitted), /one batch of 32 examples.* The data allow 0\.2515.* several targets/);
    match(lossLookFor(state('mlp-five-words', { floor: 0 }, 'overfit')), /one batch of 100 examples.* allow 0:/);
    const table = state('makemore-bigram', { floor: 1.7, blockSize: 16, maxSteps: 1000 }, 'overfit');
    match(lossLookFor(table), /sees only the last character of each\. .* all 1,000 of them by 0\.5: .* larger rate/);
    const votes = state('trigram-net', { floor: 2.1857, blockSize: 2 }, 'overfit');
    match(lossLookFor(votes), /stays above: its two characters vote .* penalty of regularization\.$/);
    match(lossLookFor(state('bigram-net', { floor: 2.454, blockSize: 1 }, 'overfit')), /last character.* penalty/);
    ok(!lossLookFor(fitted).includes('last character'));
    const losses = { values: Float32Array.of(3, 0.5, 9), length: 2 };
    strictEqual(lossFact({ ...fitted, losses }), '0.5000, at least 0.2515');
    strictEqual(
      lossFact({ ...fitted, purpose: 'train', evaluations: [{ step: 1, dev: 2 }] }),
      'as if choosing among 7.4 characters',
    );
  });

  it('tell what the number means, and why the curve of minibatches zigzags', () => {
    match(
      meaning(state('mlp-part2')),
      /mean of −log p.* nats.* perplexity.* ln 27 stands for 27 .* zigzags .* a tenth/,
    );
    ok(!meaning(state('bigram-net')).includes('zigzag'), 'every step sees all examples');
    strictEqual(meaning(state('mlp-part2', {}, 'overfit')), '');
  });

  it('tell why one neuron is not enough', () => {
    match(lossLookFor(state('bigram-one-neuron', { floor: 2.4 }, 'overfit')), /It can give no other distribution/);
    match(lossLookFor(state('bigram-one-neuron')), /softmax .* differences only.* 1\/27.* ln 27 = 3\.30/);
  });
});

describe('sentences about bigrams', () => {
  it('warn where columns are normalized, and tell both likelihoods', () => {
    const wrong = viewBigrams(counts, { ...choice, normalize: 'columns' });
    match(bigramSentence(state('bigram-counts'), counts, wrong), /keepdim=True.*\(that of “\.” has \d+\.\d\d/);
    match(likelihoodSentence(counts, wrong), /: \d\.\d{4} by columns, \d\.\d{4} by rows$/);
    strictEqual(bigramSentence(state('bigram-counts'), counts, viewBigrams(counts, choice)), '');
  });

  it('tell both likelihoods where a net learns the table', () => {
    const view = viewBigrams(counts, { ...choice, mode: 'logits' }, logCounts(counts, 1));
    const [, learned, counted] = /(\d\.\d{4}) learned, (\d\.\d{4}) counted/.exec(likelihoodSentence(counts, view))!;
    strictEqual(learned, counted);
    match(bigramSentence(state('bigram-net'), counts, view), /rows of W become the logs of the counts/);
  });

  it('say that trigrams are not what is seen', () => {
    for (const id of ['trigram-counts', 'trigram-net'])
      match(bigramSentence(state(id), counts, viewBigrams(counts, choice)), /shows the bigrams/);
  });

  it('go with one picture, or two where a net learns the table', () => {
    const W = logCounts(counts, 1);
    const titles = (mode: BigramChoice['mode'], more: Partial<BigramChoice> = {}, learned?: Float32Array): string =>
      viewBigrams(counts, { ...choice, mode, ...more }, learned)
        .pictures.map(({ title }) => title)
        .join();
    strictEqual(titles('counts', {}, W), 'Counts');
    strictEqual(titles('logCounts', {}, W), 'Log counts');
    strictEqual(titles('probability'), 'Probability');
    strictEqual(titles('probability', {}, W), 'Learned: softmax(W),Counted');
    strictEqual(titles('logits', {}, W), 'W, learned,Log counts: log(N + smoothing)');
    strictEqual(titles('logits'), 'Log counts: log(N + smoothing)');
    const { pictures } = viewBigrams(counts, { ...choice, mode: 'logits', addConstants: true }, W);
    ok(
      at(pictures, 0).shades.every((shade, i) => Math.abs(shade - at(at(pictures, 1).shades, i)) < 1e-5),
      'the same colors',
    );
  });
});

describe('a name in a row of several', () => {
  it('is cut where it is long, between characters, and is there where it has none', () => {
    strictEqual(shortened('maximilianan'), 'maximilianan');
    strictEqual(shortened('maximilianand'), 'maximiliana…');
    strictEqual(shortened('\u{1f600}'.repeat(40)), `${'\u{1f600}'.repeat(11)}…`);
    strictEqual(shortened(''), '–');
  });
});
