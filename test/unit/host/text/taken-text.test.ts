import { ok, strictEqual } from 'node:assert/strict';
import { TakenText } from '../../../../src/host/text/taken-text';

describe('the text of a run', () => {
  it('is recognized by its characters, or by its fingerprint if only that is left', () => {
    const taken = TakenText.of('emma\nolivia\n');
    const left = TakenText.left(taken.fingerprint);
    strictEqual(left.text, undefined);
    for (const text of [taken, left]) {
      ok(text.is('emma\nolivia\n'));
      ok(!text.is('emma\nolivia'));
      ok(!text.is(undefined));
    }
  });
});
