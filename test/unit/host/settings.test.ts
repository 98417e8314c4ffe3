import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { presets } from '../../../src/shared/presets';
import { defaultPace, defaultRunOptions, engineIds } from '../../../src/shared/run';
import { samplerFamilies, samplers } from '../../../src/shared/sampling';

interface Setting {
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly default: unknown;
  readonly minimum?: number;
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

  it('have the defaults of the code', () => {
    const { engine, boundary, split, sampler } = defaultRunOptions;
    const { lossesPerSecond, picturesPerSecond, checkpointSeconds, checkpointPercent } = defaultPace;
    const defaults = Object.fromEntries(Object.entries(properties).map(([id, setting]) => [id, setting.default]));
    deepStrictEqual(defaults, {
      'makemore.preset': '',
      'makemore.engine': engine,
      'makemore.boundary': boundary,
      'makemore.sampler': sampler,
      'makemore.split': `${split.train}/${split.dev}/${split.test}`,
      'makemore.splitSeed': split.seed,
      'makemore.checkpoints.seconds': checkpointSeconds,
      'makemore.checkpoints.percent': checkpointPercent,
      'makemore.rates.losses': lossesPerSecond,
      'makemore.rates.pictures': picturesPerSecond,
      'makemore.runs.keep': 50,
    });
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
    strictEqual(limits.length, 5);
    for (const [id, { scope }] of limits) strictEqual(scope, 'machine', id);
  });
});
