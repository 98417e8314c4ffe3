import { ok, rejects, strictEqual } from 'node:assert/strict';
import { isCounting, presetById } from '../../src/shared/presets';
import { createRun, type Run } from '../../src/worker/create-run';
import { finish, lossesOf, smallPreset } from './small';

/** Files of other sizes than names have; docs/memory.md has what the largest ones take. */
describe('an odd file', () => {
  const ideographs = Array.from({ length: 2500 }, (_, i) => String.fromCodePoint(0x4e00 + 2 * i, 0x4e01 + 2 * i));
  const long = Array.from({ length: 60 }, (_, i) => 'anna'.repeat(500).slice(i % 7));
  const create = (id: string, names: readonly string[]): Promise<Run> => {
    const preset = presetById(id);
    return createRun(names.join('\n'), 'names.txt', isCounting(preset) ? preset : smallPreset(preset), 'compiled');
  };

  for (const [what, names, ids] of [
    ['5,000 different characters', ideographs, ['bigram-counts', 'mlp-part2', 'makemore-transformer']],
    ['2,000 characters a name', long, ['bigram-counts', 'mlp-part2', 'makemore-bigram']],
  ] as const)
    for (const id of ids)
      it(`of ${what} trains ${id}`, async () => {
        const { trainer, info } = await create(id, names);
        if (id !== 'bigram-counts') ok(lossesOf(trainer, 2).every(Number.isFinite));
        ok(Number.isFinite(finish(trainer.evaluate('train'))));
        strictEqual(info.names, names.length);
        trainer.dispose();
      });

  it('is refused with its size and what to do where attention over it takes too much memory', async () => {
    await rejects(
      createRun(long.join('\n'), 'names.txt', presetById('makemore-transformer'), 'compiled'),
      /^InputError: Names of 2,000 characters need \d+\.\d GB of memory, and 1\.0 GB is the limit\. Use shorter ones: up to about \d+ characters fit\.$/,
    );
  });
});
