import { fail } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { at } from '../../src/shared/at';

/** As test/memory/measure.mjs does for every preset: see docs/memory.md. */
function measure(file: string, flags: readonly string[]): { estimated: number; measured: number } {
  const program = ['--import', resolve('test/memory/peak.mjs'), resolve('dist/cli.js')];
  const what = ['--input-file', file, '--max-steps', '20', '--evaluate', '--diagnostics', '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, [...program, ...what, ...flags], { encoding: 'utf8' });
  const { memory } = JSON.parse(at(stdout.split('\n'), 0)) as { memory: number };
  return { estimated: memory, measured: Number(/^peak (\d+)$/m.exec(stderr)?.[1]) * 1024 };
}

describe('the memory that a run takes', () => {
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'makemore-memory-'));
    file = join(folder, 'names.txt');
    const letters = ['a', 'e', 'i', 'l', 'm', 'n', 'o', 'r', 's', 't'];
    const names = letters.flatMap(a => letters.flatMap(b => letters.map(c => `${a}${b}${c}anna`)));
    writeFileSync(file, names.join('\n'));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const flags of ['bigram-counts', 'mlp-part2', 'mlp-part2 --batch-size 2048', 'makemore-mlp --batch-size 1024'])
    it(`is what was estimated, within 20 percent: ${flags}`, () => {
      // how much garbage Node leaves for how long is chance, and more on a busy machine
      const told: string[] = [];
      for (let tries = 0; tries < 3; tries++) {
        const { estimated, measured } = measure(file, ['--preset', ...flags.split(' ')]);
        told.push(`${(estimated / 1e6).toFixed(0)} MB estimated, ${(measured / 1e6).toFixed(0)} MB measured`);
        console.log(`      ${told.at(-1)}`);
        if (Math.abs(estimated / measured - 1) < 0.2) return;
      }
      fail(told.join('; '));
    });
});
