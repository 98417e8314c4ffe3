import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { presetById } from '../../../src/shared/presets';
import type { KnownNames } from '../../../src/shared/run';
import type { Origin, SampledWord } from '../../../src/shared/sampling';
import { knownNames } from '../../../src/worker/known-names';

const origins = new Map<string, Origin>([
  ['ann', 'train'],
  ['eve', 'train'],
  ['leo', 'dev'],
  ['sam', 'train'],
  ['tim', 'test'],
]);
/** Sam stands in dev, too. */
const names = ['ann', 'eve', 'leo', 'sam', 'sam', 'tim'];

function known(drawn: readonly string[], preset = 'mlp-part2'): KnownNames | undefined {
  const words = drawn.map((text): SampledWord => ({ text, origin: origins.get(text) ?? 'new' }));
  const work = knownNames({ names, origins, preset: presetById(preset) }, words);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

describe('names that were drawn and are known', () => {
  const many = Array.from({ length: 30 }, () => ['ann', 'leo', 'sam', 'zoe']).flat();

  it('count once each, and only those that the file has once', () => {
    deepStrictEqual(known(many), { train: 1, heldOut: 1 });
    deepStrictEqual(known([...many, 'eve', 'tim']), { train: 2, heldOut: 1 });
    deepStrictEqual(known([...many, 'tim'], 'makemore-gru'), { train: 1, heldOut: 1 }, 'the test names are held out');
  });

  it('are not counted among a few, or where no names are held out', () => {
    strictEqual(known(['ann', 'leo']), undefined);
    strictEqual(known(many, 'bigram-counts'), undefined);
  });
});
