import { deepStrictEqual } from 'node:assert/strict';
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
  contributes: { configuration: { properties: Readonly<Record<string, Setting>> } };
};
const settings = new Map(Object.entries(manifest.contributes.configuration.properties));

describe('the settings', () => {
  it('offer the presets of the ladder in its words, and that used last', () => {
    const { enum: ids, enumDescriptions, enumItemLabels } = settings.get('makemore.preset') ?? {};
    deepStrictEqual(enumItemLabels?.slice(1), ids?.slice(1));
    deepStrictEqual(ids, ['', ...presets.map(({ id }) => id)]);
    deepStrictEqual(
      enumDescriptions?.slice(1),
      presets.map(({ title, detail }) => `${title}: ${detail}`),
    );
  });

  it('offer every engine, the default first', () => {
    deepStrictEqual(settings.get('makemore.engine')?.enum, engineIds);
  });

  it('offer every sampler in its own words', () => {
    const { enum: ids, enumDescriptions } = settings.get('makemore.sampler') ?? {};
    deepStrictEqual(ids, samplerFamilies);
    deepStrictEqual(
      enumDescriptions,
      Object.values(samplers).map(({ label, help }) => `${label}: ${help}`),
    );
  });

  it('begin with what the lectures do', () => {
    const { engine, boundary, split, sampler } = defaultRunOptions;
    const { lossesPerSecond, picturesPerSecond, checkpointSeconds, checkpointPercent } = defaultPace;
    const defaults = Object.fromEntries([...settings].map(([id, setting]) => [id, setting.default]));
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

  it('leave what costs time and room to the machine, not to a folder', () => {
    const limits = [...settings].filter(([, { minimum }]) => minimum !== undefined && minimum > 0);
    deepStrictEqual(limits.length, 5);
    for (const [id, { scope }] of limits) deepStrictEqual(scope, 'machine', id);
  });
});
