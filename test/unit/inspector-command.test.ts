import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { parseInspectorCommand } from '../../src/inspector-command';
import { watchNothing } from '../../src/shared/inspection';
import { defaultSampleRequest } from '../../src/shared/sampling';

const request = defaultSampleRequest;
/** It begins as every PNG does. */
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0);

describe('messages of a webview', () => {
  it('are taken as they are where they are commands', () => {
    for (const command of [
      { type: 'pause' },
      { type: 'ready' },
      { type: 'findLearningRate' },
      { type: 'trainAgain' },
      { type: 'overfit' },
      { type: 'focus', focused: true },
      { type: 'picture', panel: 'learning-rate', png },
      { type: 'smooth', smoothing: 0.5 },
      { type: 'watch', watch: { ...watchNothing, tensors: ['W'] } },
      { type: 'watch', watch: { ...watchNothing, layers: true, walk: { text: 'emma', position: 2 } } },
      { type: 'restart', hyperparameters: { nHidden: 64, learningRate: 0.05 } },
      { type: 'markPlaces', characters: ['.', '\u{1f600}'] },
      { type: 'markPlaces', characters: ['.', '.', 'a'] },
      { type: 'unmarkPlaces' },
      { type: 'goToLine', line: 0 },
      { type: 'countTrigrams', first: '\u{1f600}' },
      { type: 'sample', request },
      { type: 'sample', request: { ...request, bigram: ['a', '\u{1f600}'] } },
    ])
      deepStrictEqual(parseInspectorCommand(command), command);
  });

  it('lose whatever else they carry', () => {
    deepStrictEqual(parseInspectorCommand({ type: 'pause', more: 1 }), { type: 'pause' });
    deepStrictEqual(parseInspectorCommand({ type: 'overfit', preset: 'mlp' }), { type: 'overfit' });
    deepStrictEqual(parseInspectorCommand({ type: 'sample', request: { ...request, more: 1 } }), {
      type: 'sample',
      request,
    });
  });

  it('are refused where a value cannot be used', () => {
    for (const message of [
      undefined,
      null,
      'pause',
      [],
      { type: 'start', text: 'emma' },
      { type: 'focus', focused: 1 },
      { type: 'picture', panel: '../loss', png },
      { type: 'picture', panel: 'loss', png: [...png] },
      { type: 'picture', panel: 'loss', png: png.subarray(1) },
      { type: 'smooth', smoothing: -1 },
      { type: 'smooth', smoothing: NaN },
      { type: 'watch', watch: { ...watchNothing, tensors: 'W' } },
      { type: 'watch', watch: { ...watchNothing, tensors: Array.from({ length: 1001 }, () => 'W') } },
      { type: 'watch', watch: { ...watchNothing, layers: 1 } },
      { type: 'watch', watch: { ...watchNothing, walk: { text: 'emma', position: -1 } } },
      { type: 'watch', watch: { ...watchNothing, walk: { text: 'e'.repeat(1001), position: 0 } } },
      { type: 'restart', hyperparameters: { nHidden: 0 } },
      { type: 'restart', hyperparameters: { nHidden: 1.5 } },
      { type: 'restart', hyperparameters: { constructor: 1 } },
      { type: 'markPlaces', characters: ['a'] },
      { type: 'markPlaces', characters: ['ab', 'c'] },
      { type: 'markPlaces', characters: 'ab' },
      { type: 'goToLine', line: -1 },
      { type: 'goToLine', line: 0.5 },
      { type: 'countTrigrams', first: '' },
      { type: 'countTrigrams', first: ['a'] },
      { type: 'sample' },
      { type: 'sample', request: { ...request, count: 1001 } },
      { type: 'sample', request: { ...request, temperature: 0 } },
      { type: 'sample', request: { ...request, sampler: 'toString' } },
      { type: 'sample', request: { ...request, bigram: ['ab', 'c'] } },
    ])
      strictEqual(parseInspectorCommand(message), undefined, JSON.stringify(message));
  });

  it('are refused where a picture is larger than any', () => {
    const large = Buffer.concat([png, Buffer.alloc(64 * 2 ** 20)]);
    strictEqual(parseInspectorCommand({ type: 'picture', panel: 'loss', png: large }), undefined);
  });

  it('never make it throw, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.record({
            type: fc.constantFrom('sample', 'restart', 'watch', 'arrange'),
            request: fc.anything(),
            hyperparameters: fc.anything(),
            watch: fc.anything(),
          }),
        ),
        message => {
          parseInspectorCommand(message);
        },
      ),
      { numRuns: 5000 },
    );
  });
});
