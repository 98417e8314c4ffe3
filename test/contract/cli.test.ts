import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineIds } from '../../src/shared/run';

interface Line {
  readonly type: string;
  readonly [field: string]: unknown;
}

describe('the command line as a process', () => {
  let folder: string;
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  before(() => (folder = mkdtempSync(join(tmpdir(), 'makemore-cli-'))));
  after(() => rmSync(folder, { recursive: true }));

  function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' });
  }
  function lines(...args: string[]): Line[] {
    const { status, stdout, stderr } = run(...args, '--json');
    strictEqual(stderr, '');
    strictEqual(status, 0);
    return stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Line);
  }
  const names = 'emma\nolivia\nava\nisabella\nsophia\nmia\namelia\nella\nzoe\nanna\nhannah\nlea\n';

  it('prints JSON lines in the order that is documented, and nothing else', () => {
    const input = file('names.txt', names);
    const all = lines('-i', input, '--preset', 'mlp-part2', '--max-steps', '5', '--log-every', '2', '--evaluate');
    deepStrictEqual(
      all.map(({ type }) => type),
      ['started', 'loss', 'loss', 'loss', 'evaluated', 'sampled', 'stopped'],
    );
    const { preset, model, vocabSize, blockSize, names: count } = lineOf(all, 'started');
    deepStrictEqual([preset, model, vocabSize, blockSize, count], ['mlp-part2', 'mlp', 14, 3, 12]);
    const losses = all.filter(({ type }) => type === 'loss');
    deepStrictEqual(
      losses.map(({ step, learningRate }) => [step, learningRate]),
      [
        [0, 0.1],
        [2, 0.1],
        [4, 0.1],
      ],
    );
    const { train, dev, test } = lineOf(all, 'evaluated');
    for (const loss of [train, dev, test]) ok(typeof loss === 'number' && loss > 0);
    const { words } = lineOf(all, 'sampled');
    ok(Array.isArray(words) && words.length === 10);
    const { step, engine, microsecondsPerStep } = lineOf(all, 'stopped');
    deepStrictEqual([step, engine], [5, 'compiled']);
    ok(typeof microsecondsPerStep === 'number' && microsecondsPerStep > 0);
  });

  it('always prints the losses of a counting model, with null for the splits that a preset lacks', () => {
    const input = file('names.txt', names);
    const all = lines('-i', input, '--preset', 'bigram-counts', '--num-samples', '0');
    deepStrictEqual(
      all.map(({ type }) => type),
      ['started', 'evaluated', 'stopped'],
    );
    strictEqual(lineOf(all, 'started').dev, null);
    const { train, dev, test } = lineOf(all, 'evaluated');
    ok(typeof train === 'number');
    deepStrictEqual([dev, test, lineOf(all, 'stopped').microsecondsPerStep], [null, null, null]);
  });

  it('trains a type with the hyperparameters of its preset', () => {
    const all = lines('-i', file('names.txt', names), '--type', 'bigram-net', '--max-steps', '1');
    const { preset, model } = lineOf(all, 'started');
    deepStrictEqual([preset, model], ['bigram-net', 'bigram-net']);
  });

  it('prints nothing of its own on stderr, whatever the engine', () => {
    for (const engine of engineIds) {
      const all = lines('-i', file('names.txt', names), '--max-steps', '1', '--engine', engine);
      strictEqual(lineOf(all, 'stopped').engine, engine);
    }
  });

  it('prints sentences without --json, and its usage with --help', () => {
    const { status, stdout } = run('-i', file('names.txt', names), '--max-steps', '3');
    strictEqual(status, 0);
    match(stdout, /MLP \(mlp-part2\), [\d,]+ parameters/);
    match(stdout, /3 steps in/);
    match(run('--help').stdout, /^Usage: /);
  });

  it('ends with status 2 and one line on stderr that says what is wrong', () => {
    const input = file('names.txt', names);
    const others = join(folder, 'others');
    mkdirSync(others);
    file('others/names.txt', 'precious');
    const refusals: [string[], RegExp][] = [
      [[], /no file of names/],
      [['-i', join(folder, 'missing.txt')], /missing\.txt cannot be read/],
      [['-i', folder], /is a folder/],
      [['-i', file('empty.txt', '')], /empty\.txt has no names/],
      [['-i', file('binary.txt', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1))], /Line 1 of binary\.txt holds a NUL/],
      [['-i', input, '--preset', 'none'], /--preset must be bigram-counts, .*, but it is "none"/],
      [['--resume'], /needs the run's folder/],
      [
        ['--resume', '-o', join(folder, 'nothing')],
        /no folder \S*nothing: name the one that keeps the run with --work-dir/,
      ],
      [['--sample-only', '-o', join(folder, 'nothing')], /no folder \S*nothing: name/],
      [['--resume', '-o', folder], /run\.json cannot be read/],
      [['-i', input, '--boundary', 'a\nb'], /must be one visible character, but it is "a b"/],
      [['-i', input, '-o', input], /names\.txt cannot be written \(EEXIST/],
      [['-i', input, '-o', join(input, 'run')], /run cannot be written \(ENOTDIR.*check that it is writable/],
      [
        ['-i', input, '-o', others],
        /others.names\.txt does not belong to a run and would be overwritten: take another folder/,
      ],
      [['-i', input, '--max-steps', '1', '--prefix', 'Q'], /never seen "Q"/],
      ...[1, 7].map((size): [string[], RegExp] => [
        ['-i', input, '--preset', 'wavenet-part5', '--block-size', `${size}`],
        new RegExp(`^A context of ${size} cannot be joined 2 at a time: the context length has to be a power`),
      ]),
      [
        ['-i', file('many.txt', manyCharacters()), '--preset', 'bigram-counts'],
        /needs [\d.]+ GB of memory, and 1\.0 GB is the limit/,
      ],
    ];
    for (const [args, sentence] of refusals) {
      const { status, stderr } = run(...args, '--json');
      strictEqual(status, 2, args.join(' '));
      match(stderr, sentence);
      strictEqual(stderr.trimEnd().split('\n').length, 1);
    }
    strictEqual(existsSync(join(folder, 'nothing')), false, 'no folder is made');
    strictEqual(readFileSync(join(others, 'names.txt'), 'utf8'), 'precious');
  });
});

/** The first line of a type. */
function lineOf(all: readonly Line[], type: string): Line {
  const line = all.find(one => one.type === type);
  ok(line, `there is no line ${type}`);
  return line;
}

function manyCharacters(): string {
  return Array.from({ length: 20_000 }, (_, i) => String.fromCodePoint(0x20000 + i)).join('\n');
}
