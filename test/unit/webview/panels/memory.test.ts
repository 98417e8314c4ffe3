import { match, strictEqual } from 'node:assert/strict';
import { presetById } from '../../../../src/shared/presets';
import type { KnownNames, RunInfo, Samples } from '../../../../src/shared/run';
import { idle, type RunState } from '../../../../src/shared/run-state';
import { defaultSampleRequest } from '../../../../src/shared/sampling';
import { memorySentence } from '../../../../webview/panels/samples/memory';

/** The split of the lectures' names. */
const examples = { train: 182_625, dev: 22_655, test: 22_866 };

function drawn(train: number, heldOut: number, preset = 'mlp-part3-tanh', info = examples): RunState {
  const known: KnownNames = { train, heldOut };
  const samples: Samples = { request: defaultSampleRequest, words: [], drawn: 1000, step: 20_000, known };
  return { ...idle, preset: presetById(preset), info: { examples: info } as unknown as RunInfo, samples };
}

describe('memory or skill', () => {
  it('21.4% of 1,000 names in train and 2.6% in dev are no memory, since train is 8 times as large', () => {
    match(
      memorySentence(drawn(214, 26)),
      /^No sign of memory: .* 214 are in train and 26 in dev, and train is 8\.1 times as large\. A lower temperature/,
    );
  });

  it('52% in train are none either where a low temperature draws 6.1% of dev', () => {
    match(memorySentence(drawn(520, 61)), /^No sign of memory/);
  });

  it('the same share of train without any of dev is memory', () => {
    match(
      memorySentence(drawn(214, 3)),
      /^The model repeats names .* 3 in dev, .* Without memory, about 24 would be in dev\.$/,
    );
  });

  it('says nothing of a few names, or where none were held out', () => {
    strictEqual(memorySentence(drawn(9, 0)), '');
    strictEqual(memorySentence(drawn(900, 0, 'trigram-counts')), '');
    const whole = { train: 32, dev: 32, test: 32 };
    strictEqual(memorySentence(drawn(900, 0, 'mlp-part2', whole)), '', 'dev is train');
    strictEqual(memorySentence(idle), '');
  });

  it('takes the test names of makemore.py as the control', () => {
    const sizes = { train: 220_000, dev: 0, test: 7_100 };
    match(memorySentence(drawn(700, 0, 'makemore-gru', sizes)), /about 22 would be in test/);
  });
});
