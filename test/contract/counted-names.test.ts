import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presetById } from '../../src/shared/presets';
import { plainReading, type Reading } from '../../src/shared/reading';
import { defaultRunOptions } from '../../src/shared/run';
import { createRun, type Run } from '../../src/worker/create-run';
import { finish, lossesOf, smallPreset } from './small';

const layout = { kind: 'table', separator: ',', header: true, column: 0, count: 1 } as const;
const counted: Reading = { ...plainReading, layout };
const table = 'name,count\nemma,3\nava,1\nmia,4\nella,2\n';
/** The same names, each as often as it counts. */
const list = ['emma', 'emma', 'emma', 'ava', 'mia', 'mia', 'mia', 'mia', 'ella', 'ella'].join('\n');

function create(preset: ReturnType<typeof presetById>, text: string, reading: Reading = plainReading): Promise<Run> {
  return createRun(text, 'names.csv', preset, 'compiled', { ...defaultRunOptions, reading });
}

describe('names with counts', () => {
  for (const id of ['bigram-counts', 'trigram-counts', 'bigram-net', 'mlp-part2', 'makemore-transformer'])
    it(`${id} learns what it would from a list that repeats them`, async () => {
      const preset = id.endsWith('counts') ? presetById(id) : smallPreset(presetById(id));
      const [a, b] = await Promise.all([create(preset, table, counted), create(preset, list)]);
      deepStrictEqual(a.counts, b.counts);
      deepStrictEqual(a.info.examples, b.info.examples);
      strictEqual(a.info.names, 4);
      if (!id.endsWith('counts')) deepStrictEqual(lossesOf(a.trainer, 20), lossesOf(b.trainer, 20));
      strictEqual(finish(a.trainer.evaluate('train')), finish(b.trainer.evaluate('train')));
      a.trainer.dispose();
      b.trainer.dispose();
    });

  it('are told with their number, and no split has a name of another', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${'abcdefgh'.charAt(i % 8)}x${'klmno'.charAt(i % 5)},${1 + i}`);
    const text = ['name,count', ...rows].join('\n');
    const { info, data, names } = await create(
      { ...smallPreset(presetById('mlp-part2')), split: 'lecture' },
      text,
      counted,
    );
    ok(info.notes.includes('The 40 different names count 820 times in all.'), info.notes.join(' '));
    ok(!info.notes.some(note => note.includes('repeat an earlier one')));
    strictEqual(names.length, 820);
    deepStrictEqual(data.shared, { dev: 0, test: 0 });
    const { train, dev, test } = data.splits;
    strictEqual(train + (dev ?? 0) + (test ?? 0), 820);
    deepStrictEqual(info.reading, counted);
  });
});

describe('--count', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'makemore-count-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('is kept with the run, which is resumed as it was read', () => {
    const file = join(folder, 'a.csv');
    writeFileSync(file, 'name,sex,count\nEmma,F,5\nMia,F,3\nNoah,M,9\n');
    const cli = (...args: string[]) => spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' });
    const run = join(folder, 'run');
    const flags = ['--count', 'count', '--where', 'sex=F', '--preset', 'mlp-part2', '--num-samples', '0', '-o', run];
    const first = cli('-i', file, ...flags, '--max-steps', '3', '--json');
    strictEqual(first.status, 0, first.stderr);
    const examples = (stdout: string): unknown =>
      (JSON.parse(stdout.slice(0, stdout.indexOf('\n'))) as { train: unknown }).train;
    strictEqual(examples(first.stdout), 5 * 5 + 3 * 4);
    const more = cli('--resume', '-o', run, '--max-steps', '5', '--num-samples', '0', '--json');
    strictEqual(more.status, 0, more.stderr);
    strictEqual(examples(more.stdout), 5 * 5 + 3 * 4);
    const { status, stderr } = cli('-i', file, '--count', 'sex');
    strictEqual(status, 2);
    strictEqual(
      stderr,
      '"F" is no count in line 2 of a.csv: write a whole number without separators, such as 18688, or train without counts.\n',
    );
  });
});
