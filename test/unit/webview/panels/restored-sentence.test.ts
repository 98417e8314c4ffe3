import { match, strictEqual } from 'node:assert/strict';
import { idle, type RunState } from '../../../../src/shared/run-state';
import { restoredSentence } from '../../../../webview/panels/controls/restored-sentence';

const state: RunState = {
  ...idle,
  status: 'interrupted',
  step: 12_345,
  restored: true,
  source: { name: 'names.txt', uri: 'file:///names.txt' },
};

describe('the sentence about a run before a reload', () => {
  it('says whether it was stopped by the reload or had ended', () => {
    strictEqual(restoredSentence(state), 'Stopped by the reload at step 12,345: these are its last pictures.');
    match(
      restoredSentence({ ...state, status: 'finished' }),
      /^Finished at step 12,345, before .* model itself is gone\.$/,
    );
    match(
      restoredSentence({ ...state, status: 'finished', id: 'a', keptStep: 12_345 }),
      / model itself is on the disk\.$/,
    );
    match(restoredSentence({ ...state, status: 'stopped' }), /^Stopped at step 12,345, before the reload: /);
    match(restoredSentence({ ...state, status: 'finished', step: 0 }), /^Finished, before the reload: /);
  });

  it('tells from where Resume goes on, where its last checkpoint is of another step than the pictures', () => {
    const kept = (keptStep: number): string => restoredSentence({ ...state, id: 'a', keptStep });
    strictEqual(
      kept(12_000),
      'Stopped by the reload at step 12,345: these are its last pictures. Resume goes on from its checkpoint at step 12,000.',
    );
    strictEqual(kept(13_000), 'Stopped by the reload at step 13,000: these are its last pictures, of step 12,345.');
    strictEqual(kept(12_345), 'Stopped by the reload at step 12,345: these are its last pictures.');
  });

  it('says that the file has changed', () => {
    match(
      restoredSentence({ ...state, sourceChanged: true }),
      / names\.txt has changed since; Train Again uses it as it is now\.$/,
    );
    match(restoredSentence({ ...state, sourceChanged: true, sourceGone: true }), / names\.txt is gone since\.$/);
  });
});
