import type { Splits } from '../makemore/dataset';
import type { Cooperative, Predictor } from '../makemore/generate';
import type { TorchGenerator } from '../makemore/random';
import type { Inspection, LeastActivations, Watch } from '../shared/inspection';
import type { Lengths } from '../shared/names';
import type { LongName, Purpose } from '../shared/run';
import type { Vocabulary } from '../shared/vocabulary';
import type { ModelState } from '../store/checkpoint';

export type SplitName = 'train' | 'dev' | 'test';

/** A model with its data, which a thread or a terminal trains step by step. */
export interface Trainer {
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly maxSteps: number;
  /** How many characters a prediction looks at. */
  readonly blockSize: number;
  /** Updates made so far. */
  readonly step: number;
  /** Which engine executes the steps, and with which instructions. */
  readonly flavor: string;
  /** The most bytes that the run is expected to take. */
  readonly memory: number;
  /** The one name that makes every step dearer, if there is one. */
  readonly longName?: LongName | undefined;
  /** How many layers normalize. */
  readonly batchNorms: number;
  /** The least loss that the batch allows, if one batch is fitted. */
  readonly floor?: number | undefined;
  /**
   * One update.
   *
   * @param watched whether `inspect` will be called for it, so that what it shows has to be kept
   * @returns the loss before the update
   */
  trainStep(watched?: boolean): TrainedStep;
  /** Mean nats per character over a whole split, in chunks; null if there is no such split. */
  evaluate(split: SplitName, statistics?: 'running' | 'calibrated'): Cooperative<number | null>;
  /** Gives the layers that normalize the statistics of the whole train split, in addition to the running ones. */
  calibrate(): Cooperative<void>;
  /** Predictions with the current weights. @param many whether thousands of names will be drawn */
  predictor(many: boolean): Cooperative<Predictor>;
  /**
   * What is asked for, with the current weights; tensors that the model lacks are left out. If the last step was not
   * watched, the next one is run and undone.
   */
  inspect(watch: Watch): Inspection;
  /** Goes through the whole train split; the weights must not change meanwhile. */
  leastActivations(): Cooperative<LeastActivations>;
  /** Copies of everything that training needs to go on. */
  save(): ModelState;
  /** @throws InputError if it is the state of another model */
  restore(saved: ModelState): void;
  /** What the engine executes at each step, for people to read. */
  printProgram(): string;
  /** Sets the count added to each n-gram. @returns whether the model counts; other models ignore it */
  smooth(smoothing: number): boolean;
  dispose(): void;
}

export interface TrainedStep {
  readonly loss: number;
  readonly learningRate: number;
}

/** What a trainer needs of the data. */
export interface TrainingData {
  readonly splits: Splits;
  readonly vocabulary: Vocabulary;
  /** It draws the weights next, as in PyTorch. */
  readonly generator: TorchGenerator;
  readonly purpose: Purpose;
  /** How many of the names that were read differ, used or not. */
  readonly distinct: number;
  /** Of all names of the file. */
  readonly lengths: Lengths;
  /** The most bytes that the run may take. */
  readonly memoryLimit: number;
}
