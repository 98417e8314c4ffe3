import { InputError } from './errors';
import type { Hyperparameters } from './hyperparameters';

/** What to train with instead. */
export interface Remedy {
  readonly hyperparameters?: Hyperparameters;
  /** Names of more characters are to be left out. */
  readonly maxLength?: number;
}

/** A run that would take more memory than it may, and what helps. */
export class MemoryRefusal extends InputError {
  /**
   * @param reason a sentence with the size
   * @param advice a sentence without its period, so that a flag or a setting can be named behind it
   */
  constructor(
    readonly reason: string,
    readonly advice: string,
    readonly remedy: Remedy,
  ) {
    super(`${reason} ${advice}.`);
  }
}
