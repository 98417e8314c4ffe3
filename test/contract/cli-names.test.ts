import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('the names that the command line draws', () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(join(tmpdir(), 'makemore-names-'))));
  after(() => fs.rmSync(folder, { recursive: true }));

  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    fs.writeFileSync(path, text);
    return path;
  };
  function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' });
  }
  const words = (...args: string[]): { text: string; origin: string; cut?: true }[] => {
    const { stdout, stderr } = run('--json', ...args);
    strictEqual(stderr, '');
    const line = stdout.split('\n').find(one => one.startsWith('{"type":"sampled"')) ?? '';
    return (JSON.parse(line) as { words: { text: string; origin: string; cut?: true }[] }).words;
  };
  const counts = ['--preset', 'bigram-counts'];
  const trigrams = ['--preset', 'trigram-counts', '--smoothing', '0'];

  it('are refused where nothing has a probability, with the flag that helps', () => {
    const input = file('few.txt', 'quinn\nalex\nxena\n');
    for (const sampler of ['cdf', 'exponential', 'exponential-mkl']) {
      const { status, stderr } = run('-i', input, ...trigrams, '--prefix', 'qx', '--sampler', sampler);
      strictEqual(
        stderr,
        'Nothing ever follows "qx" in this file, so with smoothing 0 there is no probability: raise the smoothing or take another prefix (--smoothing).\n',
      );
      strictEqual(status, 2);
    }
    match(run('-i', input, ...trigrams, '--prefix', 'u').stderr, /^No name begins with "u" in this file, so with/);
    strictEqual(words('-i', input, ...trigrams, '--smoothing', '0.1', '--prefix', 'qx').length, 10);
  });

  it('are the likeliest at temperature 0, and of all characters with a top-k of -1', () => {
    const input = file('names.txt', 'anna\nanna\nbella\nhanna\n');
    const likeliest = words('-i', input, ...counts, '--top-k', '1');
    deepStrictEqual(words('-i', input, ...counts, '--temperature', '0'), likeliest);
    deepStrictEqual(words('-i', input, ...counts, '--top-k', '-1'), words('-i', input, ...counts));
  });

  it('come from seeds as torch.manual_seed takes them', () => {
    const input = file('names.txt', 'anna\nanna\nbella\nhanna\n');
    const drawn = (seed: string) => words('-i', input, ...counts, '--sample-seed', seed);
    deepStrictEqual(drawn('-1'), drawn('4294967295'));
    deepStrictEqual(drawn('9007199254740993'), drawn('1'));
    const net = ['--preset', 'mlp-part2', '--max-steps', '2', '--n-embd2', '4'];
    deepStrictEqual(
      words('-i', input, ...net, '--seed', '-1'),
      words('-i', input, ...net, '--seed', '18446744073709551615'),
    );
  });

  it('say where they were cut, and a prefix that long is refused', () => {
    const input = file('a.txt', `${'a'.repeat(24)}\n`);
    const endless = ['-i', input, ...counts, '--smoothing', '0', '--num-samples', '1', '--temperature', '0'];
    strictEqual(words(...endless)[0]?.cut, true);
    match(run(...endless).stdout, /\na{1000} {3}\(cut at 1,000 characters\)\n/);
    const { status, stderr } = run(...endless, '--prefix', 'a'.repeat(1100));
    match(stderr, /^--prefix must be a text of fewer than 1,000 characters, but it is "a{100}…"\.\n$/);
    strictEqual(status, 2);
  });

  it('are composed before they are looked for and shown', () => {
    // the accent stands alone in one of the names, since x has no composed form with it
    const input = file('accents.txt', 'e\u0301\nx\u0301\nex\n');
    const drawn = words('-i', input, ...counts, '--num-samples', '1000', '--temperature', '5').map(
      ({ text, origin }) => ({ text, origin }),
    );
    for (const { text, origin } of drawn) strictEqual(text, text.normalize('NFC'), origin);
    const known = drawn.filter(({ text }) => text === '\u00e9');
    strictEqual(known.length > 20 && known.every(({ origin }) => origin === 'train'), true);
    const asItStands = words('-i', input, ...counts, '--num-samples', '1000', '--normalize', 'none');
    strictEqual(
      asItStands.some(({ text }) => text === 'e\u0301'),
      true,
    );
    strictEqual(
      asItStands.some(({ text }) => text === '\u00e9'),
      false,
    );
  });

  it('cannot begin with a character that stands only in lines that were left out, which says where', () => {
    const input = file('dots.txt', 'Mr. Mime\nMr. X\nMr. T\nanna\n');
    strictEqual(
      run('-i', input, ...counts, '--prefix', 'Mr. ').stderr,
      '"M" stands only in 3 lines that were left out (the first is line 1: it holds the boundary "."): choose another boundary character (--boundary).\n',
    );
    strictEqual(words('-i', input, ...counts, '--boundary', '|', '--prefix', 'Mr. ')[0]?.text.startsWith('Mr. '), true);
    match(run('-i', input, ...counts, '--max-length', '2', '--boundary', '|').stderr, /no name that can be trained on/);
  });

  it('are read with the normalization that a run was begun with, when it is resumed too', () => {
    const input = file('hangul.txt', '\u1106\u1175\u11ab\nanna\n');
    const kept = join(folder, 'kept');
    const net = ['--preset', 'mlp-part2', '--max-steps', '3', '--n-embd2', '4'];
    strictEqual(run('-i', input, ...net, '-o', kept, '--normalize', 'none').status, 0);
    for (const task of ['--sample-only', '--resume'])
      strictEqual(words('-o', kept, task, '--prefix', '\u1106')[0]?.text.startsWith('\u1106'), true);
    match(run('-o', kept, '--sample-only', '--prefix', '\ubbfc').stderr, /never seen "\ubbfc"/);
  });
});

describe('a run that is there already', () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(join(tmpdir(), 'makemore-kept-'))));
  after(() => fs.rmSync(folder, { recursive: true }));

  it('goes on with the names that it keeps, and says how a file that is named differs from them', () => {
    const input = join(folder, 'names.txt');
    const kept = join(folder, 'run');
    const run = (...args: string[]): string => {
      const { stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', '-o', kept, ...args], {
        encoding: 'utf8',
      });
      strictEqual(stderr, '');
      return stdout;
    };
    const note = (...args: string[]): string | undefined =>
      /^note: (The run goes on.*)$/m.exec(run('--resume', '-i', input, ...args))?.[1];
    fs.writeFileSync(input, 'anna\nbella\nclara\n');
    run('-i', input, '--preset', 'mlp-part2', '--n-embd2', '4', '--max-steps', '3');
    const goesOn = `The run goes on with the names kept in ${join(kept, 'names.txt')}`;
    strictEqual(note('--max-steps', '4'), undefined);
    fs.writeFileSync(input, 'anna\nbella\nclara\ndora\n');
    strictEqual(note('--max-steps', '5'), `${goesOn}; names.txt has 1 name more: train anew to use it.`);
    fs.writeFileSync(input, 'anna\n');
    strictEqual(note(), `${goesOn}; names.txt has 2 names less: train anew to use it.`);
    fs.writeFileSync(input, 'anna\nbella\nclaire\n');
    strictEqual(note(), `${goesOn}; names.txt has other names: train anew to use it.`);
    fs.rmSync(input);
    match(note() ?? '', /names\.txt: .*names\.txt cannot be read/);
    match(run('--sample-only', '-i', input), /note: The run goes on/);
  });

  it('decays from the step that it was told', () => {
    const input = join(folder, 'names.txt');
    fs.writeFileSync(input, 'anna\nbella\nclara\n');
    const net = [
      '--preset',
      'mlp-part2',
      '--n-embd2',
      '4',
      '--max-steps',
      '4',
      '--decay-from',
      '2',
      '--log-every',
      '1',
    ];
    const { stdout } = spawnSync(process.execPath, ['dist/cli.js', '-i', input, ...net, '--json'], {
      encoding: 'utf8',
    });
    const rates = [...stdout.matchAll(/"learningRate":([\d.]+)/g)].map(([, rate]) => Number(rate));
    deepStrictEqual(rates, [0.1, 0.1, 0.01, 0.01]);
  });
});
