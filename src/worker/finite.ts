import type { BrokenStep } from '../shared/divergence';
import type { ModelState } from '../store/checkpoint';
import type { Trainer } from './trainer';

/** Whether all that a model has learned are numbers. */
export function isFiniteState({ variables }: ModelState): boolean {
  return Object.values(variables).every(({ values }) => values.every(Number.isFinite));
}

/** It takes a copy of the weights: too much for every step. */
export function hasFiniteWeights(trainer: Trainer): boolean {
  return isFiniteState(trainer.save());
}

/** A loss that is not finite. The last step has no loss after it, so that its weights tell. @param last step that was made */
export function brokenStep(trainer: Trainer, last: BrokenStep): BrokenStep | undefined {
  const { step, loss, learningRate } = last;
  if (!Number.isFinite(loss)) return { step, loss, learningRate };
  if (trainer.step < trainer.maxSteps || hasFiniteWeights(trainer)) return undefined;
  return { step: trainer.step, loss: NaN, learningRate };
}
