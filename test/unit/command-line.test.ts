import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { parseCommandLine, type CommandLine, type TaskOf } from '../../src/command-line';
import { InputError } from '../../src/shared/errors';

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
  it('takes a preset and overrides its hyperparameters', () => {
    const { preset, options, json, samples } = parseTraining(
      '-i a.txt --preset mlp-five-words --max-steps 120 -b 16 -l 0.05 --n-embd 3 --n-embd2 50 --block-size 4 --seed 1 --json',
    );
    strictEqual(preset.id, 'mlp-five-words');
    const { maxSteps, batchSize, learningRate, nEmbd, nHidden, blockSize, seed } = preset.hyperparameters;
    deepStrictEqual([maxSteps, batchSize, learningRate, nEmbd, nHidden, blockSize, seed], [120, 16, 0.05, 3, 50, 4, 1]);
    deepStrictEqual([options.engine, options.boundary, json, samples?.count], ['compiled', '.', true, 10]);
  });

  it('takes everything about sampling', () => {
    const { samples } = parse(
      '-i a.txt --num-samples 3 --sample-seed 7 --sampler cdf --temperature 0.5 --top-k 4 --prefix ma',
    );
    deepStrictEqual(samples, { count: 3, seed: 7, sampler: 'cdf', temperature: 0.5, topK: 4, prefix: 'ma' });
    strictEqual(parse('-i a.txt --num-samples 0').samples, undefined);
  });

  it('leaves out flags that do not concern the preset, and says so', () => {
    const { preset, notes } = parseTraining('-i a.txt --preset bigram-counts --max-steps 5 --smoothing 2');
    deepStrictEqual(preset.hyperparameters, { smoothing: 2 });
    deepStrictEqual(notes, ['--max-steps does not concern bigram-counts and was left out.']);
  });

  it('tells in one sentence what is wrong', () => {
    match(refusal(''), /no file of names/);
    match(refusal('-i a.txt --preset nothing'), /no preset nothing; there are bigram-counts/);
    match(refusal('-i a.txt --max-steps many'), /--max-steps must be a number/);
    match(refusal('-i a.txt --max-steps 1.5'), /steps .* must be a whole number/);
    match(refusal('-i a.txt --max-steps -1'), /--max-steps/);
    match(refusal('-i a.txt --temperature 0'), /temperature must be/);
    match(refusal('-i a.txt --sampler best'), /sampler must be/);
    match(refusal('-i a.txt --engine fast'), /no --engine fast/);
    match(refusal('-i a.txt --boundary ab'), /boundary character must be one visible/);
    match(refusal('-i a.txt --wrong'), /--wrong/);
    match(refusal('-i a.txt extra'), /extra/);
    match(refusal('-i a.txt --type mlp --preset bigram-net'), /is no mlp/);
    match(refusal('-i a.txt --log-every 0'), /--log-every must be a whole number from 1/);
  });

  it('goes on with a run that is there, or only samples from it', () => {
    strictEqual(parse('-i a.txt -o out').workDir, 'out');
    deepStrictEqual(parse('-o out --resume').task, { kind: 'resume', engine: undefined, maxSteps: undefined });
    deepStrictEqual(parse('-o out --resume --max-steps 9 --engine tfjs-cpu').task, {
      ...{ kind: 'resume', engine: 'tfjs-cpu', maxSteps: 9 },
    });
    const { task, notes } = parse('-o out --sample-only -i a.txt --seed 3');
    deepStrictEqual(task, { kind: 'sample', engine: undefined });
    deepStrictEqual(notes, [
      '--input-file does not concern a run that is there already and was left out.',
      '--seed does not concern a run that is there already and was left out.',
    ]);
    match(refusal('--resume'), /--resume needs the run's folder: name it with --work-dir/);
    match(refusal('-o out --resume --sample-only'), /leave out one/);
    match(refusal('-o out --resume --max-steps many'), /--max-steps must be a number/);
  });

  it('parses or refuses any arguments', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '-i',
        '--preset',
        'mlp-part2',
        '--max-steps',
        '10',
        '--json',
        '--type',
        '-l',
        '--seed',
        '--top-k',
        '--resume',
        '--sample-only',
        '-o',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), args => {
        try {
          parseCommandLine(args);
        } catch (error) {
          ok(error instanceof InputError, String(error));
        }
      }),
      { numRuns: 3000 },
    );
  });
});
