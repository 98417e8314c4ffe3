import { trigramSlice } from '../makemore/ngrams';
import { heldOutOf, type HeldOut } from '../shared/held-out';
import { divergenceOf, type BrokenStep } from '../shared/divergence';
import { InputError } from '../shared/errors';
import type { ControlCommand, WorkerEvent } from '../shared/protocol';
import type { Evaluation, Pace, TrainingStatus } from '../shared/run';
import { defaultSampleRequest, sampleRequestProblem, type SampleRequest } from '../shared/sampling';
import { drawJudged, drawNames } from './draw-names';
import { namesPerRow, SamplingSchedule } from './sampling-schedule';
import { brokenStep } from './finite';
import { runInSlices, trainSteps, type StepReport } from './loop';
import type { Keeper } from './keeper';
import { Reporter } from './reporter';
import type { Run } from './create-run';
import type { SplitName } from './trainer';

/** Evaluating the dev split while training may take this share of the time. */
const evaluationShare = 0.1;
/** Between two of them, and before the first. */
const evaluationPause = 500;

interface RunControllerOptions {
  readonly keeper?: Keeper;
  readonly pace?: Pace;
  /** Whether the run was opened for viewing, so that nothing is written until a command says otherwise. */
  readonly isOpened?: boolean;
  /** The evaluations so far, if the run is resumed. */
  readonly evaluations?: readonly Evaluation[];
}

/**
 * Carries out commands between two training steps. One loop does one thing at a time, so the weights never move under
 * a sample or an evaluation.
 */
export class RunController {
  private readonly keeper: Keeper | undefined;
  private readonly isOpened: boolean;
  private readonly reporter: Reporter;
  private mode: TrainingStatus = 'running';
  private singleSteps = 0;
  private request: SampleRequest | undefined;
  /** The step at which a request was last met. */
  private sampledAt = -1;
  private seeksDeadNeurons = false;
  private readonly along: SamplingSchedule;
  private splitsToEvaluate: readonly SplitName[] = [];
  private nextEvaluation = performance.now() + evaluationPause;
  /** Set by every command: whatever runs in slices stops, and the loop decides again what to do. */
  private interrupted = false;
  private wake = (): void => undefined;

  constructor(
    private readonly subject: Run,
    private readonly post: (event: WorkerEvent) => void,
    { keeper, pace, isOpened = false, evaluations = [] }: RunControllerOptions = {},
  ) {
    this.keeper = keeper;
    this.reporter = new Reporter(subject.trainer, post, pace);
    this.along = new SamplingSchedule(subject.info.sampler, isOpened ? 0 : subject.trainer.step);
    const { step, maxSteps } = subject.trainer;
    this.isOpened = isOpened;
    if (step >= maxSteps && (step > 0 || isOpened)) {
      this.mode = 'finished';
      // It may have ended before it was evaluated.
      if (!evaluations.some(last => last.step === step && last.train !== undefined)) this.evaluateAtTheEnd();
    } else if (isOpened) this.mode = 'paused';
  }

  /** Never returns: the thread ends when the next run replaces it. */
  async run(): Promise<never> {
    if (this.isOpened) this.reporter.status(this.mode);
    else this.reportStatus();
    for (;;) {
      this.interrupted = false;
      if (this.keeper?.isDue && this.mode === 'running') this.keeper.write('running');
      if (this.endIsUnsampled()) this.request = { ...defaultSampleRequest, sampler: this.subject.info.sampler };
      if (this.request) await this.sample(this.request);
      else if (this.seeksDeadNeurons) await this.findDeadNeurons();
      else if (this.mode !== 'diverged' && this.along.isDue(this.subject.trainer.step)) await this.sampleAlong();
      else if (this.splitsToEvaluate.length > 0 || this.evaluationIsDue()) await this.evaluate();
      else if (this.singleSteps > 0 || this.mode === 'running') await this.train();
      else await new Promise<void>(resolve => (this.wake = resolve));
    }
  }

  handle(command: ControlCommand): void {
    switch (command.type) {
      case 'pause':
        this.changeMode('paused');
        break;
      case 'resume':
        this.changeMode('running');
        break;
      case 'step':
        this.changeMode('paused');
        if (this.mode === 'paused') this.singleSteps++;
        break;
      case 'stop':
        this.changeMode('stopped');
        break;
      case 'keep':
        this.keeper?.write(this.mode);
        return;
      case 'sample':
        this.request = command.request;
        break;
      case 'smooth':
        if (!this.subject.trainer.smooth(command.smoothing)) return;
        this.post({ type: 'smoothed', smoothing: command.smoothing });
        this.reporter.inspect();
        this.splitsToEvaluate = ['train'];
        if (this.request) this.request = { ...this.request }; // what is drawn now begins anew
        break;
      case 'watch':
        this.reporter.watch(command.watch, this.mode === 'running');
        this.along.follow(command.watch.samples && this.subject.info.purpose !== 'rangeTest'); // its last steps are far too large
        break;
      case 'drawn':
        this.reporter.drawn();
        return;
      case 'countTrigrams':
        this.countTrigrams(command.first);
        return;
      case 'evaluateTest':
        if (this.isEvaluated('test')) this.splitsToEvaluate = [...this.splitsToEvaluate, 'test'];
        break;
      case 'findDeadNeurons':
        this.seeksDeadNeurons = true;
        break;
      default:
        command satisfies never;
    }
    this.interrupted = true;
    this.wake();
  }

  /** At once, since a pass over the names is done before anybody would notice. */
  private countTrigrams(first: string): void {
    const { names, vocabulary, counts } = this.subject;
    if (vocabulary.stoi.has(first))
      this.post({ type: 'trigrams', slice: trigramSlice(names, vocabulary, counts.tokens, first) });
  }

  /** A run that has ended stays so: training on takes a new one. */
  private changeMode(mode: 'running' | 'paused' | 'stopped'): void {
    if (this.mode === mode || (this.mode !== 'running' && this.mode !== 'paused')) return;
    this.mode = mode;
    this.singleSteps = 0;
    this.reportStatus();
    if (mode === 'stopped') this.evaluateAtTheEnd();
  }

  /** Posts the status and saves it. */
  private reportStatus(): void {
    this.reporter.status(this.mode);
    this.keeper?.write(this.mode);
  }

  private async train(): Promise<void> {
    const { trainer } = this.subject;
    const left = Math.min(trainer.maxSteps - trainer.step, this.along.stepsLeft(trainer.step));
    const single = this.singleSteps > 0;
    let last: StepReport | undefined;
    const wanted = (): boolean =>
      !this.interrupted && !this.evaluationIsDue() && this.keeper?.isDue !== true && !this.along.isDue(trainer.step);
    const steps = trainSteps(
      trainer,
      single ? Math.min(1, left) : left,
      report => {
        this.keeper?.addLoss(report.loss);
        this.reporter.onStep(report);
        last = report;
      },
      () => this.reporter.inspectsNext(),
    );
    await runInSlices(steps, wanted);
    if (single) this.singleSteps--;
    const broken = last && brokenStep(trainer, last);
    if (broken) this.diverge(broken);
    else if (trainer.step >= trainer.maxSteps) {
      this.mode = 'finished';
      this.singleSteps = 0;
      this.evaluateAtTheEnd();
    }
    if (single || this.mode === 'finished' || this.mode === 'diverged') this.reportStatus();
  }

  private diverge(broken: BrokenStep): void {
    const { preset, info } = this.subject;
    this.singleSteps = 0;
    this.mode = info.purpose === 'rangeTest' ? 'finished' : 'diverged'; // a range test is there to get so far
    if (this.mode === 'finished') return;
    this.keeper?.addBroken(broken);
    this.post({ type: 'diverged', divergence: divergenceOf(preset, broken, info.batchNorms) });
  }

  private evaluationIsDue(): boolean {
    return this.mode === 'running' && this.heldOut !== undefined && performance.now() >= this.nextEvaluation;
  }

  private evaluateAtTheEnd(): void {
    const { heldOut } = this;
    this.splitsToEvaluate = this.isEvaluated('train') ? ['train', ...(heldOut ? [heldOut] : [])] : [];
  }

  /** The split by which the run is judged while it trains, if there is one. */
  private get heldOut(): HeldOut | undefined {
    const split = heldOutOf(this.subject.preset);
    return split && this.isEvaluated(split) ? split : undefined;
  }

  /** Experiments on minibatches are not: nobody asks about whole splits there. */
  private isEvaluated(split: SplitName): boolean {
    const { purpose, examples } = this.subject.info;
    return purpose === 'train' && examples[split] !== null;
  }

  private async evaluate(): Promise<void> {
    const { trainer } = this.subject;
    const asked = this.splitsToEvaluate;
    const splits = asked.length > 0 ? asked : this.heldOut ? [this.heldOut] : [];
    const start = performance.now();
    const losses: Partial<Record<SplitName, number | null>> = {};
    for (const split of splits) {
      // Only a sample or a new smoothing interrupts an evaluation, which then starts over; a pause does not.
      const loss = await runInSlices(trainer.evaluate(split), () => !this.request);
      if (loss === undefined) return;
      losses[split] = loss;
    }
    const calibrates = splits.includes('train') && trainer.batchNorms > 0;
    const calibrated = calibrates ? await this.evaluateCalibrated() : undefined;
    if (calibrates && !calibrated) return;
    if (asked === this.splitsToEvaluate) this.splitsToEvaluate = [];
    const now = performance.now();
    this.nextEvaluation = now + Math.max(evaluationPause, (now - start) / evaluationShare);
    const evaluation: Evaluation = { step: trainer.step, ...losses, ...(calibrated && { calibrated }) };
    this.keeper?.addEvaluation(evaluation);
    if (this.mode !== 'running') this.keeper?.write(this.mode); // nothing else will write it
    this.post({ type: 'evaluated', evaluation }); // last: the next run of the queue may take our place at once
  }

  /** At the end once more with the statistics of the whole train split; undefined if a sample comes first. */
  private async evaluateCalibrated(): Promise<Evaluation['calibrated']> {
    const { trainer } = this.subject;
    const wanted = (): boolean => !this.request;
    await runInSlices(trainer.calibrate(), wanted);
    const train = await runInSlices(trainer.evaluate('train', 'calibrated'), wanted);
    const dev = await runInSlices(trainer.evaluate('dev', 'calibrated'), wanted);
    return wanted() ? { train: train ?? null, dev: dev ?? null } : undefined;
  }

  /** Training waits until every example has gone through, since the weights must not move meanwhile. */
  private async findDeadNeurons(): Promise<void> {
    this.post({ type: 'findingDeadNeurons', finding: true });
    const activations = await runInSlices(this.subject.trainer.leastActivations(), () => !this.request);
    if (!activations) return; // a sample comes first, and then this starts over
    this.seeksDeadNeurons = false;
    this.post({ type: 'foundDeadNeurons', activations });
  }

  private async sampleAlong(): Promise<void> {
    const { step } = this.subject.trainer;
    const start = performance.now();
    const drawn = await runInSlices(drawNames(this.subject, this.along.request), () => !this.request);
    if (!drawn) return;
    const { words } = drawn;
    this.post({ type: 'sampledNow', names: { step, words } });
    const row = words.slice(0, namesPerRow).map(({ text }) => text);
    if (this.along.isRecorded(step)) this.post({ type: 'sampledAlong', samples: { step, words: row } });
    this.along.drawn(step, performance.now() - start);
  }

  /** Whether the training has ended, somebody looks, and no names have been drawn since. */
  private endIsUnsampled(): boolean {
    const { trainer, info } = this.subject;
    const hasEnded = this.mode === 'finished' || this.mode === 'stopped';
    return hasEnded && info.purpose === 'train' && this.along.follows && this.sampledAt !== trainer.step;
  }

  private async sample(request: SampleRequest): Promise<void> {
    const { step } = this.subject.trainer;
    this.sampledAt = step;
    this.post({ type: 'sampling', request });
    try {
      const problem = sampleRequestProblem(request);
      if (problem) throw new InputError(problem);
      const drawn = await runInSlices(drawJudged(this.subject, request), () => this.request === request);
      if (drawn) this.post({ type: 'sampled', samples: { request, step, ...drawn } });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.post({ type: 'sampleRefused', reason: error.message });
    }
    if (this.request === request) this.request = undefined;
  }
}
