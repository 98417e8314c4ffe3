import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunFolder } from '../../src/store/run-folder';
import { names } from './small';

describe('the command line on a disk', () => {
  let folder: string;
  let run: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'makemore-disk-'));
    run = join(folder, 'run');
    fs.writeFileSync(join(folder, 'names.txt'), names.join('\n'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  function train(workDir: string, ...nodeFlags: string[]) {
    const flags = ['--preset', 'mlp-part2', '--n-embd2', '16', '--max-steps', '20', '--num-samples', '1'];
    const args = [...nodeFlags, 'dist/cli.js', '-i', join(folder, 'names.txt'), ...flags, '-o', workDir];
    return spawnSync(process.execPath, args, { encoding: 'utf8' });
  }

  /** Node flags with which every checkpoint but the first is refused for so long. */
  function refusing(code: string, milliseconds: number): string[] {
    const file = join(folder, 'refuse.cjs');
    const program = `
      const fs = require('node:fs');
      const { renameSync } = fs;
      let checkpoints = 0;
      let end;
      fs.renameSync = (from, to) => {
        const counts = to.endsWith('.safetensors') && from.endsWith('.unfinished');
        if (counts && checkpoints > 0) {
          end ??= performance.now() + ${milliseconds};
          if (performance.now() < end)
            throw Object.assign(new Error("${code}: refused, rename '" + from + "'"), { code: '${code}', syscall: 'rename' });
        }
        renameSync(from, to);
        if (counts) checkpoints++;
      };`;
    fs.writeFileSync(file, program);
    return ['--require', file];
  }

  it('refuses a folder in which foreign files stand where a run would write, and leaves them alone', () => {
    fs.mkdirSync(join(run, 'owner', 'sub'), { recursive: true });
    fs.writeFileSync(join(run, 'owner', 'Owner.java'), 'class Owner {}');
    fs.utimesSync(join(run, 'owner', 'Owner.java'), 0, 0);
    const before = fs.readdirSync(run, { recursive: true });
    const owner = train(run);
    strictEqual(owner.status, 2);
    match(owner.stderr, /^[^\n]*does not belong to a run and was left alone: take another folder\.\n$/);
    deepStrictEqual(fs.readdirSync(run, { recursive: true }), before);
    const own = train(folder);
    strictEqual(own.status, 2);
    match(own.stderr, /^[^\n]*names\.txt does not belong to a run and would be overwritten: take another folder\.\n$/);
    deepStrictEqual(fs.readdirSync(folder).sort(), ['names.txt', 'run']);
  });

  if (process.platform !== 'win32')
    it('refuses a file of names that has no end', () => {
      const args = ['dist/cli.js', '-i', '/dev/zero', '--preset', 'mlp-part2'];
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      strictEqual(stderr, '/dev/zero has more than 50.0 MB, the most that can be trained on: use a part of it.\n');
      strictEqual(status, 2);
    });

  it('waits for another program to let go of the last checkpoint, and says so', () => {
    const { status, stderr } = train(run, ...refusing('EBUSY', 1_500));
    match(stderr, /^[^\n]*run cannot be written yet \(EBUSY: refused\): trying for 60 s\.\n$/);
    strictEqual(status, 0);
    strictEqual(new RunFolder(fs, run).read().checkpoint.status, 'finished');
  });

  it('ends with status 1 when its last checkpoint could not be written, and says what is kept', () => {
    const { status, stderr, stdout } = train(run, ...refusing('ENOSPC', 1e9));
    match(
      stderr,
      /The last checkpoint could not be written \(ENOSPC: refused\): the run is kept as it was at step 0 of 20\.\n$/,
    );
    strictEqual(status, 1);
    match(stdout, /\S/);
    strictEqual(new RunFolder(fs, run).read().checkpoint.step, 0);
  });
});
