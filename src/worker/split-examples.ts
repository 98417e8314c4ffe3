import {
  countExamples,
  createExamples,
  distinctExamples,
  type Examples,
  type Splits,
  type WeightedExamples,
} from '../makemore/dataset';
import type { Generator } from '../makemore/random';
import type { Vocabulary } from '../makemore/vocabulary';
import type { SplitName } from './trainer';

export type BatchInputs = Record<'x' | 'y' | 'weights', Float32Array | Int32Array>;

/** The examples of each split, as they are and each distinct one once. */
export class SplitExamples {
  readonly train: Examples;
  private readonly all: Record<SplitName, Examples | null>;
  private readonly distinct: Partial<Record<SplitName, WeightedExamples>> = {};

  constructor(
    splits: Splits,
    private readonly vocabulary: Vocabulary,
    blockSize: number,
  ) {
    const make = (names: readonly string[]): Examples => createExamples(names, vocabulary, blockSize);
    this.train = make(splits.train);
    this.all = { train: this.train, dev: splits.dev && make(splits.dev), test: splits.test && make(splits.test) };
  }

  /** How many there are; null where there is no such split. */
  counts(): { train: number; dev: number | null; test: number | null } {
    return { train: this.train.length, dev: this.all.dev?.length ?? null, test: this.all.test?.length ?? null };
  }

  distinctOf(split: SplitName): WeightedExamples | null {
    const examples = this.all[split];
    return examples && (this.distinct[split] ??= distinctExamples(examples, this.vocabulary.itos.length));
  }
}

export function countAll({ train, dev, test }: Splits): { names: number; examples: number } {
  const all = [train, dev ?? [], test ?? []];
  return {
    names: all.reduce((sum, names) => sum + names.length, 0),
    examples: all.reduce((sum, names) => sum + countExamples(names), 0),
  };
}

/** A minibatch: `ix = torch.randint(0, Xtr.shape[0], (batch_size,), generator=g)`. */
export function drawBatch({ x, y, weights }: BatchInputs, examples: Examples, g: Generator): void {
  const T = examples.blockSize;
  for (let row = 0; row < y.length; row++) {
    const i = g.randint(examples.length);
    for (let t = 0; t < T; t++) x[row * T + t] = examples.x[i * T + t]!;
    y[row] = examples.y[i]!;
  }
  weights.fill(1 / y.length);
}

/** Examples from `start` on; rows past the end weigh nothing. */
export function fillBatch({ x, y, weights }: BatchInputs, examples: WeightedExamples, start: number): void {
  const end = Math.min(examples.length, start + y.length);
  x.fill(0).set(examples.x.subarray(start * examples.blockSize, end * examples.blockSize));
  y.fill(0).set(examples.y.subarray(start, end));
  if (typeof examples.weights === 'number') weights.fill(0).fill(examples.weights, 0, end - start);
  else weights.fill(0).set(examples.weights.subarray(start, end));
}
