import { deepStrictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { presets } from '../../src/shared/presets';
import { engineIds } from '../../src/shared/run';

interface Setting {
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { configuration: { properties: Readonly<Record<string, Setting>> } };
};
const { properties } = manifest.contributes.configuration;

describe('the settings', () => {
  it('offer the presets of the ladder in its words, and that used last', () => {
    const { enum: ids, enumDescriptions } = properties['makemore.preset'];
    deepStrictEqual(ids, ['', ...presets.map(({ id }) => id)]);
    deepStrictEqual(
      enumDescriptions?.slice(1),
      presets.map(({ title, detail }) => `${title}: ${detail}`),
    );
  });

  it('offer every engine, the default first', () => {
    deepStrictEqual(properties['makemore.engine'].enum, engineIds);
  });
});
