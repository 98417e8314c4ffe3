import fc from 'fast-check';
import { match, ok, strictEqual } from 'node:assert/strict';
import { presetById, withHyperparameters } from '../../../../src/shared/presets';
import { findingsOf, type Findings } from '../../../../webview/panels/learning-rate/findings';
import { smoothLosses } from '../../../../webview/panels/learning-rate/range-test';

const normalized = presetById('mlp-part3-batchnorm');

function findings(values: Float32Array, preset = normalized): Findings {
  const losses = { values, length: values.length };
  return findingsOf(losses, smoothLosses(losses), preset, { batchNorms: 1, vocabSize: 27 });
}

/** The same every time, and spread evenly. */
const noiseAt = (i: number): number => ((i * 7919) % 1009) / 1009 - 0.5;

/** Falls to step 700 and rises again, with noise that is the same every time. */
const usual = Float32Array.from({ length: 1000 }, (_, i) => 2.5 + ((i - 700) / 800) ** 2 + noiseAt(i));

describe('what the learning-rate finder says', () => {
  it('is where the loss falls most steeply, up to which rate steeply, and where it is lowest', () => {
    const { sentence, suggestion } = findings(usual);
    ok(suggestion?.rises);
    const { steepest, suggested, lowest } = suggestion;
    ok(steepest.step < suggested.step && suggested.step < lowest.step);
    match(sentence, /^The smoothed loss, a mean of 51 steps without outliers, falls most steeply at 10\^−2\.\d\d = /);
    match(sentence, /, and at least half as steeply up to 10\^−[12]\.\d\d = .*: this is the suggestion\. /);
    match(sentence, /It is lowest at 10\^−0\.\d\d = [\d.]+, where training is about to become unstable\.$/);
    strictEqual(sentence.includes('squashed'), false);
  });

  it('is that a larger rate may be better where the loss still falls at the end', () => {
    const { sentence } = findings(usual.map((_, i) => 4 - i / 1000 + noiseAt(i)));
    match(sentence, /It is lowest at 10\^−0\.\d\d = [\d.]+, and was still falling at the end, so a larger rate may/);
  });

  it('is that the fall is the logits being squashed after a hockey-stick start', () => {
    const { sentence, suggestion } = findings(usual.map(loss => loss + 10));
    match(sentence, /The first loss lies far above ln 27 = 3\.30: most of the fall is only the logits being squashed/);
    ok(suggestion);
  });

  it('is that all rates are too high where the loss only rises', () => {
    const { sentence, suggestion } = findings(usual.map((_, i) => 3 + i / 100));
    strictEqual(sentence, 'The loss only rises: all these rates are too high.');
    strictEqual(suggestion, undefined);
  });

  it('is from which step and rate on the losses are not finite, and still the suggestion if the rate is the cause', () => {
    const { sentence, suggestion } = findings(Float32Array.from([...usual.subarray(0, 900), NaN]));
    match(
      sentence,
      /this is the suggestion\. .* unstable\. From step 900 on, at a rate of 0\.5, the loss is not a number\.$/,
    );
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

  it('is a sentence about any losses, and a suggestion between the steepest and the lowest', () => {
    const loss = fc.oneof(fc.float({ min: 0, max: 100 }), fc.constantFrom(NaN, Infinity, 0, 3));
    fc.assert(
      fc.property(fc.array(loss, { maxLength: 300 }), numbers => {
        const { sentence, suggestion } = findings(Float32Array.from(numbers));
        match(sentence, /\.$/);
        if (!suggestion) return;
        const { steepest, suggested, lowest } = suggestion;
        ok(steepest.step <= suggested.step && suggested.step <= lowest.step);
        ok(suggested.learningRate >= 0.001 && suggested.learningRate <= 1 && Number.isFinite(lowest.loss));
      }),
    );
  });

  it('hardly changes with a spike at the beginning', () => {
    const spiked = usual.map((loss, i) => (i === 3 ? 12 : loss));
    const [{ suggestion: a }, { suggestion: b }] = [findings(usual), findings(spiked)];
    ok(a && b && Math.abs(a.suggested.step - b.suggested.step) < 60, `${a?.suggested.step} ${b?.suggested.step}`);
  });
});
