import type { Engine, Program } from '../engine/engine';
import type { Tokens, WeightedExamples } from '../makemore/dataset';
import type { Cooperative, Predictor } from '../makemore/generate';
import { checkMemory } from '../makemore/memory';
import { need, type NeuralModel, type ParameterSpec } from '../makemore/models/model';
import { learningRateAt } from '../makemore/optimizers';
import {
  evaluationLoss,
  prediction,
  trainingStep,
  watchedStep,
  type Net,
  type WatchedName,
} from '../makemore/programs';
import { Generator } from '../makemore/random';
import type { Hyperparameters } from '../shared/hyperparameters';
import type { WatchedTensor } from '../shared/run';
import { PredictionCache } from './prediction-cache';
import { countAll, drawBatch, fillBatch, SplitExamples } from './split-examples';
import type { SplitName, TrainedStep, Trainer, TrainingData } from './trainer';

/** Rows that go through the model at once where there are many: fewer where the vocabulary is large. */
const mostRows = 1024;
const mostNumbersPerChunk = 2 ** 24;

/** Trains a net: draws a minibatch, runs one step of the engine. */
export class NeuralTrainer implements Trainer {
  readonly maxSteps: number;
  readonly blockSize: number;
  readonly examples;
  readonly parameters: { name: string; shape: number[] }[];
  step = 0;

  private readonly vocabSize: number;
  private readonly generator: Generator;
  private readonly splits: SplitExamples;
  private readonly batchSize: number;
  /** The same at every step; undefined where minibatches are drawn. */
  private readonly fullBatch: WeightedExamples | undefined;
  private readonly net: Net;
  private readonly chunkRows: number;
  private readonly training: Program<'x' | 'y' | 'weights' | 'learningRate', 'loss'>;
  // Many runs never need these; each is compiled when it is.
  private watching: Program<'x' | 'y' | 'weights' | 'learningRate', string> | undefined;
  private readonly watchedNames = new Map<string, WatchedName>();
  private evaluation: Program<'x' | 'y' | 'weights', 'loss'> | undefined;
  private readonly predictions = new Map<number, Program<'x', 'probs'>>();

  constructor(
    model: NeuralModel,
    private readonly h: Hyperparameters,
    { splits, vocabulary }: TrainingData,
    private readonly engine: Engine,
  ) {
    this.vocabSize = vocabulary.itos.length;
    this.blockSize = model.blockSize(h);
    this.maxSteps = need(h, 'maxSteps');
    this.batchSize = need(h, 'batchSize');
    this.generator = new Generator(need(h, 'seed'));
    const rowNumbers = this.vocabSize * (this.blockSize + 4);
    this.chunkRows = Math.max(16, Math.min(mostRows, Math.floor(mostNumbersPerChunk / rowNumbers)));

    const size = { model, hyperparameters: h, vocabSize: this.vocabSize, ...countAll(splits) };
    checkMemory({ ...size, rows: Math.max(this.batchSize, this.chunkRows) });
    this.splits = new SplitExamples(splits, vocabulary, this.blockSize);
    this.examples = this.splits.counts();

    const state = model.state?.(h, this.vocabSize) ?? [];
    // The statistics of a batch count every example, so there repeated ones cannot be one with a larger weight.
    const { train } = this.splits;
    const all = state.length > 0 ? { ...train, weights: 1 / train.length } : this.splits.distinctOf('train')!;
    this.fullBatch = this.batchSize === 0 ? all : undefined;
    checkMemory({ ...size, rows: this.fullBatch?.length ?? this.batchSize });

    const specs = model.parameters(h, this.vocabSize);
    this.parameters = specs.map(({ name, shape }) => ({ name, shape: [...shape] }));
    this.net = { model, h, parameters: this.createVariables(specs), state: this.createVariables(state) };
    this.training = engine.compile(trainingStep(this.net), this.stepInputs());
  }

  trainStep(watched: readonly string[] = []): TrainedStep {
    // A step that is watched is a step like any other: its program only gives more.
    const program = watched.every(name => this.isParameter(name)) ? this.training : this.watchingProgram();
    if (this.fullBatch) fillBatch(program.in, this.fullBatch, 0);
    else drawBatch(program.in, this.splits.train, this.generator);
    const learningRate = learningRateAt(this.step, this.h);
    program.in.learningRate[0] = learningRate;
    program.run();
    this.step++;
    return { loss: program.out.loss[0], learningRate };
  }

  *evaluate(split: SplitName): Cooperative<number | null> {
    const examples = this.splits.distinctOf(split);
    if (!examples) return null;
    const { x, y, weights } = this.stepInputs(this.chunkRows);
    const program = (this.evaluation ??= this.engine.compile(evaluationLoss(this.net), { x, y, weights }));
    let sum = 0;
    for (let start = 0; start < examples.length; start += this.chunkRows) {
      fillBatch(program.in, examples, start);
      program.run();
      sum += program.out.loss[0];
      yield;
    }
    return sum;
  }

  *predictor(many: boolean): Cooperative<Predictor> {
    const rows = new PredictionCache(this.vocabSize);
    if (many) yield* this.predictAll(rows);
    const program = this.predictionProgram(1);
    return context => {
      const key = context.join();
      const known = rows.get(key);
      if (known) return known;
      program.in.x.set(context);
      program.run();
      return rows.add(key, program.out.probs.slice());
    };
  }

  watched(names: readonly string[]): Record<string, WatchedTensor> {
    const tensors: Record<string, WatchedTensor> = {};
    for (const name of names) {
      const shape = this.parameters.find(p => p.name === name)?.shape;
      const watched = this.watchedNames.get(name);
      if (shape) tensors[name] = { shape, values: this.engine.read(name) };
      else if (watched) tensors[name] = { shape: watched.shape, values: this.watching!.out[name].slice() };
    }
    return tensors;
  }

  tanhLayers(): string[] {
    return [...this.watchedNames.values()].filter(({ kind }) => kind === 'tanh').map(({ name }) => name);
  }

  printProgram(): string {
    return this.training.print();
  }

  smooth(): false {
    return false; // regularisation plays that part, and changing it takes a new run
  }

  dispose(): void {
    this.engine.dispose();
  }

  private isParameter(name: string): boolean {
    return this.parameters.some(p => p.name === name);
  }

  private watchingProgram(): Program<'x' | 'y' | 'weights' | 'learningRate', string> {
    const onName = (watched: WatchedName): unknown => this.watchedNames.set(watched.name, watched);
    return (this.watching ??= this.engine.compile(watchedStep(this.net, onName), this.stepInputs()));
  }

  private predictionProgram(rows: number): Program<'x', 'probs'> {
    const program =
      this.predictions.get(rows) ?? this.engine.compile(prediction(this.net), { x: this.stepInputs(rows).x });
    this.predictions.set(rows, program);
    return program;
  }

  /** The contexts of the training names in chunks: what thousands of names will mostly come by. */
  private *predictAll(rows: PredictionCache): Cooperative<void> {
    const { x, length } = this.splits.distinctOf('train')!;
    const [T, V] = [this.blockSize, this.vocabSize];
    const contexts = new Map<string, Tokens>();
    for (let i = 0; i < length && contexts.size < rows.most; i++) {
      const context = x.subarray(i * T, (i + 1) * T);
      contexts.set(context.join(), context);
    }
    const program = this.predictionProgram(this.chunkRows);
    const entries = [...contexts];
    for (let start = 0; start < entries.length; start += this.chunkRows) {
      const some = entries.slice(start, start + this.chunkRows);
      some.forEach(([, context], row) => program.in.x.set(context, row * T));
      program.run();
      const { probs } = program.out;
      some.forEach(([key], row) => rows.add(key, probs.slice(row * V, (row + 1) * V)));
      yield;
    }
  }

  private createVariables(specs: readonly ParameterSpec[]): Net['parameters'] {
    const create = ({ name, shape, init }: ParameterSpec) =>
      this.engine.variable(name, shape, init(this.generator, shape));
    return Object.fromEntries(specs.map(spec => [spec.name, create(spec)]));
  }

  private stepInputs(rows = this.fullBatch?.length ?? this.batchSize) {
    return {
      x: { shape: [rows, this.blockSize], dtype: 'int32' },
      y: { shape: [rows], dtype: 'int32' },
      weights: { shape: [rows], dtype: 'float32' },
      learningRate: { shape: [], dtype: 'float32' },
    } as const;
  }
}
