import type { Engine, Program } from '../engine/engine';
import { longestOf } from '../makemore/dataset';
import type { Cooperative, Predictor } from '../makemore/generate';
import { checkMemory } from '../makemore/memory';
import { need, type DataSize, type NeuralModel } from '../makemore/models/model';
import { adamWInputs } from '../makemore/optimizers';
import { evaluationLoss, trainingStep, type Net } from '../makemore/programs';
import { TorchGenerator } from '../makemore/random';
import { InputError } from '../shared/errors';
import type { Hyperparameters } from '../shared/hyperparameters';
import { learningRateAt, rangeTestExponent, rangeTestSteps } from '../shared/learning-rate';
import { looksIntoStep, type Inspection, type LeastActivations, type Watch } from '../shared/inspection';
import type { Purpose, WatchedTensor } from '../shared/run';
import type { ModelState } from '../store/checkpoint';
import { calibrate, withOwnStatistics } from './calibrate';
import { Inside } from './inside';
import { leastActivationsOf } from './least-activations';
import { createNet, variablesOf } from './net';
import { NetPredictor } from './net-predictor';
import { OneBatch } from './one-batch';
import { ContextSource, countAll, SequenceSource, type BatchInputs, type ExampleSource } from './split-examples';
import type { SplitName, TrainedStep, Trainer, TrainingData } from './trainer';
import { Walker } from './walker';

/** Rows that go through the model at once where there are many: fewer where the vocabulary is large. */
const mostRows = 1024;
const mostNumbersPerChunk = 2 ** 24;

/** More tells nothing new about one batch. */
const overfitSteps = 1000;

function stepsFor(purpose: Purpose, maxSteps: number): number {
  if (purpose === 'rangeTest') return rangeTestSteps;
  return purpose === 'overfit' ? Math.min(overfitSteps, maxSteps) : maxSteps;
}

type StepProgram<O extends string> = Program<string, O>;

/** Trains a net: draws a minibatch, runs one step of the engine. */
export class NeuralTrainer implements Trainer {
  readonly maxSteps: number;
  readonly blockSize: number;
  readonly examples;
  readonly parameters: { name: string; shape: number[] }[];
  readonly batchNorms: number;
  readonly flavor: string;
  readonly floor: number | undefined;
  step = 0;

  private readonly purpose: Purpose;
  private readonly source: ExampleSource;
  private readonly batchSize: number;
  private readonly batches: TorchGenerator;
  private readonly net: Net;
  private readonly chunkRows: number;
  private readonly training: StepProgram<'loss'>;
  private readonly names: NetPredictor;
  // Many runs never need these; each is compiled when it is.
  private readonly inside: Inside;
  private readonly walker: Walker;
  private readonly evaluations = new Map<Net, Program<'x' | 'y' | 'weights', 'loss'>>();
  private calibrated: Net | undefined;

  constructor(
    private readonly model: NeuralModel,
    private readonly h: Hyperparameters,
    { splits, vocabulary, generator, purpose }: TrainingData,
    private readonly engine: Engine,
  ) {
    const all = [...splits.train, ...(splits.dev ?? []), ...(splits.test ?? [])];
    const vocabSize = vocabulary.itos.length;
    this.blockSize = model.contextLength?.(h) ?? longestOf(all) + 1;
    this.purpose = purpose;
    this.maxSteps = stepsFor(purpose, need(h, 'maxSteps'));
    this.batchSize = need(h, 'batchSize');
    const targets = model.example === 'sequence' ? this.blockSize : 1;
    const rowNumbers = vocabSize * targets * (this.blockSize + 4);
    this.chunkRows = Math.max(16, Math.floor(Math.min(mostRows / targets, mostNumbersPerChunk / rowNumbers)));

    const data: DataSize = { vocabSize, blockSize: this.blockSize };
    const size = { model, hyperparameters: h, ...data, ...countAll(splits) };
    checkMemory({ ...size, rows: Math.max(this.batchSize, this.chunkRows) });
    const specs = model.parameters(h, data);
    const state = model.state?.(h, data) ?? [];
    const contexts = (): ContextSource => new ContextSource(splits, vocabulary, this.blockSize, state.length > 0);
    const source = model.example === 'context' ? contexts() : new SequenceSource(splits, vocabulary, this.blockSize);
    this.examples = source.counts;
    checkMemory({ ...size, rows: this.batchSize || source.fullBatchRows() });

    this.parameters = specs.map(({ name, shape }) => ({ name, shape: [...shape] }));
    this.net = createNet(model, h, data, engine, generator);
    // makemore.py's data loader seeds itself from the generator, after a number that nobody uses.
    if (model.example === 'sequence') generator.r64Low();
    this.batches = model.example === 'sequence' ? new TorchGenerator(generator.r64Low()) : generator;
    const rows = this.batchSize || source.fullBatchRows();
    if (purpose === 'overfit') {
      const only = new OneBatch(source, rows, this.blockSize, this.batches, this.batchSize === 0);
      this.floor = only.floor;
      this.source = only;
    } else this.source = source;
    this.training = this.compileStep(trainingStep(this.net));
    this.flavor = engine.flavor;
    this.batchNorms = state.length / 2; // a mean and a spread each
    this.names = new NetPredictor(this.net, engine, data, this.chunkRows, source);
    this.inside = new Inside(this.net, engine, this.parameters, this.blockSize, f => this.compileStep(f));
    this.walker = new Walker(this.net, engine, vocabulary, this.blockSize);
  }

  trainStep(watched = false): TrainedStep {
    // A step that is watched is a step like any other: its program only gives more.
    const program = watched ? this.inside.program : this.training;
    const learningRate = this.fillInputs(program, this.batches);
    this.step++;
    if (watched) this.inside.run(this.step, false);
    else program.run();
    return { loss: program.out.loss[0], learningRate };
  }

  *evaluate(split: SplitName, statistics: 'running' | 'calibrated' = 'running'): Cooperative<number | null> {
    const rows = this.source.rowsOf(split);
    if (rows === null) return null;
    const program = this.evaluationOf(statistics === 'calibrated' ? this.calibratedNet() : this.net);
    let sum = 0;
    for (let start = 0; start < rows; start += this.chunkRows) {
      this.source.fill(program.in, split, start);
      program.run();
      sum += program.out.loss[0];
      yield;
    }
    return sum;
  }

  *calibrate(): Cooperative<void> {
    const { x, weights } = this.batchInputs(this.chunkRows);
    if (this.batchNorms > 0) yield* calibrate(this.calibratedNet(), this.engine, this.source, { x, weights });
  }

  predictor(many: boolean): Cooperative<Predictor> {
    return this.names.predictor(many);
  }

  inspect(watch: Watch): Inspection {
    const isInside = looksIntoStep(watch);
    const ofSteps = watch.tensors.filter(name => !this.variableShape(name));
    if ((isInside || ofSteps.length > 0) && this.inside.seen?.step !== this.step) this.lookAhead();
    const tensors: Record<string, WatchedTensor> = {};
    for (const name of watch.tensors) {
      const shape = this.variableShape(name);
      const tensor = shape ? { shape, values: this.engine.read(name) } : this.inside.tensor(name);
      if (tensor) tensors[name] = tensor;
    }
    return {
      step: this.step,
      ahead: this.inside.seen?.ahead === true,
      tensors,
      ...(isInside && this.inside.look(watch)),
      ...(watch.walk && { walk: this.walker.walk(watch.walk) }),
    };
  }

  leastActivations(): Cooperative<LeastActivations> {
    return leastActivationsOf(this.net, this.engine, this.source, this.batchInputs(this.chunkRows), this.step);
  }

  save(): ModelState {
    const variables = variablesOf(this.net);
    return {
      step: this.step,
      variables: Object.fromEntries(
        variables.map(({ name, shape }) => [name, { shape, values: this.engine.read(name) }]),
      ),
      generator: this.batches.save(),
    };
  }

  restore({ step, variables, generator }: ModelState): void {
    const own = variablesOf(this.net);
    const isOwn = own.every(
      ({ name, shape }) => Object.hasOwn(variables, name) && variables[name].shape.join() === shape.join(),
    );
    if (!isOwn || own.length !== Object.keys(variables).length || !generator)
      throw new InputError('The checkpoint holds the weights of another model.');
    for (const { name } of own) this.engine.write(name, variables[name].values);
    this.batches.restore(generator);
    this.step = step;
  }

  printProgram(): string {
    return this.training.print();
  }

  smooth(): false {
    return false; // regularization plays that part, and changing it takes a new run
  }

  dispose(): void {
    this.engine.dispose();
  }

  private calibratedNet(): Net {
    return (this.calibrated ??= withOwnStatistics(this.net, this.engine));
  }

  private evaluationOf(net: Net): Program<'x' | 'y' | 'weights', 'loss'> {
    const program =
      this.evaluations.get(net) ?? this.engine.compile(evaluationLoss(net), this.batchInputs(this.chunkRows));
    this.evaluations.set(net, program);
    return program;
  }

  private variableShape(name: string): readonly number[] | undefined {
    const { parameters, state } = this.net;
    const variables: Partial<Record<string, { shape: number[] }>> = { ...parameters, ...state };
    return variables[name]?.shape;
  }

  /**
   * Where nothing trains, what the next step would see: it is tried on the batch that comes next and taken back.
   */
  private lookAhead(): void {
    const variables = variablesOf(this.net).map(({ name }) => [name, this.engine.read(name)] as const);
    this.fillInputs(this.inside.program, this.batches.clone());
    this.inside.run(this.step, true);
    for (const [name, values] of variables) this.engine.write(name, values);
  }

  /** A batch and what the optimizer is told at the present step. @returns the learning rate */
  private fillInputs(program: StepProgram<string>, g: TorchGenerator): number {
    const inputs = program.in as BatchInputs;
    if (this.batchSize === 0) this.source.fillFullBatch(inputs);
    else this.source.drawBatch(inputs, g);
    const learningRate =
      this.purpose === 'rangeTest' ? 10 ** rangeTestExponent(this.step) : learningRateAt(this.step, this.h);
    for (const [name, value] of Object.entries(this.scalars(learningRate))) program.in[name][0] = value;
    return learningRate;
  }

  private compileStep<O extends string>(f: Parameters<Engine['compile']>[0]): StepProgram<O> {
    const scalars = Object.keys(this.scalars(0)).map(name => [name, { shape: [], dtype: 'float32' }] as const);
    const inputs = {
      ...this.batchInputs(this.batchSize || this.source.fullBatchRows()),
      ...Object.fromEntries(scalars),
    };
    return this.engine.compile(f, inputs);
  }

  /** What the optimizer is told at the present step. */
  private scalars(learningRate: number): Readonly<Record<string, number>> {
    if (this.model.optimizer === 'sgd') return { learningRate };
    return { ...adamWInputs(this.step, learningRate, need(this.h, 'weightDecay')) };
  }

  private batchInputs(rows: number) {
    return {
      x: { shape: [rows, this.blockSize], dtype: 'int32' },
      y: { shape: [rows * this.source.targets], dtype: 'int32' },
      weights: { shape: [rows * this.source.targets], dtype: 'float32' },
    } as const;
  }
}
