import type { Cooperative, Predictor } from '../makemore/generate';
import type { CountingModel } from '../makemore/models/model';
import { negativeLogLikelihood, nextLogits, nextProbabilities } from '../makemore/ngrams';
import { InputError } from '../shared/errors';
import { valuesOf, type Hyperparameters } from '../shared/hyperparameters';
import type { Inspection, LeastActivations, Watch } from '../shared/inspection';
import { contextLength } from '../shared/models';
import { countNgrams, type NgramCounts } from '../shared/ngram-counts';
import { decode, type Vocabulary } from '../shared/vocabulary';
import type { ModelState } from '../store/checkpoint';
import { checkMemory } from './check-memory';
import { PredictionCache } from './prediction-cache';
import { countAll } from './split-examples';
import type { SplitName, Trainer, TrainingData } from './trainer';
import { walkThroughTable } from './walker';

/** A counting model is complete at once: it has no steps, only a smoothing that can be changed. */
export class CountingTrainer implements Trainer {
  readonly maxSteps = 0;
  readonly step = 0;
  readonly batchNorms = 0;
  readonly flavor = 'counting';
  readonly floor = undefined;
  readonly longName = undefined;
  readonly blockSize: number;
  readonly memory: number;
  readonly examples;
  readonly parameters;
  private readonly vocabulary: Vocabulary;
  private readonly counts: NgramCounts;
  private smoothing: number;

  constructor(
    model: CountingModel,
    hyperparameters: Hyperparameters,
    { splits, vocabulary, lengths, distinct, memoryLimit }: TrainingData,
  ) {
    this.vocabulary = vocabulary;
    const vocabSize = vocabulary.itos.length;
    const blockSize = contextLength(model.id, hyperparameters, splits.train);
    const order = blockSize + 1;
    const facts = { model, hyperparameters, engine: 'compiled', vocabSize, blockSize, rows: 0 } as const;
    this.memory = checkMemory({ ...facts, ...countAll(splits), distinct }, lengths, memoryLimit);
    this.counts = countNgrams(splits.train, vocabulary, order);
    this.smoothing = valuesOf(hyperparameters, model.hyperparameters).smoothing;
    this.blockSize = blockSize;
    this.examples = { train: this.counts.total, dev: null, test: null };
    this.parameters = [{ name: 'N', shape: Array.from({ length: order }, () => vocabSize) }];
  }

  trainStep(): never {
    throw new Error('A counting model has no steps.');
  }

  // eslint-disable-next-line require-yield -- a sum over a table is done before anybody would notice
  *evaluate(split: SplitName): Cooperative<number | null> {
    return split === 'train' ? negativeLogLikelihood(this.counts, this.smoothing) : null;
  }

  *calibrate(): Cooperative<void> {
    // It has no statistics.
  }

  // eslint-disable-next-line require-yield -- there is nothing to compute beforehand
  *predictor(): Cooperative<Predictor> {
    const rows = new PredictionCache(this.counts.vocabSize);
    const T = this.blockSize;
    return characters => {
      const context = Array.from({ length: T }, (_, t) => characters[characters.length - T + t] ?? 0);
      const key = context.join();
      return rows.get(key) ?? rows.add(key, this.given(context, nextLogits));
    };
  }

  inspect({ walk }: Watch): Inspection {
    const predict = (context: readonly number[]): Float32Array => this.given(context, nextProbabilities);
    const T = this.blockSize;
    return {
      step: 0,
      ahead: false,
      tensors: {},
      ...(walk && { walk: walkThroughTable(walk, this.vocabulary, T, predict) }),
    };
  }

  /** The row of a context. @throws InputError where nothing follows and no smoothing helps: that would be 0 / 0 */
  private given<R extends Float32Array | Float64Array>(
    context: readonly number[],
    rowOf: (counts: NgramCounts, smoothing: number, context: readonly number[]) => R,
  ): R {
    const row = rowOf(this.counts, this.smoothing, context);
    if (row.some(value => value > -Infinity)) return row;
    const characters = decode(
      context.filter(token => token !== 0),
      this.vocabulary,
    );
    const never = context.includes(0) ? `No name begins with "${characters}"` : `Nothing ever follows "${characters}"`;
    throw new InputError(
      `${never} in this file, so with smoothing 0 there is no probability: raise the smoothing or take another prefix.`,
      { option: 'smoothing' },
    );
  }

  // eslint-disable-next-line require-yield -- there is nothing to go through
  *leastActivations(): Cooperative<LeastActivations> {
    return { step: 0, layers: [] };
  }

  save(): ModelState {
    return { step: 0, variables: {}, smoothing: this.smoothing };
  }

  restore({ smoothing }: ModelState): void {
    if (smoothing !== undefined) this.smoothing = smoothing;
  }

  printProgram(): string {
    return 'A counting model has no program.';
  }

  smooth(smoothing: number): true {
    this.smoothing = smoothing;
    return true;
  }

  dispose(): void {
    // It holds nothing outside the garbage collector's reach.
  }
}
