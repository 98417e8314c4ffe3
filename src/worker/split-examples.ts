import type { Program, TensorSpec } from '../engine/engine';
import {
  countExamples,
  createExamples,
  createSequences,
  distinctExamples,
  type Examples,
  type Sequences,
  type Splits,
  type WeightedExamples,
} from '../makemore/dataset';
import type { TorchGenerator } from '../makemore/random';
import type { Vocabulary } from '../shared/vocabulary';
import type { SplitName } from './trainer';

/** The inputs of a program that are a batch: filled by a source of examples, then written to the program. */
export interface BatchInputs {
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly weights: Float32Array;
}

/** @param targets of one row */
export function batchSpecs(rows: number, blockSize: number, targets: number) {
  return {
    x: { shape: [rows, blockSize], dtype: 'int32' },
    y: { shape: [rows * targets], dtype: 'int32' },
    weights: { shape: [rows * targets], dtype: 'float32' },
  } as const;
}

/** @param inputs of the program that the batch is for */
export function emptyBatch(inputs: Record<keyof BatchInputs, TensorSpec>): BatchInputs {
  const numbers = (name: keyof BatchInputs): number => inputs[name].shape.reduce((product, n) => product * n, 1);
  return {
    x: new Int32Array(numbers('x')),
    y: new Int32Array(numbers('y')),
    weights: new Float32Array(numbers('weights')),
  };
}

export function writeBatch(program: Program<keyof BatchInputs, string>, batch: BatchInputs): void {
  for (const name of ['x', 'y', 'weights'] as const) program.write(name, batch[name]);
}

/** The examples of a run, which fill batches. */
export interface ExampleSource {
  /** How many there are; null for a split that does not exist. */
  readonly counts: { readonly train: number; readonly dev: number | null; readonly test: number | null };
  /** Targets of one example: rows of `y` and `weights`. */
  readonly targets: number;
  /** A minibatch: `ix = torch.randint(0, n, (batch_size,), generator=g)`. */
  drawBatch(inputs: BatchInputs, g: TorchGenerator): void;
  /** Rows of a batch that holds all training examples. */
  fullBatchRows(): number;
  fillFullBatch(inputs: BatchInputs): void;
  /** Rows in which a split is evaluated, which may be its distinct examples; null if it does not exist. */
  rowsOf(split: SplitName): number | null;
  /** Rows of a split from `start` on, weighted by their share in it; rows past the end weigh nothing. */
  fill(inputs: BatchInputs, split: SplitName, start: number): void;
}

type PerSplit<T> = Readonly<Record<SplitName, T | null> & { train: T }>;

function perSplit<T>({ train, dev, test }: Splits, make: (names: readonly string[]) => T): PerSplit<T> {
  return { train: make(train), dev: dev && make(dev), test: test && make(test) };
}

function existing<T>(splits: PerSplit<T>, split: SplitName): T {
  const found = splits[split];
  if (found === null) throw new Error(`There is no ${split} split.`);
  return found;
}

/** Contexts and what follows them, as in the lectures. */
export class ContextSource implements ExampleSource {
  readonly counts;
  readonly targets = 1;
  private readonly splits;
  private readonly distinct = new Map<Examples, WeightedExamples>();

  constructor(
    splits: Splits,
    private readonly vocabulary: Vocabulary,
    private readonly blockSize: number,
    /** Whether a full batch repeats equal examples, as it must if its statistics matter. */
    private readonly repeats: boolean,
  ) {
    this.splits = perSplit(splits, names => createExamples(names, vocabulary, blockSize));
    const { train, dev, test } = this.splits;
    this.counts = { train: train.length, dev: dev?.length ?? null, test: test?.length ?? null };
  }

  drawBatch({ x, y, weights }: BatchInputs, g: TorchGenerator): void {
    const { train } = this.splits;
    const T = this.blockSize;
    // In bounds: i is the row of an example of T characters.
    for (let row = 0; row < y.length; row++) {
      const i = g.randint(train.length);
      for (let t = 0; t < T; t++) x[row * T + t] = train.x[i * T + t]!;
      y[row] = train.y[i]!;
    }
    weights.fill(1 / y.length);
  }

  fullBatchRows(): number {
    return this.fullBatch().length;
  }

  fillFullBatch(inputs: BatchInputs): void {
    fillRows(inputs, this.fullBatch(), 0);
  }

  rowsOf(split: SplitName): number | null {
    const examples = this.splits[split];
    return examples && this.distinctOf(examples).length;
  }

  fill(inputs: BatchInputs, split: SplitName, start: number): void {
    fillRows(inputs, this.distinctOf(existing(this.splits, split)), start);
  }

  /** Contexts of the training names. */
  contexts(): Examples {
    return this.distinctOf(this.splits.train);
  }

  private fullBatch(): WeightedExamples {
    const { train } = this.splits;
    return this.repeats ? { ...train, weights: 1 / train.length } : this.distinctOf(train);
  }

  private distinctOf(examples: Examples): WeightedExamples {
    const distinct = this.distinct.get(examples) ?? distinctExamples(examples, this.vocabulary.itos.length);
    this.distinct.set(examples, distinct);
    return distinct;
  }
}

function fillRows({ x, y, weights }: BatchInputs, examples: WeightedExamples, start: number): void {
  const { blockSize } = examples;
  const end = Math.min(examples.length, start + y.length);
  x.fill(0).set(examples.x.subarray(start * blockSize, end * blockSize));
  y.fill(0).set(examples.y.subarray(start, end));
  if (typeof examples.weights === 'number') weights.fill(0).fill(examples.weights, 0, end - start);
  else weights.fill(0).set(examples.weights.subarray(start, end));
}

/** Names of a split, each once. */
interface DistinctSequences {
  readonly sequences: Sequences;
  /** How often each of them occurs. */
  readonly times: Uint32Array;
  /** Which of them each name of the split is. */
  readonly rows: Int32Array;
  /** Targets of all names of the split. */
  readonly targets: number;
}

function distinctSequences(names: readonly string[], vocabulary: Vocabulary, blockSize: number): DistinctSequences {
  const rowOf = new Map<string, number>();
  const rows = Int32Array.from(names, name => {
    const row = rowOf.get(name) ?? rowOf.size;
    rowOf.set(name, row);
    return row;
  });
  const times = new Uint32Array(rowOf.size);
  for (const row of rows) times[row]!++; // in bounds: each is one of them
  return {
    sequences: createSequences([...rowOf.keys()], vocabulary, blockSize),
    times,
    rows,
    targets: countExamples(names),
  };
}

/** Whole names, as in makemore.py: every character is a target, and so is the end. */
export class SequenceSource implements ExampleSource {
  readonly counts;
  readonly targets: number;
  private readonly splits: PerSplit<DistinctSequences>;

  constructor(splits: Splits, vocabulary: Vocabulary, blockSize: number) {
    this.targets = blockSize;
    this.splits = perSplit(splits, names => distinctSequences(names, vocabulary, blockSize));
    const { train, dev, test } = this.splits;
    this.counts = { train: train.rows.length, dev: dev?.rows.length ?? null, test: test?.rows.length ?? null };
  }

  drawBatch(inputs: BatchInputs, g: TorchGenerator): void {
    const { sequences, rows } = this.splits.train;
    const B = inputs.y.length / this.targets;
    let targets = 0;
    // in bounds: what is drawn is less than the number of rows
    for (let row = 0; row < B; row++) targets += this.copyRow(inputs, row, sequences, rows[g.randint(rows.length)]!, 1);
    for (let i = 0; i < inputs.weights.length; i++) inputs.weights[i]! /= targets;
  }

  fullBatchRows(): number {
    return this.splits.train.sequences.length;
  }

  fillFullBatch(inputs: BatchInputs): void {
    this.fill(inputs, 'train', 0);
  }

  rowsOf(split: SplitName): number | null {
    return this.splits[split]?.sequences.length ?? null;
  }

  fill(inputs: BatchInputs, split: SplitName, start: number): void {
    const { sequences, times, targets } = existing(this.splits, split);
    const B = inputs.y.length / this.targets;
    inputs.x.fill(0);
    inputs.y.fill(-1);
    inputs.weights.fill(0);
    for (let row = 0; row < Math.min(B, sequences.length - start); row++)
      this.copyRow(inputs, row, sequences, start + row, (times[start + row] ?? 0) / targets);
  }

  /** In bounds: sequence i has T characters. @returns how many targets the name has; the ones after them are -1 */
  private copyRow(
    { x, y, weights }: BatchInputs,
    row: number,
    sequences: Sequences,
    i: number,
    weight: number,
  ): number {
    const T = this.targets;
    const length = sequences.lengths[i]!;
    for (let t = 0; t < T; t++) {
      x[row * T + t] = sequences.x[i * T + t]!;
      y[row * T + t] = t < length ? sequences.x[i * T + t + 1]! : t === length ? 0 : -1;
      weights[row * T + t] = t <= length ? weight : 0;
    }
    return length + 1;
  }
}

/** Names of all splits, and their characters and ends. */
export function countAll({ train, dev, test }: Splits): { names: number; characters: number } {
  const all = [train, dev ?? [], test ?? []];
  return {
    names: all.reduce((sum, names) => sum + names.length, 0),
    characters: all.reduce((sum, names) => sum + countExamples(names), 0),
  };
}
