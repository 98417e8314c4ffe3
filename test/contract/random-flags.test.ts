import { ok } from 'node:assert/strict';
import fc from 'fast-check';
import { mock } from 'node:test';
import { parseCommandLine } from '../../src/cli/command-line';
import { hyperparameterFlags } from '../../src/cli/flags';
import { InputError } from '../../src/shared/errors';
import { hyperparameters, type HyperparameterName } from '../../src/shared/hyperparameters';
import { presets } from '../../src/shared/presets';
import { createRun } from '../../src/worker/create-run';
import { drawNames } from '../../src/worker/draw-names';
import { brokenStep } from '../../src/worker/finite';
import { trainSteps, type StepReport } from '../../src/worker/loop';
import { finish } from './small';

const runs = Number(process.env.MAKEMORE_RANDOM_RUNS ?? 200);
/** Little, so that whatever is allowed takes little time. */
const limit = '96MB';
const limitBytes = 96 * 2 ** 20;
const pageBytes = 65_536;

/** A value that a flag may have: all magnitudes are equally likely. */
function allowed(name: HyperparameterName): fc.Arbitrary<number> {
  const { min, max, integer } = hyperparameters[name];
  const least = Math.max(min, integer ? 1 : 1e-6);
  const between = fc
    .double({ min: Math.log(least), max: Math.log(max), noNaN: true })
    .map(log => (integer ? Math.round(Math.exp(log)) : Math.exp(log)))
    .map(value => Math.min(max, Math.max(min, value)));
  return fc.oneof({ weight: 9, arbitrary: between }, { weight: 1, arbitrary: fc.constant(min) });
}

const flags = fc.tuple(
  ...hyperparameterFlags
    .filter(([, name]) => name !== 'maxSteps')
    .map(([flag, name]) =>
      fc.option(
        allowed(name).map(value => `--${flag}=${value}`),
        { freq: 1 },
      ),
    ),
);
const lines = fc.array(fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', 'd', 'é') }), {
  minLength: 1,
  maxLength: 30,
});

interface Ended {
  readonly status: 0 | 2 | 3;
  /** Of the engine's memory. */
  readonly bytes: number;
}

/** What the command line does with flags and a file, in this process. Anything but its exit statuses is thrown. */
async function run(args: readonly string[], text: string): Promise<Ended> {
  const grow = mock.method(WebAssembly.Memory.prototype, 'grow');
  // what each memory has grown by, which begins with one page
  const grown = (): number => grow.mock.calls.reduce((pages, call) => pages + call.arguments[0], 1) * pageBytes;
  try {
    const commandLine = parseCommandLine(args);
    ok(commandLine !== 'help' && commandLine.task.kind === 'train');
    const { preset, options } = commandLine.task;
    const { memoryLimit, samples } = commandLine;
    const started = await createRun(text, 'names.txt', preset, options.engine, { ...options, memoryLimit });
    const { trainer } = started;
    let last: StepReport | undefined;
    finish(trainSteps(trainer, trainer.maxSteps, step => (last = step)));
    if (last && brokenStep(trainer, last)) return { status: 3, bytes: grown() };
    finish(trainer.evaluate('train'));
    if (samples) finish(drawNames(started, samples));
    trainer.dispose();
    return { status: 0, bytes: grown() };
  } catch (error) {
    if (error instanceof InputError) return { status: 2, bytes: grown() };
    throw error;
  } finally {
    grow.mock.restore();
  }
}

describe('flags from the ranges that are allowed', () => {
  it(`end with status 0, 2 or 3, within the memory that they may take (${runs} times)`, async function () {
    this.timeout(runs * 1000);
    const told = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...presets), flags, lines, async ({ id }, chosen, names) => {
        const args = ['--preset', id, '--input-file', 'names.txt', '--max-steps', '2', '--num-samples', '2'];
        const given = chosen.filter(flag => flag !== null);
        const { status, bytes } = await run([...args, '--memory-limit', limit, ...given], names.join('\n'));
        told.set(status, (told.get(status) ?? 0) + 1);
        ok(bytes <= limitBytes, `${bytes} bytes`);
      }),
      { numRuns: runs, endOnFailure: true },
    );
    ok(
      [0, 2].every(status => told.has(status)),
      'some run, and some are refused',
    );
  });
});
