import type { Predictor } from '../makemore/generate';
import { checkMemory } from '../makemore/memory';
import { need, type CountingModel } from '../makemore/models/model';
import { negativeLogLikelihood, nextProbabilities } from '../makemore/ngrams';
import type { Hyperparameters } from '../shared/hyperparameters';
import type { Inspection, LeastActivations, Watch } from '../shared/inspection';
import { countNgrams, type NgramCounts } from '../shared/ngram-counts';
import type { Vocabulary } from '../shared/vocabulary';
import type { ModelState } from '../store/checkpoint';
import { PredictionCache } from './prediction-cache';
import type { Trainer, TrainingData } from './trainer';
import { walkThroughTable } from './walker';

/** A counting model is there at once: it has no steps, only a smoothing that can be changed. */
export class CountingTrainer implements Trainer {
  readonly maxSteps = 0;
  readonly step = 0;
  readonly batchNorms = 0;
  readonly flavor = 'counting';
  readonly floor = undefined;
  readonly blockSize: number;
  readonly examples;
  readonly parameters;
  private readonly vocabulary: Vocabulary;
  private readonly counts: NgramCounts;
  private smoothing: number;

  constructor(model: CountingModel, hyperparameters: Hyperparameters, { splits, vocabulary }: TrainingData) {
    this.vocabulary = vocabulary;
    const vocabSize = vocabulary.itos.length;
    checkMemory({
      model,
      hyperparameters,
      vocabSize,
      blockSize: model.order - 1,
      names: splits.train.length,
      examples: 0,
      rows: 0,
    });
    this.counts = countNgrams(splits.train, vocabulary, model.order);
    this.smoothing = need(hyperparameters, 'smoothing');
    this.blockSize = model.order - 1;
    this.examples = { train: this.counts.total, dev: null, test: null };
    this.parameters = [{ name: 'N', shape: Array.from({ length: model.order }, () => vocabSize) }];
  }

  trainStep(): never {
    throw new Error('A counting model has no steps.');
  }

  // eslint-disable-next-line require-yield -- a sum over a table is done before anybody would notice
  *evaluate(split: 'train' | 'dev' | 'test'): Generator<undefined, number | null, undefined> {
    return split === 'train' ? negativeLogLikelihood(this.counts, this.smoothing) : null;
  }

  *calibrate(): Generator<undefined, void, undefined> {
    // It has no statistics.
  }

  // eslint-disable-next-line require-yield -- there is nothing to be computed beforehand
  *predictor(): Generator<undefined, Predictor, undefined> {
    const rows = new PredictionCache(this.counts.vocabSize);
    const T = this.blockSize;
    return characters => {
      const context = Array.from({ length: T }, (_, t) => characters[characters.length - T + t] ?? 0);
      const key = context.join();
      return rows.get(key) ?? rows.add(key, nextProbabilities(this.counts, this.smoothing, context));
    };
  }

  inspect({ walk }: Watch): Inspection {
    const predict = (context: readonly number[]): Float32Array =>
      nextProbabilities(this.counts, this.smoothing, context);
    const T = this.blockSize;
    return {
      step: 0,
      ahead: false,
      tensors: {},
      ...(walk && { walk: walkThroughTable(walk, this.vocabulary, T, predict) }),
    };
  }

  // eslint-disable-next-line require-yield -- there is nothing to go through
  *leastActivations(): Generator<undefined, LeastActivations, undefined> {
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
    // Holds nothing outside the garbage collector's reach.
  }
}
