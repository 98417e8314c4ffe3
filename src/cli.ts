/** The same trainer that the extension's worker runs, in a terminal: see README, "The command line". */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseCommandLine, usage, type CommandLine } from './command-line';
import { checkSampleRequest } from './makemore/generate';
import { InputError, messageOf } from './shared/errors';
import { checkFileSize } from './shared/limits';
import { isCounting } from './shared/presets';
import type { Evaluation } from './shared/run';
import { createReport } from './terminal-report';
import { createRun, type Run } from './worker/create-run';
import { diagnosedStep } from './worker/diagnose';
import { drawNames } from './worker/draw-names';
import { runInSlices, trainSteps, type StepReport } from './worker/loop';
import type { SplitName } from './worker/trainer';

async function main(args: readonly string[]): Promise<void> {
  const commandLine = parseCommandLine(args);
  if (commandLine === 'help') {
    process.stdout.write(usage);
    return;
  }
  await train(commandLine);
}

async function train({
  inputFile,
  notes,
  preset,
  options,
  logEvery,
  evaluate,
  diagnostics,
  printProgram,
  samples,
  json,
}: CommandLine): Promise<void> {
  const run = await createRun(readText(inputFile), basename(inputFile), preset, options.engine, options);
  const { trainer, info, vocabulary } = run;
  if (samples) checkSampleRequest(samples, vocabulary); // now, and not after minutes of training
  const report = createReport(json);
  report.started(preset, { ...info, notes: [...notes, ...info.notes] });

  if (printProgram) report.program(trainer.printProgram());

  let milliseconds = 0;
  const every = logEvery ?? Math.max(1, Math.ceil(trainer.maxSteps / 10));
  const onStep = (step: StepReport): void => {
    milliseconds += step.milliseconds ?? 0;
    if (step.step % every === 0 || step.step === trainer.maxSteps - 1) report.loss(step);
    report.progress(step.step + 1, trainer.maxSteps);
  };
  const looksInside = diagnostics && trainer.maxSteps > 0;
  const timed = looksInside ? trainer.maxSteps - 1 : trainer.maxSteps;
  await runInSlices(trainSteps(trainer, timed, onStep), () => true);
  const last = looksInside ? diagnosedStep(trainer) : undefined;
  if (last) onStep({ ...last, step: timed, milliseconds: undefined });

  if (evaluate || isCounting(preset)) report.evaluated(trainer.step, await evaluateAll(run));
  if (last) report.diagnosed(trainer.step, last.diagnostics);
  if (samples) {
    const drawn = await runInSlices(drawNames(run, samples), () => true);
    report.sampled(drawn?.words ?? []);
  }
  report.stopped({
    step: trainer.step,
    seconds: milliseconds / 1000,
    microsecondsPerStep: timed > 0 ? (1000 * milliseconds) / timed : null,
    engine: info.engine,
  });
}

async function evaluateAll({ trainer }: Run): Promise<Omit<Evaluation, 'step'>> {
  const lossOf = async (split: SplitName, statistics: 'running' | 'calibrated' = 'running'): Promise<number | null> =>
    (await runInSlices(trainer.evaluate(split, statistics), () => true)) ?? null;
  const losses = { train: await lossOf('train'), dev: await lossOf('dev'), test: await lossOf('test') };
  if (trainer.batchNorms === 0) return losses;
  await runInSlices(trainer.calibrate(), () => true);
  return {
    ...losses,
    calibrated: { train: await lossOf('train', 'calibrated'), dev: await lossOf('dev', 'calibrated') },
  };
}

function readText(file: string): string {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw new InputError(`${file} is a folder: name a file with one name per line.`);
    checkFileSize(file, stat.size);
    const bytes = readFileSync(file);
    checkFileSize(file, bytes.length); // a pipe tells no size beforehand
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file} cannot be read (${messageOf(error)}): name a file with one name per line.`);
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // whoever read our output has read enough
  process.stderr.write(`The output cannot be written: ${error.message}\n`);
  process.exit(1);
});
main(process.argv.slice(2)).catch((error: unknown) => {
  const mendable = error instanceof InputError;
  process.stderr.write(`${mendable ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = mendable ? 2 : 1;
});
