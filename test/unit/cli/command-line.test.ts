import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { parseCommandLine, type CommandLine, type TaskOf } from '../../../src/cli/command-line';
import { flagNames, hyperparameterFlags } from '../../../src/cli/flags';
import { usage } from '../../../src/cli/usage';
import { InputError } from '../../../src/shared/errors';
import { isHyperparameters, type HyperparameterName } from '../../../src/shared/hyperparameters';
import { presetById } from '../../../src/shared/presets';
import { boundaryProblem, engineIds } from '../../../src/shared/run';
import { samplerFamilies, sampleRequestProblem } from '../../../src/shared/sampling';

function parse(line: string): CommandLine {
  const parsed = parseCommandLine(line.split(' '));
  ok(parsed !== 'help');
  return parsed;
}
function parseTraining(line: string): CommandLine & TaskOf<'train'> {
  const { task, ...others } = parse(line);
  ok(task.kind === 'train');
  return { ...others, task, ...task };
}
function refusal(line: string): string {
  try {
    parseCommandLine(line === '' ? [] : line.split(' '));
  } catch (error) {
    ok(error instanceof InputError, String(error));
    ok(!error.message.includes('\n'), 'one line');
    return error.message;
  }
  throw new Error('it was not refused');
}

describe('the command line', () => {
  it('overrides hyperparameters of a preset', () => {
    const { preset, options, json, samples } = parseTraining(
      '-i a.txt --preset mlp-five-words --max-steps 120 -b 16 -l 0.05 --n-embd 3 --n-embd2 50 --block-size 4 --seed 1 --json',
    );
    strictEqual(preset.id, 'mlp-five-words');
    const { maxSteps, batchSize, learningRate, nEmbd, nHidden, blockSize, seed } = preset.hyperparameters;
    deepStrictEqual([maxSteps, batchSize, learningRate, nEmbd, nHidden, blockSize, seed], [120, 16, 0.05, 3, 50, 4, 1]);
    deepStrictEqual([options.engine, options.boundary, json, samples?.count], ['compiled', '.', true, 10]);
  });

  it('reads every flag about sampling, and 0 names as none at all', () => {
    const { samples } = parse(
      '-i a.txt --num-samples 3 --sample-seed 7 --sampler cdf --temperature 0.5 --top-k 4 --prefix ma',
    );
    deepStrictEqual(samples, { count: 3, seed: 7, sampler: 'cdf', temperature: 0.5, topK: 4, prefix: 'ma' });
    strictEqual(parse('-i a.txt --num-samples 0').samples, undefined);
  });

  it('reads negative numbers wherever a number can stand', () => {
    const { samples, preset } = parseTraining('-i a.txt --seed -1 --top-k -1 --sample-seed -9223372036854775808');
    deepStrictEqual([preset.hyperparameters.seed, samples?.topK, samples?.seed], [-1, -1, 0]);
    strictEqual(parse('-i a.txt --prefix -5').samples?.prefix, '-5');
  });

  it('takes a seed as torch.manual_seed does: only the low 32 bits of a large one count', () => {
    const seed = (typed: string): number | undefined => parse(`-i a.txt --sample-seed ${typed}`).samples?.seed;
    strictEqual(seed('9007199254740991'), 9007199254740991);
    strictEqual(seed('9007199254740993'), 1);
    strictEqual(seed('18446744073709551615'), 2 ** 32 - 1);
  });

  it('has a learning rate that decays from a step on', () => {
    strictEqual(parseTraining('-i a.txt --max-steps 500 --decay-from 300').preset.hyperparameters.decayFrom, 300);
  });

  it('tells in the help what every flag can be, and what holds without it', () => {
    const text = usage();
    for (const name of flagNames) ok(text.includes(`--${name}`), name);
    match(text, /--n-embd N .*\(1 to 256\)/);
    match(text, /--engine E .*\(compiled, tfjs-wasm, or tfjs-cpu; default compiled\)/);
    match(text, /--sample-seed S .*only its low 32 bits count/);
    ok(text.split('\n').every(line => line.length <= 110));
  });

  it('leaves out flags that do not concern the preset, with a note for each', () => {
    const { preset, notesFor } = parseTraining('-i a.txt --preset bigram-counts --max-steps 5 --smoothing 2');
    deepStrictEqual(preset.hyperparameters, { smoothing: 2 });
    deepStrictEqual(notesFor(preset), ['--max-steps does not apply to bigram-counts and was ignored.']);
  });

  it('refuses a wrong flag or value in one sentence that says what is wrong', () => {
    match(refusal(''), /no file of names/);
    match(
      refusal('-i a.txt --preset nothing'),
      /--preset must be bigram-counts, .*, or makemore-transformer, but it is "nothing"\.$/,
    );
    match(
      refusal('-i a.txt --max-steps many'),
      /--max-steps must be a whole number from 0 to 1,000,000,000, but it is "many"/,
    );
    match(refusal('-i a.txt --max-steps 1.5'), /--max-steps must be a whole number .*, but it is "1.5"/);
    match(refusal('-i a.txt --max-steps -1'), /--max-steps must be a whole number .* to 1,000,000,000, but it is "-1"/);
    match(refusal('-i a.txt -b -1'), /--batch-size must be a whole number from 0 to 8,192, but it is "-1"/);
    match(refusal('-i a.txt -l -1e5'), /--learning-rate must be a number from 0 to 1,000, but it is "-1e5"/);
    match(refusal('-i a.txt --top-k -2'), /--top-k must be a whole number from -1 to 1,000,000, but it is "-2"/);
    match(refusal('-i a.txt --top-k 1000001'), /from -1 to 1,000,000, but it is "1000001"/);
    match(
      refusal('-i a.txt --sample-seed -.5'),
      /from -2\^63 to 2\^64 - 1, as torch.manual_seed takes it, but it is "-.5"/,
    );
    match(refusal('-i a.txt --seed 18446744073709551616'), /--seed must be .*, but it is "18446744073709551616"/);
    match(refusal('-i a.txt --temperature -0.1'), /--temperature must be a number from 0 to 100, but it is "-0.1"/);
    match(refusal(`-i a.txt --prefix ${'a'.repeat(1000)}`), /--prefix must be a text of fewer than 1,000 characters/);
    match(refusal('-i a.txt --prefix -a'), /is written behind an equals sign, as in --prefix=-a\.$/);
    match(refusal('-i a.txt --sampler best'), /sampler must be/);
    match(refusal('-i a.txt --engine fast'), /--engine must be compiled, tfjs-wasm, or tfjs-cpu, but it is "fast"/);
    match(refusal('-i a.txt --normalize nfd'), /--normalize must be nfc or none, but it is "nfd"/);
    match(refusal('-i a.txt --boundary ab'), /--boundary must be one visible character, but it is "ab"/);
    match(refusal('-i a.txt --wrong'), /--wrong/);
    match(refusal('-i a.txt extra'), /extra/);
    match(refusal('-i a.txt --type mlp --preset bigram-net'), /is no mlp/);
    match(
      refusal('-i a.txt --max-length 52428801'),
      /--max-length must be a whole number from 0 to 52,428,800, but it/,
    );
    match(refusal('-i a.txt --log-every 0'), /--log-every must be a whole number from 1/);
  });

  it('checks every flag, even those that are left out and those about names where none are drawn', () => {
    match(refusal('-i a.txt --num-samples 0 --temperature 101'), /temperature must be/);
    match(refusal('-i a.txt --num-samples 0 --sampler best'), /sampler must be/);
    match(refusal('-o out --resume --batch-size many'), /--batch-size must be a whole number/);
  });

  it('names every flag that the task, the model or the number of names leaves nothing to do', () => {
    const notes = (line: string, preset: string): readonly string[] => parse(line).notesFor(presetById(preset));
    const trains = '--sample-only, which does not train,';
    deepStrictEqual(
      notes('-o out --sample-only --diagnostics --print-program --log-every 5 --max-steps 9 --evaluate', 'mlp-part2'),
      ['max-steps', 'log-every', 'diagnostics', 'print-program'].map(
        name => `--${name} does not apply to ${trains} and was ignored.`,
      ),
    );
    deepStrictEqual(notes('-o out --resume --max-steps 9', 'bigram-counts'), [
      '--max-steps does not apply to bigram-counts and was ignored.',
    ]);
    deepStrictEqual(notes('-o out --resume --max-steps 9 --diagnostics', 'mlp-part2'), []);
    deepStrictEqual(notes('-i a.txt --diagnostics', 'trigram-counts'), [
      '--diagnostics does not apply to trigram-counts, which has no steps, and was ignored.',
    ]);
    deepStrictEqual(notes('-i a.txt --num-samples 0 --top-k 3', 'mlp-part2'), [
      '--top-k does not apply to --num-samples 0 and was ignored.',
    ]);
  });

  it('resumes a run or only samples from it, leaving out flags that only a new run can have', () => {
    strictEqual(parse('-i a.txt -o out').task.workDir, 'out');
    deepStrictEqual(parse('-o out --resume').task, {
      kind: 'resume',
      workDir: 'out',
      inputFile: undefined,
      engine: undefined,
      changes: {},
    });
    deepStrictEqual(parse('-o out --resume --max-steps 9 --engine tfjs-cpu').task, {
      kind: 'resume',
      workDir: 'out',
      inputFile: undefined,
      engine: 'tfjs-cpu',
      changes: { maxSteps: 9 },
    });
    deepStrictEqual(parse('-o out --resume -l 0.01 -b 16').task, {
      kind: 'resume',
      workDir: 'out',
      inputFile: undefined,
      engine: undefined,
      changes: { learningRate: 0.01, batchSize: 16 },
    });
    const { task, notesFor } = parse('-o out --sample-only -i a.txt --seed 3');
    deepStrictEqual(task, { kind: 'sample', workDir: 'out', inputFile: 'a.txt', engine: undefined });
    deepStrictEqual(notesFor(presetById('mlp-part2')), [
      '--seed does not apply to a run that is there already and was ignored.',
    ]);
    match(refusal('--resume'), /--resume needs the run's folder: name it with --work-dir/);
    match(refusal('-o out --resume --sample-only'), /leave out one/);
    match(refusal('-o out --resume --max-steps many'), /--max-steps must be a whole number/);
  });

  it('reads any valid flags in any order', () => {
    const flags = fc.record(
      {
        'max-steps': fc.nat(1e9),
        'batch-size': fc.nat(8192),
        'learning-rate': fc.double({ min: 0, max: 1000, noNaN: true }),
        seed: fc.maxSafeInteger(),
        'decay-from': fc.nat(1e9),
        'block-size': fc.integer({ min: 1, max: 32 }),
        'n-embd': fc.integer({ min: 1, max: 256 }),
        'n-embd2': fc.integer({ min: 1, max: 2048 }),
      },
      { requiredKeys: [] },
    );
    const sampling = fc.record({
      'num-samples': fc.integer({ min: 1, max: 1000 }),
      'sample-seed': fc.maxSafeInteger(),
      temperature: fc.double({ min: 0, max: 100, noNaN: true }),
      'top-k': fc.integer({ min: -1, max: 1_000_000 }),
      sampler: fc.constantFrom(...samplerFamilies),
      prefix: fc.string({ unit: 'grapheme' }),
    });
    const runs = { numRuns: 3000 };
    fc.assert(
      fc.property(flags, sampling, fc.integer(), fc.constantFrom(...engineIds), (h, s, order, engine) => {
        const given = Object.entries({ ...h, ...s, engine, 'input-file': 'a.txt', preset: 'mlp-part2' });
        const turned = [...given.slice(order % given.length), ...given.slice(0, order % given.length)];
        const parsed = parseCommandLine(turned.map(([name, value]) => `--${name}=${value}`));
        ok(parsed !== 'help' && parsed.task.kind === 'train');
        const { task, samples, notesFor } = parsed;
        deepStrictEqual([task.inputFile, task.options.engine, notesFor(task.preset)], ['a.txt', engine, []]);
        const expected: Partial<Record<HyperparameterName, number>> = { ...presetById('mlp-part2').hyperparameters };
        for (const [flag, value] of Object.entries(h)) {
          const [, name] = hyperparameterFlags.find(([known]) => known === flag) ?? [];
          ok(name !== undefined);
          expected[name] = value;
        }
        deepStrictEqual(task.preset.hyperparameters, expected);
        const { 'num-samples': count, 'sample-seed': seed, 'top-k': topK, temperature, sampler, prefix } = s;
        deepStrictEqual(samples, { count, seed, topK, temperature, sampler, prefix });
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} command lines`);
  });

  it('accepts only what can be carried out, and refuses any other arguments in one line', () => {
    const names = flagNames.map(name => `--${name}`);
    const values = fc.oneof(
      fc.constantFrom('mlp-part2', 'bigram-counts', 'transformer', '10', '0', '-1', '0.5', '1e400', 'NaN', '0x10', ''),
      fc.constantFrom('cdf', 'tfjs-cpu', '.', '\u{1f600}', 'a\nb', '__proto__', 'constructor', '1'.repeat(400)),
      fc.string(),
      fc.string({ unit: 'binary' }),
    );
    const pair = fc.tuple(fc.constantFrom(...names, '-i', '-o', '-b', '-l', '-w'), values);
    const joined = pair.map(([name, value]) => [`${name}=${value}`]);
    const args = fc.array(fc.oneof(pair, joined, fc.tuple(fc.constantFrom(...names)), fc.tuple(values)), {
      maxLength: 6,
    });
    const complete = fc.boolean().map(is => (is ? ['-i', 'a.txt'] : []));
    const runs = { numRuns: 10_000 };
    let accepted = 0;
    fc.assert(
      fc.property(complete, args, (first, others) => {
        let parsed: ReturnType<typeof parseCommandLine>;
        try {
          parsed = parseCommandLine([...first, ...others.flat()]);
        } catch (error) {
          ok(error instanceof InputError, String(error));
          ok(!/[\r\n]/.test(error.message), error.message);
          return;
        }
        accepted++;
        if (parsed === 'help') return;
        const { task, samples, logEvery } = parsed;
        strictEqual(samples && sampleRequestProblem(samples), undefined);
        ok(logEvery === undefined || (Number.isSafeInteger(logEvery) && logEvery > 0));
        if (task.kind !== 'train') strictEqual(typeof task.workDir, 'string');
        if (task.kind === 'resume') {
          const { maxSteps } = task.changes;
          ok(maxSteps === undefined || Number.isInteger(maxSteps));
        }
        if (task.kind !== 'train') return;
        strictEqual(boundaryProblem(task.options.boundary), undefined);
        ok(engineIds.includes(task.options.engine));
        ok(isHyperparameters(task.preset.hyperparameters));
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} lists of arguments, ${accepted} of them accepted`);
    ok(accepted > 0 && accepted < runs.numRuns);
  });
});
