import { match, ok, strictEqual } from 'node:assert/strict';
import { presetById, withHyperparameters } from '../../../../src/shared/presets';
import { findingsOf, type Findings } from '../../../../webview/panels/learning-rate/findings';
import { smoothLosses } from '../../../../webview/panels/learning-rate/range-test';

const normalized = presetById('mlp-part3-batchnorm');

function findings(values: Float32Array, preset = normalized): Findings {
  const losses = { values, length: values.length };
  return findingsOf(losses, smoothLosses(losses), preset, 1);
}

/** Falls to step 700 and rises again, with noise that is the same every time. */
const usual = Float32Array.from({ length: 1000 }, (_, i) => 3 + ((i - 700) / 400) ** 2 + 0.2 * Math.sin(i * i));

describe('what the learning-rate finder says', () => {
  it('is the rate at which the loss is lowest', () => {
    const { sentence, suggestion } = findings(usual);
    match(sentence, /is lowest at 10\^.*: this is the suggestion\.$/);
    ok(suggestion?.rises);
  });

  it('is from which step and rate on the losses are not finite, and still the suggestion if the rate is the cause', () => {
    const { sentence, suggestion } = findings(Float32Array.from([...usual.subarray(0, 900), NaN]));
    match(sentence, /this is the suggestion\. From step 900 on, at a rate of 0\.5, the loss is not a number\.$/);
    ok(suggestion);
  });

  it('is the cause, and no suggestion, if the losses break off for another one', () => {
    const preset = withHyperparameters(normalized, { batchSize: 2 });
    const { sentence, suggestion } = findings(Float32Array.from([...usual.subarray(0, 40), NaN]), preset);
    match(sentence, /^From step 40 on, at a rate of 0\.0013, .* It is not the rate: Batch normalization .* of 32\.$/);
    strictEqual(suggestion, undefined);
  });

  it('is that the loss does not depend on the rate where it is flat, and no suggestion', () => {
    for (const noise of [0, 0.2]) {
      const { sentence, suggestion } = findings(usual.map((_, i) => 3 + noise * Math.sin(i * i)));
      strictEqual(sentence, 'The loss does not depend on the rate.');
      strictEqual(suggestion, undefined);
    }
  });
});
