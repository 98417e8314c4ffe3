import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TorchGenerator } from '../../src/makemore/random';
import { RunFolder } from '../../src/store/run-folder';
import { seed } from '../seed';
import { names } from './small';

const random = new TorchGenerator(seed);
const elsewhere = `another-machine 1 ${randomUUID()}`;

describe('the command line with a folder', () => {
  let folder: string;
  let input: string;
  const cli = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/cli.js', ...args, '--json'], { encoding: 'utf8' });
  const preset = ['--preset', 'mlp-part2', '--n-embd2', '16', '--num-samples', '3'];
  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'makemore-folder-'));
    input = join(folder, 'names.txt');
    fs.writeFileSync(input, [...names, ...names, ...names].join('\n'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('keeps the run, resumes it and samples from it, without the file of names', () => {
    const whole = join(folder, 'whole');
    const halves = join(folder, 'halves');
    strictEqual(cli('-i', input, ...preset, '--max-steps', '40', '-o', whole).status, 0);
    strictEqual(cli('-i', input, ...preset, '--max-steps', '25', '-o', halves).status, 0);
    fs.rmSync(input);
    const resumed = cli('-o', halves, '--resume', '--max-steps', '40', '--num-samples', '3');
    strictEqual(resumed.status, 0, resumed.stderr);
    const read = (path: string) => new RunFolder(fs, path).read();
    const expected = read(whole);
    const { checkpoint, record } = read(halves);
    deepStrictEqual(checkpoint.model, expected.checkpoint.model);
    deepStrictEqual(checkpoint.losses, expected.checkpoint.losses);
    deepStrictEqual(record.preset, expected.record.preset);
    strictEqual(checkpoint.status, 'finished');
    const sampledOf = (stdout: string) => stdout.split('\n').filter(line => line.includes('"sampled"'));
    const only = cli('-o', whole, '--sample-only', '--num-samples', '3');
    deepStrictEqual(sampledOf(only.stdout), sampledOf(resumed.stdout));
  });

  it('writes nothing of a run that has made all its steps, says so, and still looks inside', () => {
    const run = join(folder, 'run');
    strictEqual(cli('-i', input, ...preset, '--max-steps', '12', '-o', run).status, 0);
    const filesOf = () => fs.readdirSync(run).map(name => [name, fs.readFileSync(join(run, name), 'base64')]);
    const files = filesOf();
    for (const more of [[], ['--max-steps', '5', '--learning-rate', '0.5'], ['--max-steps', '12']]) {
      const { status, stdout, stderr } = cli('-o', run, '--resume', '--evaluate', '--diagnostics', ...more);
      deepStrictEqual([status, stderr], [0, '']);
      match(stdout, /"notes":\["The run has already made 12 steps: raise --max-steps above 12 to go on\."/);
      deepStrictEqual(stdout.match(/^\{"type":"\w+"/gm), [
        '{"type":"started"',
        '{"type":"evaluated"',
        '{"type":"diagnostics"',
        '{"type":"sampled"',
        '{"type":"stopped"',
      ]);
      match(stdout, /"type":"diagnostics","step":12,"layers":\[\{"name":"h"/);
      deepStrictEqual(filesOf(), files);
    }
  });

  it('refuses a damaged checkpoint with status 2 and one line, and keeps it aside on --resume', () => {
    const run = join(folder, 'run');
    strictEqual(cli('-i', input, ...preset, '--max-steps', '5', '-o', run).status, 0);
    const file = join(run, 'checkpoint.safetensors');
    const bytes = fs.readFileSync(file);
    const place = bytes.length - 5;
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    fs.writeFileSync(file, bytes);
    const files = fs.readdirSync(run);
    const refusal = (flag: string): string => {
      const { status, stderr } = cli('-o', run, flag);
      strictEqual(status, 2);
      match(stderr, /^[^\n]*checkpoint\.safetensors is damaged \(its checksum is wrong\)[^\n]*\n$/);
      return stderr;
    };
    refusal('--sample-only');
    deepStrictEqual(fs.readdirSync(run), files, 'which only reads');
    match(refusal('--resume'), /It was kept aside as checkpoint\.safetensors\.damaged; train again\.\n$/);
    strictEqual(fs.existsSync(file), false);
    deepStrictEqual(fs.readFileSync(`${file}.damaged`), bytes);
  });

  it('replaces a run that is there, with a note, but not if the new one cannot begin', () => {
    const run = join(folder, 'run');
    const notesOf = (...args: string[]): string[] => {
      const { status, stdout, stderr } = cli('-i', input, ...preset, '--max-steps', '5', '-o', run, ...args);
      strictEqual(status, 0, stderr);
      const [started = ''] = stdout.split('\n');
      const { notes } = JSON.parse(started) as { notes: string[] };
      return notes.filter(note => /ignored|replaced/.test(note));
    };
    deepStrictEqual(notesOf(), []);
    const { id } = new RunFolder(fs, run).read().record;
    strictEqual(cli('-i', input, ...preset, '-o', run, '--prefix', 'Q').status, 2);
    strictEqual(new RunFolder(fs, run).read().record.id, id);
    deepStrictEqual(notesOf('--n-head', '3'), [
      '--n-head does not apply to mlp-part2 and was ignored.',
      `The run that was in ${run} was replaced.`,
    ]);
    ok(new RunFolder(fs, run).read().record.id !== id);
  });

  it('goes on with a counting run without the steps that it does not have, with a note', () => {
    const run = join(folder, 'run');
    strictEqual(cli('-i', input, '--preset', 'bigram-counts', '-o', run).status, 0);
    const { status, stdout, stderr } = cli('-o', run, '--resume', '--max-steps', '50');
    strictEqual(status, 0, stderr);
    match(stdout, /"notes":\["--max-steps does not apply to bigram-counts and was ignored\."/);
    deepStrictEqual(Object.keys(new RunFolder(fs, run).read().record.preset.hyperparameters), ['smoothing']);
  });

  /** Trains until it is killed. */
  const longTraining = (run: string): string[] => [
    'dist/cli.js',
    ...['-i', input, ...preset, '--max-steps', '1000000', '-o', run],
  ];

  async function untilKept(run: string): Promise<void> {
    while (!fs.existsSync(join(run, 'checkpoint.safetensors'))) await delay(20);
  }

  it('lets one terminal at a time write the run, and another at once when that one was killed', async () => {
    const run = join(folder, 'run');
    const first = spawn(process.execPath, longTraining(run));
    await untilKept(run);
    for (const args of [['--resume'], ['-i', input, ...preset]]) {
      const { status, stderr } = cli('-o', run, ...args, '--max-steps', '10');
      strictEqual(status, 2);
      match(stderr, /^Another window or terminal is writing [^\n]*: stop the run there, or take another folder\.\n$/);
    }
    const over = new Promise(resolve => first.once('close', resolve));
    first.kill('SIGKILL');
    await over;
    const second = cli('-o', run, '--resume', '--max-steps', '10');
    deepStrictEqual([second.status, second.stderr], [0, '']);
  });

  if (process.platform === 'linux')
    it('resumes at once when the killed process is a zombie, as in a container where nobody reaps it', async () => {
      const run = join(folder, 'run');
      // The shell becomes a `sleep`, which never waits for the child that it inherits.
      const script = '"$@" > /dev/null 2>&1 & echo $!; exec sleep 600';
      const parent = spawn('sh', ['-c', script, 'sh', process.execPath, ...longTraining(run)]);
      const over = new Promise(resolve => parent.once('close', resolve));
      const pid = new Promise<number>(resolve => parent.stdout.once('data', data => resolve(Number(data))));
      try {
        await untilKept(run);
        process.kill(await pid, 'SIGKILL');
        const isZombie = async () => fs.readFileSync(`/proc/${await pid}/stat`, 'utf8').includes(' Z ');
        while (!(await isZombie())) await delay(5);
        const { status, stderr } = cli('-o', run, '--resume', '--max-steps', '10');
        deepStrictEqual([status, stderr], [0, '']);
      } finally {
        parent.kill('SIGKILL');
        await over;
      }
    });

  it('waits on --resume until an owner on another machine counts as gone, and says so once', async () => {
    const run = join(folder, 'run');
    strictEqual(cli('-i', input, ...preset, '--max-steps', '5', '-o', run).status, 0);
    const owner = join(run, 'owner', elsewhere);
    fs.mkdirSync(owner, { recursive: true });
    const child = spawn(process.execPath, ['dist/cli.js', '-o', run, '--resume', '--json']);
    let stderr = '';
    child.stderr.on('data', data => {
      if (stderr === '') fs.utimesSync(owner, 0, 0); // instead of waiting for so long
      stderr += String(data);
    });
    const status = await new Promise(resolve => child.once('close', resolve));
    match(stderr, /^[^\n]*has gone silent: taking over in \d+ s unless it comes back\.\n$/);
    strictEqual(status, 0);
    strictEqual(fs.existsSync(join(run, 'owner')), false);
  });

  it('refuses --resume as soon as an owner on another machine is heard of', async () => {
    const run = join(folder, 'run');
    strictEqual(cli('-i', input, ...preset, '--max-steps', '5', '-o', run).status, 0);
    const owner = join(run, 'owner', elsewhere);
    fs.mkdirSync(owner, { recursive: true });
    const child = spawn(process.execPath, ['dist/cli.js', '-o', run, '--resume', '--json']);
    let stderr = '';
    child.stderr.on('data', data => {
      const now = Date.now() / 1000;
      if (stderr === '') fs.utimesSync(owner, now, now);
      stderr += String(data);
    });
    const status = await new Promise(resolve => child.once('close', resolve));
    match(stderr, /gone silent[^\n]*\nAnother window or terminal is writing [^\n]*\n$/);
    strictEqual(status, 2);
  });

  it('goes on from the last checkpoint after each kill, and ends with the weights of one that never stopped', async function () {
    this.timeout(60_000);
    const run = join(folder, 'killed');
    const stored = () => new RunFolder(fs, run).read().checkpoint;
    let step = 0;
    for (const args of [longTraining(run), ['dist/cli.js', '-o', run, '--resume']]) {
      const child = spawn(process.execPath, args);
      const over = new Promise(resolve => child.once('close', resolve));
      await untilKept(run);
      while (stored().step <= step) await delay(20);
      await delay(random.randint(300));
      child.kill('SIGKILL');
      await over;
      ok(stored().step > step);
      ({ step } = stored());
    }
    const length = ['--max-steps', `${step + 500}`];
    const last = cli('-o', run, '--resume', ...length);
    strictEqual(last.status, 0, last.stderr);
    const whole = join(folder, 'whole');
    cli('-i', input, ...preset, ...length, '-o', whole);
    deepStrictEqual(stored().model, new RunFolder(fs, whole).read().checkpoint.model);
    console.log(`        killed at step ${step}`);
  });
});
