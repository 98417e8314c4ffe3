import type { Splits } from '../makemore/dataset';
import type { Cooperative, Predictor } from '../makemore/generate';
import type { TorchGenerator } from '../makemore/random';
import type { Inspection, LeastActivations, Watch } from '../shared/inspection';
import type { Purpose } from '../shared/run';
import type { Vocabulary } from '../shared/vocabulary';
import type { ModelState } from '../store/checkpoint';

export type SplitName = 'train' | 'dev' | 'test';

/** A model with its data: what a thread or a terminal drives step by step. */
export interface Trainer {
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly maxSteps: number;
  /** Characters that a prediction looks at. */
  readonly blockSize: number;
  /** Updates made so far. */
  readonly step: number;
  /** What executes the steps, with its instructions. */
  readonly flavor: string;
  /** Layers that normalize. */
  readonly batchNorms: number;
  /** The least loss that the batch allows, where one batch is fitted. */
  readonly floor?: number | undefined;
  /**
   * One update.
   *
   * @param watched whether `inspect` will be asked about it: what is inside is kept only where somebody looks
   * @returns the loss before it
   */
  trainStep(watched?: boolean): TrainedStep;
  /** Mean nats per character over a whole split, in chunks; null where there is no such split. */
  evaluate(split: SplitName, statistics?: 'running' | 'calibrated'): Cooperative<number | null>;
  /** Gives the layers that normalize the statistics of the whole train split, beside the running ones. */
  calibrate(): Cooperative<void>;
  /** Probabilities under the present weights. @param many whether thousands of names will be drawn. */
  predictor(many: boolean): Cooperative<Predictor>;
  /**
   * What is asked for, under the present weights; names that the model lacks are passed over. Where the last step was
   * not watched, the next one is tried and taken back.
   */
  inspect(watch: Watch): Inspection;
  /** Goes through the whole train split; the weights must not change meanwhile. */
  leastActivations(): Cooperative<LeastActivations>;
  /** Copies of all by which training goes on. */
  save(): ModelState;
  /** @throws Error where it is the state of another model */
  restore(saved: ModelState): void;
  /** What the engine executes at each step, for people. */
  printProgram(): string;
  /** Sets the count added to each n-gram. @returns whether the model counts; others do not listen */
  smooth(smoothing: number): boolean;
  dispose(): void;
}

export interface TrainedStep {
  readonly loss: number;
  readonly learningRate: number;
}

/** What a model's trainer needs of the data. */
export interface TrainingData {
  readonly splits: Splits;
  readonly vocabulary: Vocabulary;
  /** Draws the weights next, as PyTorch's would. */
  readonly generator: TorchGenerator;
  readonly purpose: Purpose;
}
