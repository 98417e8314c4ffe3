import { ok, strictEqual } from 'node:assert/strict';
import { runName } from '../../../../src/host/text/file-name';
import { presets, presetById } from '../../../../src/shared/presets';

describe('the name of what a run leaves', () => {
  const nameOf = (name: string): string => runName({ name, uri: '' }, presetById('mlp-part2'));

  it('is that of its file and its preset, without what a disk may refuse', () => {
    strictEqual(nameOf('my names: 2018.txt'), 'my-names-2018-mlp-part2');
  });

  it('fits on every disk, however long that of the file, and cuts no character in two', () => {
    for (const character of ['a', 'é', '名', '\u{20000}']) {
      const long = character.repeat(251 / Buffer.byteLength(character));
      for (const preset of presets) {
        const name = runName({ name: `${long}.txt`, uri: '' }, preset);
        ok(Buffer.byteLength(`${name}-smoothing-curve.png`) <= 200, name);
        ok(name.isWellFormed() && name.startsWith(character.repeat(30)));
      }
    }
  });
});
