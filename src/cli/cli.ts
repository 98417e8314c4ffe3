/** The same trainer that the extension's worker runs, in a terminal: see docs/command-line.md. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseCommandLine, type CommandLine, type TaskOf } from './command-line';
import { keptNamesNote } from './kept-names';
import { usage } from './usage';
import { checkSampleRequest } from '../makemore/generate';
import { divergenceOf, farAboveUniform, type BrokenStep } from '../shared/divergence';
import { InputError } from '../shared/errors';
import { hyperparameterNames, hyperparameters, type Hyperparameters } from '../shared/hyperparameters';
import { isCounting } from '../shared/presets';
import { factsOf, type Evaluation } from '../shared/run';
import type { Checkpoint } from '../store/checkpoint';
import { longWait, untilFree } from '../store/patience';
import { reasonOf } from '../store/reason';
import { RunFolder } from '../store/run-folder';
import { warn } from './print';
import { readInput } from './read-input';
import { refusalText } from './refusal-text';
import { createReport, type Report } from './terminal-report';
import { createRun, type Run } from '../worker/create-run';
import { diagnose } from '../worker/diagnose';
import { drawNames } from '../worker/draw-names';
import { brokenStep } from '../worker/finite';
import { Keeper } from '../worker/keeper';
import { runInSlices, trainSteps, type StepReport } from '../worker/loop';
import { ownFolder, ownSilentFolder, restoreOwned, restoreRun, type OwnedFolder } from '../worker/stored-run';
import type { SplitName } from '../worker/trainer';

async function main(args: readonly string[]): Promise<void> {
  const commandLine = parseCommandLine(args);
  if (commandLine === 'help') {
    process.stdout.write(usage());
    return;
  }
  const { task } = commandLine;
  createReport(commandLine.json).preparing();
  if (task.kind === 'train') await begin(task, commandLine);
  else if (task.kind === 'resume') await resume(task, commandLine);
  else await sampleOnly(task, commandLine);
}

/** A run, and what keeps it on the disk if that was asked for. */
interface Started {
  readonly run: Run;
  readonly keeper?: Keeper;
  /** Called when the last checkpoint has to wait. */
  readonly onWait?: (reason: unknown) => void;
}

async function begin(
  { inputFile, wish, preset, options: asked, workDir }: TaskOf<'train'>,
  commandLine: CommandLine,
): Promise<void> {
  const { text, layout, notes } = readInput(inputFile, wish);
  const options = { ...asked, reading: { ...asked.reading, layout } };
  const { memoryLimit } = commandLine;
  const created = await createRun(text, basename(inputFile), preset, options.engine, { ...options, memoryLimit });
  const run = { ...created, info: { ...created.info, notes: [...created.info.notes, ...notes] } };
  checkSamples(run, commandLine); // before anything is written
  if (workDir === undefined) return train({ run }, commandLine);
  const onWait = tellWait(workDir);
  await whileOwning(await untilFree(fs, () => ownFolder(workDir), { onWait }), async owned => {
    const replaced = owned.folder.hasCheckpoint() ? [`The run that was in ${workDir} was replaced.`] : [];
    const source = { name: basename(inputFile), uri: pathToFileURL(inputFile).toString() };
    const record = { id: randomUUID(), source, preset, options, created: Date.now() };
    const { id } = await untilFree(fs, () => owned.folder.create(record, text), { onWait });
    await train({ run, keeper: keep(id, run, owned), onWait }, commandLine, replaced);
  });
}

async function resume(
  { workDir, inputFile, engine, changes }: TaskOf<'resume'>,
  commandLine: CommandLine,
): Promise<void> {
  checkFolder(workDir);
  const tellSilence = (milliseconds: number): void => {
    const sentence = `The window or terminal that was writing ${workDir} has gone silent: taking over`;
    warn(`${sentence} in ${Math.ceil(milliseconds / 1000)} s unless it comes back.`);
  };
  const onWait = tellWait(workDir);
  const owned = await untilFree(fs, () => ownSilentFolder(workDir, tellSilence), { onWait });
  await whileOwning(owned, async () => {
    const { folder } = owned;
    const { run, stored } = await restoreOwned(folder, engine, changes, commandLine);
    const { record, checkpoint } = stored;
    checkSamples(run, commandLine);
    const ofNames = keptNamesNote(inputFile, workDir, stored);
    if (isComplete(run, checkpoint)) return train({ run }, commandLine, [...ofNames, noteComplete(checkpoint.step)]);
    if (Object.keys(changes).length > 0) folder.writeRecord(record);
    const keeper = keep(record.id, run, owned, checkpoint);
    await train({ run, keeper, onWait }, commandLine, [...ofNames, ...noteChanges(changes, checkpoint.step)]);
  });
}

/** Whether no step is left, so that there is nothing to write either. */
function isComplete({ trainer, preset }: Run, { step, status }: Checkpoint): boolean {
  // A process that was killed behind its last step has not yet said that the run is finished.
  return !isCounting(preset) && (status === 'finished' ? step >= trainer.maxSteps : step > trainer.maxSteps);
}

function noteComplete(step: number): string {
  return `The run has already made ${step} steps: raise --max-steps above ${step} to go on.`;
}

/** The run's first steps were made with other values than its record has from now on. */
function noteChanges(changes: Hyperparameters, step: number): string[] {
  return hyperparameterNames
    .filter(name => name !== 'maxSteps' && changes[name] !== undefined)
    .map(name => `From step ${step} on the ${hyperparameters[name].label} is ${changes[name]}.`);
}

async function whileOwning(owned: OwnedFolder, work: (owned: OwnedFolder) => Promise<void>): Promise<void> {
  try {
    await work(owned);
  } finally {
    owned.lock.release();
  }
}

/** Says once that another program is in the way. */
function tellWait(folder: string): (reason: unknown) => void {
  return reason =>
    void process.stderr.write(
      `${folder} cannot be written yet (${reasonOf(reason instanceof Error ? (reason.cause ?? reason) : reason)}): trying for ${longWait / 1000} s.\n`,
    );
}

/** Only a new run makes its folder: without this check, a mistyped name would leave an empty one. */
function checkFolder(workDir: string): void {
  if (!fs.existsSync(workDir))
    throw new InputError(`There is no folder ${workDir}: name the one that keeps the run with --work-dir DIR.`);
}

/** Refuses a bad request now rather than after minutes of training. */
function checkSamples({ vocabulary }: Run, { samples }: CommandLine): void {
  if (samples) checkSampleRequest(samples, vocabulary);
}

function keep(id: string, run: Run, { folder, lock }: OwnedFolder, before?: Checkpoint): Keeper {
  const onKept = (problem?: string): void => {
    if (problem !== undefined) warn(problem);
  };
  const onTaken = (): void => warn('Another window or terminal has taken the run over: nothing more of it is written.');
  const kept = { ...before, facts: factsOf(run.info) };
  return new Keeper(folder, lock, id, run.trainer, onKept, kept, undefined, { onTaken });
}

/** A single minibatch says little about where a run has got to. */
const recentSteps = 100;

async function train(
  { run, keeper, onWait }: Started,
  commandLine: CommandLine,
  notes: readonly string[] = [],
): Promise<void> {
  const { notesFor, logEvery, evaluate, diagnostics, printProgram, samples, json } = commandLine;
  const { trainer, info, preset } = run;
  const report = createReport(json);
  report.started(preset, { ...info, notes: [...notesFor(preset), ...notes, ...info.notes] });
  if (printProgram) report.program(trainer.printProgram());
  keeper?.write('running');
  report.progress(trainer.step, trainer.maxSteps);

  let milliseconds = 0;
  let first: number | undefined;
  const recent: number[] = [];
  let reached: StepReport | undefined;
  const every = logEvery ?? Math.max(1, Math.ceil(trainer.maxSteps / 10));
  const onStep = (step: StepReport): void => {
    milliseconds += step.milliseconds ?? 0;
    first ??= step.loss;
    if (recent.push(step.loss) > recentSteps) recent.shift();
    reached = step;
    const isLogged = step.step % every === 0 || step.step === trainer.maxSteps - 1;
    if (isLogged && Number.isFinite(step.loss)) report.loss(step); // any other loss ends the run, which tells it
    report.progress(step.step + 1, trainer.maxSteps);
    keeper?.addLoss(step.loss);
    if (keeper?.isDue) keeper.write('running');
  };
  const broken = (): BrokenStep | undefined => reached && brokenStep(trainer, reached);
  const left = Math.max(0, trainer.maxSteps - trainer.step);
  const watchesLast = diagnostics && left > 0;
  const timed = watchesLast ? left - 1 : left;
  await runInSlices(trainSteps(trainer, timed, onStep), () => true);
  if (watchesLast && !broken()) onStep({ ...trainer.trainStep(true), step: trainer.step - 1, milliseconds: undefined });

  const end = broken();
  const seen = diagnostics && !end && !isCounting(preset) ? diagnose(trainer) : undefined;
  if (end) {
    keeper?.addBroken(end);
    keeper?.write('diverged');
    report.diverged(divergenceOf(preset, end, info.batchNorms));
    process.exitCode = 3;
  } else if (evaluate || isCounting(preset)) {
    const losses = await evaluateAll(run);
    keeper?.addEvaluation({ step: trainer.step, ...losses });
    report.evaluated(trainer.step, losses);
  }
  const isKept = keeper && !end ? await keeper.writeLast('finished', onWait && { onWait }) : true;
  if (!isKept) process.exitCode = 1; // the names below are drawn all the same
  keeper?.close();
  if (seen) report.diagnosed(trainer.step, seen);
  const mean = recent.reduce((sum, loss) => sum + loss, 0) / recent.length;
  const note = end || first === undefined ? undefined : farAboveUniform(first, mean, info.vocabSize);
  if (note !== undefined) report.note(note);
  if (!end) await sample(run, samples, report);
  report.stopped({
    step: trainer.step,
    seconds: milliseconds / 1000,
    microsecondsPerStep: timed > 0 ? (1000 * milliseconds) / timed : null,
    engine: info.engine,
  });
}

/** Takes no lock, since it writes nothing. */
async function sampleOnly({ workDir, inputFile, engine }: TaskOf<'sample'>, commandLine: CommandLine): Promise<void> {
  const { notesFor, evaluate, samples, json } = commandLine;
  checkFolder(workDir);
  const { run, stored } = await restoreRun(new RunFolder(fs, workDir).read(), engine, commandLine);
  const { trainer, info, preset } = run;
  checkSamples(run, commandLine);
  const report = createReport(json);
  const ofNames = keptNamesNote(inputFile, workDir, stored);
  report.started(preset, { ...info, notes: [...notesFor(preset), ...ofNames, ...info.notes] });
  if (evaluate) report.evaluated(trainer.step, await evaluateAll(run));
  await sample(run, samples, report);
  report.stopped({ step: trainer.step, seconds: 0, microsecondsPerStep: null, engine: info.engine });
}

async function sample(run: Run, samples: CommandLine['samples'], report: Report): Promise<void> {
  if (!samples) return;
  const drawn = await runInSlices(drawNames(run, samples), () => true);
  report.sampled(drawn?.words ?? []);
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

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // whoever reads our output, such as `head`, has had enough
  warn(`The output cannot be written: ${error.message}`);
  process.exit(1);
});
main(process.argv.slice(2)).catch((error: unknown) => {
  const mendable = error instanceof InputError;
  const unforeseen = error instanceof Error ? (error.stack ?? error.message) : String(error);
  warn(mendable ? refusalText(error) : unforeseen);
  process.exitCode = mendable ? 2 : 1;
});
