import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { defaultSplit } from '../../../src/shared/run';
import { readSetting, settings, type SettingName } from '../../../src/shared/settings';
import { restrictedSettings, settingProperties } from '../../../src/shared/settings-schema';

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
describe('the settings', () => {
  it('are in package.json as their table has them (node scripts/write-settings.mjs writes them there)', () => {
    deepStrictEqual(properties, JSON.parse(JSON.stringify(settingProperties())));
    deepStrictEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, restrictedSettings());
  });

  it('say of every choice what it means', () => {
    const choices = Object.entries(properties).filter(([, { enum: values }]) => values);
    strictEqual(choices.length, 4);
    for (const [id, { enum: values, enumDescriptions, enumItemLabels }] of choices) {
      strictEqual(enumDescriptions?.length, values?.length, id);
      ok(enumItemLabels === undefined || enumItemLabels.length === values?.length, id);
    }
  });

  it('have a default that can stand there', () => {
    for (const name of Object.keys(settings) as SettingName[]) readSetting(name, settings[name].default);
  });

  it('are refused with what stands there in quotes, and with what can stand there', () => {
    const cases = [
      ['split', '80/10/10/5', /The setting makemore\.split is "80\/10\/10\/5": it must be three whole percentages/],
      ['split', '80/10/10/x', /"80\/10\/10\/x"/],
      ['split', '80-10-10', /"80-10-10"/],
      ['split', '80/10/11', /"80\/10\/11"/],
      ['splitSeed', 'abc', /splitSeed is "abc": it must be a whole number from 0 to 4,294,967,295\.$/],
      ['engine', 'gpu', /engine is "gpu": it must be compiled, tfjs-wasm, or tfjs-cpu\.$/],
      ['sampler', 'best', /"best": it must be cdf, exponential, or exponential-mkl\.$/],
      ['preset', 'nope', /preset is "nope": it must be empty, or one of bigram-counts, /],
      ['normalize', 'NFC', /normalize is "NFC": it must be nfc or none\.$/],
      ['boundary', 5, /boundary is "5": it must be one visible character\.$/],
      ['boundary', 'ab', /boundary is "ab"/],
      ['memoryLimit', 'lots', /memoryLimit is "lots": it must be a number from 0\.25 to 64\.$/],
      ['rates.losses', 100, /rates\.losses is "100": it must be a number from 1 to 30\.$/],
      ['rates.pictures', 'often', /"often": it must be a number from 1 to 10\.$/],
      ['checkpoints.seconds', 0, /"0": it must be a number from 1 to 10\.$/],
      ['lowerCase', 'yes', /lowerCase is "yes": it must be true or false\.$/],
      ['maxLength', -1, /maxLength is "-1": it must be a whole number from 0 to 52,428,800\.$/],
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
