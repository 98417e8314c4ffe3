import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { presets } from '../../../src/shared/presets';
import { defaultSplit, engineIds } from '../../../src/shared/run';
import { samplerFamilies, samplers } from '../../../src/shared/sampling';
import { nearestSetting, readSetting, settings, type SettingName } from '../../../src/shared/settings';

interface Setting {
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly scope?: string;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  capabilities: { untrustedWorkspaces: { supported: unknown; restrictedConfigurations: readonly string[] } };
  contributes: { configuration: { properties: Readonly<Record<string, Setting>> } };
};
const { properties } = manifest.contributes.configuration;
function setting(id: string): Setting {
  const found = properties[`makemore.${id}`];
  ok(found, `there is a setting ${id}`);
  return found;
}

describe('the settings', () => {
  it('offer every preset with its title and detail, and the one used last', () => {
    const { enum: ids, enumDescriptions, enumItemLabels } = setting('preset');
    deepStrictEqual(enumItemLabels?.slice(1), ids?.slice(1));
    deepStrictEqual(ids, ['', ...presets.map(({ id }) => id)]);
    deepStrictEqual(
      enumDescriptions?.slice(1),
      presets.map(({ title, detail }) => `${title}: ${detail}`),
    );
  });

  it('offer every engine, the default first', () => {
    deepStrictEqual(setting('engine').enum, engineIds);
  });

  it('offer every sampler with its label and help', () => {
    const { enum: ids, enumDescriptions } = setting('sampler');
    deepStrictEqual(ids, samplerFamilies);
    deepStrictEqual(
      enumDescriptions,
      Object.values(samplers).map(({ label, help }) => `${label}: ${help}`),
    );
  });

  it('are those of the table in package.json too: names, choices, ranges and defaults', () => {
    const table = Object.entries(settings).map(([name, row]) => {
      const { default: initial, choices, range }: { default: unknown; choices?: unknown; range?: unknown } = row;
      return [`makemore.${name}`, { initial, choices, range }];
    });
    const declared = Object.entries(properties).map(([id, { default: initial, enum: choices, minimum, maximum }]) => {
      return [id, { initial, choices, range: minimum === undefined ? undefined : [minimum, maximum] }];
    });
    deepStrictEqual(Object.fromEntries(declared), Object.fromEntries(table));
  });

  it('are refused with what stands there in quotes, and with what can stand there', () => {
    const cases = [
      ['split', '80/10/10/5', /The setting makemore\.split is "80\/10\/10\/5": it must be three whole percentages/],
      ['split', '80/10/10/x', /"80\/10\/10\/x"/],
      ['split', '80-10-10', /"80-10-10"/],
      ['split', '80/10/11', /"80\/10\/11"/],
      ['splitSeed', 'abc', /splitSeed is "abc": it must be a whole number from 0 to 4,294,967,295\.$/],
      ['engine', 'gpu', /engine is "gpu": it must be compiled, tfjs-wasm, tfjs-cpu\.$/],
      ['sampler', 'best', /"best": it must be cdf, exponential, exponential-mkl\.$/],
      ['preset', 'nope', /preset is "nope": it must be empty, or one of bigram-counts, /],
      ['boundary', 5, /boundary is "5": it must be one visible character\.$/],
      ['boundary', 'ab', /boundary is "ab"/],
      ['runs.keep', 0.5, /runs\.keep is "0\.5": it must be a whole number from 1 to 1,000\.$/],
    ] as const;
    for (const [name, value, message] of cases) throws(() => readSetting(name, value), message);
  });

  it('are as if not set where null stands', () => {
    for (const name of Object.keys(settings) as SettingName[])
      for (const nothing of [null, undefined])
        deepStrictEqual(readSetting(name, nothing), readSetting(name, settings[name].default), name);
    const { seed, ...shares } = defaultSplit;
    deepStrictEqual([readSetting('split', null), readSetting('splitSeed', null)], [shares, seed]);
    deepStrictEqual(readSetting('split', '70/ 20/10'), { train: 70, dev: 20, test: 10 });
  });

  it('that are limits are taken as near as they can be', () => {
    deepStrictEqual(
      [100, -1, 3, 'often', null].map(value => nearestSetting('rates.losses', value)),
      [30, 1, 3, 10, 10],
    );
  });

  it('cannot be set by a folder that is not trusted', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    strictEqual(supported, 'limited'); // with any other value VS Code ignores the list
    const ofFolders = Object.entries(properties).filter(([, { scope }]) => scope !== 'machine');
    deepStrictEqual(
      restrictedConfigurations,
      ofFolders.map(([id]) => id),
    );
  });

  it('can be set for the machine only if they limit time and space', () => {
    const limits = Object.entries(properties).filter(([, { minimum }]) => minimum !== undefined && minimum > 0);
    strictEqual(limits.length, 6);
    for (const [id, { scope }] of limits) strictEqual(scope, 'machine', id);
  });
});
