import type { Engine, Program } from '../engine/engine';
import type { Cooperative, Predictor } from '../makemore/generate';
import type { DataSize, NeuralModel } from '../makemore/models/model';
import { evaluationLoss, trainingStep, type Net } from '../makemore/programs';
import { TorchGenerator } from '../makemore/random';
import { at } from '../shared/at';
import { InputError } from '../shared/errors';
import { valuesOf, type Hyperparameters } from '../shared/hyperparameters';
import { learningRateAt, rangeTestRate, rangeTestSteps } from '../shared/learning-rate';
import { looksIntoStep, type Inspection, type LeastActivations, type Watch } from '../shared/inspection';
import { embeddingOf, startOf } from '../shared/model-parts';
import { charactersSeen, contextLength } from '../shared/models';
import type { LongName, Purpose, WatchedTensor } from '../shared/run';
import type { ModelState } from '../store/checkpoint';
import { checkMemory } from './check-memory';
import { calibrate, withOwnStatistics } from './calibrate';
import { Inside } from './inside';
import { leastActivationsOf } from './least-activations';
import { longNameOf } from './long-name';
import { createNet, variablesOf } from './net';
import { NetPredictor } from './net-predictor';
import { OneBatch } from './one-batch';
import { chunkRowsOf, scalarsAt } from './run-size';
import {
  batchSpecs,
  ContextSource,
  countAll,
  emptyBatch,
  SequenceSource,
  writeBatch,
  type BatchInputs,
  type ExampleSource,
} from './split-examples';
import type { SplitName, TrainedStep, Trainer, TrainingData } from './trainer';
import { Walker } from './walker';

/** More steps show nothing new about one batch. */
const overfitSteps = 1000;

function stepsFor(purpose: Purpose, maxSteps: number): number {
  if (purpose === 'rangeTest') return rangeTestSteps;
  return purpose === 'overfit' ? Math.min(overfitSteps, maxSteps) : maxSteps;
}

/** Trains a net: draws a minibatch, runs one step of the engine. */
export class NeuralTrainer implements Trainer {
  readonly maxSteps: number;
  readonly blockSize: number;
  readonly memory: number;
  readonly longName: LongName | undefined;
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
  /** The embedding as it was drawn, also of a run that is resumed. */
  private readonly start: ReadonlyMap<string, WatchedTensor>;
  private readonly chunkRows: number;
  /** Of the step that was last made or looked into. */
  private readonly batch: BatchInputs;
  private readonly training: Program<string, 'loss'>;
  private readonly predictions: NetPredictor;
  // Many runs never need these: each is compiled on its first use.
  private readonly inside: Inside;
  private readonly walker: Walker;
  private readonly evaluationPrograms = new Map<Net, Program<'x' | 'y' | 'weights', 'loss'>>();
  private calibrated: Net | undefined;

  constructor(
    private readonly model: NeuralModel,
    private readonly h: Hyperparameters,
    { splits, vocabulary, generator, purpose, lengths, distinct, memoryLimit }: TrainingData,
    private readonly engine: Engine,
  ) {
    const all = [...splits.train, ...(splits.dev ?? []), ...(splits.test ?? [])];
    const vocabSize = vocabulary.itos.length;
    const { batchSize, maxSteps } = valuesOf(h, ['batchSize', 'maxSteps']);
    this.blockSize = contextLength(model.id, h, all);
    this.purpose = purpose;
    this.maxSteps = stepsFor(purpose, maxSteps);
    this.batchSize = batchSize;

    const data: DataSize = { vocabSize, blockSize: this.blockSize };
    this.chunkRows = chunkRowsOf(model, data);
    const facts = { model, hyperparameters: h, engine: engine.id, ...data, ...countAll(splits), distinct };
    const atLeast = { ...facts, rows: this.batchSize || 1 };
    const memory = checkMemory(atLeast, lengths, memoryLimit);
    this.longName = longNameOf(atLeast, lengths);
    const specs = model.parameters(h, data);
    const state = model.state(h, data);
    const contexts = (): ContextSource => new ContextSource(splits, vocabulary, this.blockSize, state.length > 0);
    const source = model.example === 'context' ? contexts() : new SequenceSource(splits, vocabulary, this.blockSize);
    this.examples = source.counts;
    // how many of all examples differ shows only now
    const isFull = this.batchSize === 0;
    this.memory = isFull ? checkMemory({ ...facts, rows: source.fullBatchRows() }, lengths, memoryLimit) : memory;

    this.parameters = specs.map(({ name, shape }) => ({ name, shape: [...shape] }));
    this.net = createNet(model, h, data, engine, generator);
    const table = embeddingOf(this);
    this.start = new Map(table && [[startOf(table), { shape: table.shape, values: engine.read(table.name) }]]);
    // makemore.py's data loader takes its seed from the generator, after a number that nobody uses.
    if (model.example === 'sequence') generator.r64Low();
    this.batches = model.example === 'sequence' ? new TorchGenerator(generator.r64Low()) : generator;
    const rows = this.batchSize || source.fullBatchRows();
    if (purpose === 'overfit') {
      const seen = charactersSeen(model.id, this.blockSize);
      const only = new OneBatch(source, rows, this.blockSize, this.batches, isFull, seen);
      this.floor = only.floor;
      this.source = only;
    } else this.source = source;
    this.batch = emptyBatch(this.batchSpecs(rows));
    this.training = this.compileStep(trainingStep(this.net));
    this.flavor = engine.flavor;
    this.batchNorms = state.length / 2; // a mean and a spread each
    this.predictions = new NetPredictor(this.net, engine, data, this.chunkRows, source);
    this.inside = new Inside(this.net, engine, this.parameters, this.blockSize, f => this.compileStep(f));
    this.walker = new Walker(this.net, engine, vocabulary, this.blockSize);
  }

  trainStep(watched = false): TrainedStep {
    // A watched step is a step like any other: its program only outputs more.
    const program = watched ? this.inside.program : this.training;
    const learningRate = this.fillInputs(program, this.batches);
    this.step++;
    if (watched) this.inside.run(this.step, false, this.batch);
    else program.run();
    return { loss: lossOf(program), learningRate };
  }

  *evaluate(split: SplitName, statistics: 'running' | 'calibrated' = 'running'): Cooperative<number | null> {
    const rows = this.source.rowsOf(split);
    if (rows === null) return null;
    const program = this.evaluationOf(statistics === 'calibrated' ? this.calibratedNet() : this.net);
    const chunk = emptyBatch(this.batchSpecs(this.chunkRows));
    let sum = 0;
    for (let start = 0; start < rows; start += this.chunkRows) {
      this.source.fill(chunk, split, start);
      writeBatch(program, chunk);
      program.run();
      sum += lossOf(program);
      yield;
    }
    return sum;
  }

  *calibrate(): Cooperative<void> {
    if (this.batchNorms === 0) return;
    yield* calibrate(this.calibratedNet(), this.engine, this.source, this.batchSpecs(this.chunkRows));
  }

  predictor(many: boolean): Cooperative<Predictor> {
    return this.predictions.predictor(many);
  }

  inspect(watch: Watch): Inspection {
    const isInside = looksIntoStep(watch);
    const ofSteps = watch.tensors.filter(name => !this.variableShape(name) && !this.start.has(name));
    if ((isInside || ofSteps.length > 0) && this.inside.seen?.step !== this.step) this.lookAhead();
    const tensors: Record<string, WatchedTensor> = {};
    for (const name of watch.tensors) {
      const shape = this.variableShape(name);
      const tensor = shape
        ? { shape, values: this.engine.read(name) }
        : (this.startTensor(name) ?? this.inside.tensor(name));
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
    return leastActivationsOf(this.net, this.engine, this.source, this.batchSpecs(this.chunkRows), this.step);
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
    const stored = own.flatMap(({ name, shape }) => {
      const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return variable?.shape.join() === shape.join() ? { name, values: variable.values } : [];
    });
    if (stored.length !== own.length || own.length !== Object.keys(variables).length || !generator)
      throw new InputError('The checkpoint holds the weights of another model.');
    for (const { name, values } of stored) this.engine.write(name, values);
    this.batches.restore(generator);
    this.step = step;
  }

  printProgram(): string {
    return this.training.print();
  }

  smooth(): false {
    return false; // regularization has that effect, and changing it takes a new run
  }

  dispose(): void {
    this.engine.dispose();
  }

  private calibratedNet(): Net {
    return (this.calibrated ??= withOwnStatistics(this.net, this.engine));
  }

  private evaluationOf(net: Net): Program<'x' | 'y' | 'weights', 'loss'> {
    const program =
      this.evaluationPrograms.get(net) ?? this.engine.compile(evaluationLoss(net), this.batchSpecs(this.chunkRows));
    this.evaluationPrograms.set(net, program);
    return program;
  }

  /** A copy, since what is sent is given away. */
  private startTensor(name: string): WatchedTensor | undefined {
    const found = this.start.get(name);
    return found && { shape: found.shape, values: found.values.slice() };
  }

  private variableShape(name: string): readonly number[] | undefined {
    const { parameters, state } = this.net;
    return (parameters[name] ?? state[name])?.shape;
  }

  /** While nothing trains, looks into the next step: runs it on the batch that comes next, and undoes it. */
  private lookAhead(): void {
    const variables = variablesOf(this.net).map(({ name }) => [name, this.engine.read(name)] as const);
    this.fillInputs(this.inside.program, this.batches.clone());
    this.inside.run(this.step, true, this.batch);
    for (const [name, values] of variables) this.engine.write(name, values);
  }

  /** Fills in a batch and the optimizer's scalars at this step. @returns the learning rate */
  private fillInputs(program: Program<string, string>, g: TorchGenerator): number {
    if (this.batchSize === 0) this.source.fillFullBatch(this.batch);
    else this.source.drawBatch(this.batch, g);
    writeBatch(program, this.batch);
    const learningRate =
      this.purpose === 'rangeTest' ? rangeTestRate(this.step, this.h) : learningRateAt(this.step, this.h);
    for (const [name, value] of Object.entries(this.scalars(learningRate))) program.write(name, [value]);
    return learningRate;
  }

  private compileStep<O extends string>(f: Parameters<Engine['compile']>[0]): Program<string, O> {
    const scalars = Object.keys(this.scalars(0)).map(name => [name, { shape: [], dtype: 'float32' }] as const);
    const inputs = {
      ...this.batchSpecs(this.batchSize || this.source.fullBatchRows()),
      ...Object.fromEntries(scalars),
    };
    return this.engine.compile(f, inputs);
  }

  /** The optimizer's scalars at this step. */
  private scalars(learningRate: number): Readonly<Record<string, number>> {
    return scalarsAt(this.model, this.step, learningRate, this.h.weightDecay);
  }

  private batchSpecs(rows: number) {
    return batchSpecs(rows, this.blockSize, this.source.targets);
  }
}

function lossOf(program: Program<string, 'loss'>): number {
  return at(program.read('loss'), 0);
}
