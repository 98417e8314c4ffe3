import type { Engine, Program } from '../engine/engine';
import {
  countExamples,
  createExamples,
  distinctExamples,
  type Examples,
  type Tokens,
  type WeightedExamples,
} from '../makemore/dataset';
import type { Cooperative, Predictor } from '../makemore/generate';
import { checkMemory } from '../makemore/memory';
import { need, type NeuralModel } from '../makemore/models/model';
import { learningRateAt } from '../makemore/optimizers';
import { evaluationLoss, prediction, trainingStep } from '../makemore/programs';
import { Generator } from '../makemore/random';
import type { Hyperparameters } from '../shared/hyperparameters';
import type { WatchedTensor } from '../shared/run';
import { PredictionCache } from './prediction-cache';
import type { SplitName, TrainedStep, Trainer, TrainingData } from './trainer';

/** Trains a net: draws a minibatch, runs one step of the engine. */
export class NeuralTrainer implements Trainer {
  readonly maxSteps: number;
  readonly blockSize: number;
  readonly examples: { train: number; dev: number | null; test: number | null };
  readonly parameters: { name: string; shape: number[] }[];
  step = 0;

  private readonly vocabSize: number;
  private readonly generator: Generator;
  private readonly splits: Record<SplitName, Examples | null>;
  private readonly distinct: Partial<Record<SplitName, WeightedExamples>> = {};
  private readonly batchSize: number;
  private readonly train: Program<'x' | 'y' | 'weights' | 'learningRate', 'loss'>;
  private readonly evaluation: Program<'x' | 'y' | 'weights', 'loss'>;
  private readonly one: Program<'x', 'probs'>;
  private readonly chunk: Program<'x', 'probs'>;
  private readonly chunkRows: number;

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
    this.chunkRows = Math.max(16, Math.min(1024, Math.floor(2 ** 24 / (this.vocabSize * (this.blockSize + 4)))));

    const all = [splits.train, splits.dev, splits.test].map(names => names ?? []);
    const size = {
      ...{ model, hyperparameters: h, vocabSize: this.vocabSize },
      names: all.reduce((sum, names) => sum + names.length, 0),
      examples: all.reduce((sum, names) => sum + countExamples(names), 0),
    };
    checkMemory({ ...size, rows: Math.max(this.batchSize, this.chunkRows) });
    const make = (names: readonly string[] | null): Examples | null =>
      names && createExamples(names, vocabulary, this.blockSize);
    const train = createExamples(splits.train, vocabulary, this.blockSize);
    this.splits = { train, dev: make(splits.dev), test: make(splits.test) };
    this.examples = {
      train: train.length,
      dev: this.splits.dev?.length ?? null,
      test: this.splits.test?.length ?? null,
    };

    const batch = this.batchSize || this.distinctOf('train', train).length;
    checkMemory({ ...size, rows: batch });
    const specs = model.parameters(h, this.vocabSize);
    this.parameters = specs.map(({ name, shape }) => ({ name, shape: [...shape] }));
    const variables = Object.fromEntries(
      specs.map(({ name, shape, init }) => [name, engine.variable(name, shape, init(this.generator, shape))]),
    );
    const inputs = (rows: number) =>
      ({
        x: { shape: [rows, this.blockSize], dtype: 'int32' },
        y: { shape: [rows], dtype: 'int32' },
        weights: { shape: [rows], dtype: 'float32' },
      }) as const;
    this.train = engine.compile(trainingStep(model, variables, h), {
      ...inputs(batch),
      learningRate: { shape: [], dtype: 'float32' },
    });
    this.evaluation = engine.compile(evaluationLoss(model, variables), inputs(this.chunkRows));
    this.one = engine.compile(prediction(model, variables), { x: inputs(1).x });
    this.chunk = engine.compile(prediction(model, variables), { x: inputs(this.chunkRows).x });
    if (this.batchSize === 0) fill(this.train.in, this.distinctOf('train', train), 0);
    else this.train.in.weights.fill(1 / this.batchSize);
  }

  trainStep(): TrainedStep {
    if (this.batchSize > 0) this.drawBatch();
    const learningRate = learningRateAt(this.step, this.h);
    this.train.in.learningRate[0] = learningRate;
    this.train.run();
    this.step++;
    return { loss: this.train.out.loss[0], learningRate };
  }

  *evaluate(split: SplitName): Cooperative<number | null> {
    const all = this.splits[split];
    if (!all) return null;
    const examples = this.distinctOf(split, all);
    let sum = 0;
    for (let start = 0; start < examples.length; start += this.chunkRows) {
      fill(this.evaluation.in, examples, start);
      this.evaluation.run();
      sum += this.evaluation.out.loss[0];
      yield;
    }
    return sum;
  }

  *predictor(many: boolean): Cooperative<Predictor> {
    const rows = new PredictionCache(this.vocabSize);
    if (many) yield* this.predictAll(rows);
    return context => {
      const key = context.join();
      const known = rows.get(key);
      if (known) return known;
      this.one.in.x.set(context);
      this.one.run();
      return rows.add(key, this.one.out.probs.slice());
    };
  }

  watched(names: readonly string[]): Record<string, WatchedTensor> {
    const wanted = this.parameters.filter(({ name }) => names.includes(name));
    return Object.fromEntries(wanted.map(({ name, shape }) => [name, { shape, values: this.engine.read(name) }]));
  }

  smooth(): false {
    return false; // regularisation plays that part, and changing it takes a new run
  }

  dispose(): void {
    this.engine.dispose();
  }

  /** `ix = torch.randint(0, Xtr.shape[0], (batch_size,), generator=g)` */
  private drawBatch(): void {
    const { x, y } = this.train.in;
    const examples = this.splits.train!;
    for (let row = 0; row < this.batchSize; row++) {
      const i = this.generator.randint(examples.length);
      for (let t = 0; t < this.blockSize; t++) x[row * this.blockSize + t] = examples.x[i * this.blockSize + t]!;
      y[row] = examples.y[i]!;
    }
  }

  private distinctOf(split: SplitName, examples: Examples): WeightedExamples {
    return (this.distinct[split] ??= distinctExamples(examples, this.vocabSize));
  }

  /** The contexts of the training names in chunks: what thousands of names will mostly come by. */
  private *predictAll(rows: PredictionCache): Cooperative<void> {
    const { x, length } = this.distinctOf('train', this.splits.train!);
    const [T, V] = [this.blockSize, this.vocabSize];
    const contexts = new Map<string, Tokens>();
    for (let i = 0; i < length && contexts.size < rows.most; i++) {
      const context = x.subarray(i * T, (i + 1) * T);
      contexts.set(context.join(), context);
    }
    const entries = [...contexts];
    for (let start = 0; start < entries.length; start += this.chunkRows) {
      const some = entries.slice(start, start + this.chunkRows);
      some.forEach(([, context], row) => this.chunk.in.x.set(context, row * T));
      this.chunk.run();
      const { probs } = this.chunk.out;
      some.forEach(([key], row) => rows.add(key, probs.slice(row * V, (row + 1) * V)));
      yield;
    }
  }
}

/** Examples from `start` on into a program's inputs; rows past the end weigh nothing. */
function fill(
  { x, y, weights }: Record<'x' | 'y' | 'weights', Float32Array | Int32Array>,
  examples: WeightedExamples,
  start: number,
): void {
  const end = Math.min(examples.length, start + y.length);
  x.fill(0).set(examples.x.subarray(start * examples.blockSize, end * examples.blockSize));
  y.fill(0).set(examples.y.subarray(start, end));
  if (typeof examples.weights === 'number') weights.fill(0).fill(examples.weights, 0, end - start);
  else weights.fill(0).set(examples.weights.subarray(start, end));
}
