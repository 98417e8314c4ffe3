import { at } from '../../../src/shared/at';
import { divergenceOf } from '../../../src/shared/divergence';
import { rangeTestExponent } from '../../../src/shared/learning-rate';
import type { Preset } from '../../../src/shared/presets';
import type { LossHistory } from '../../../src/shared/run-state';
import { formatInteger } from '../../draw/format';
import { formatRate } from './picture';
import { reach, suggestLearningRate, type Suggestion } from './range-test';

/** What the range test has found, in sentences; it suggests nothing where the losses say nothing about the rate. */
export interface Findings {
  readonly sentence: string;
  readonly suggestion?: Suggestion;
}

/** Means that differ by more standard errors than this do not differ by chance. */
const mostErrors = 6;

export function findingsOf(
  losses: LossHistory,
  smoothed: Float64Array,
  preset: Preset | undefined,
  batchNorms: number,
): Findings {
  const values = losses.values.subarray(0, losses.length);
  const broken = values.findIndex(loss => !Number.isFinite(loss));
  const ending = broken < 0 ? undefined : breakOf(broken, at(values, broken), preset, batchNorms);
  if (ending?.reason !== undefined) return { sentence: `${ending.sentence} It is not the rate: ${ending.reason}` };

  const suggestion = suggestLearningRate(smoothed);
  const behind = ending ? ` ${ending.sentence}` : '';
  if (!suggestion) return { sentence: `There is no loss to choose by.${behind}` };
  if (!ending && isFlat(values, smoothed)) return { sentence: 'The loss does not depend on the rate.' };
  const lowest = `The smoothed loss, a mean of ${2 * reach + 1} steps, is lowest at ${formatRate(suggestion)}: this is the suggestion.`;
  if (ending || suggestion.rises) return { sentence: lowest + behind, suggestion };
  return { sentence: `${lowest} It was still falling at the end, so a larger rate may be better.`, suggestion };
}

/** Where the losses break off; the reason is missing if the rate is one. */
function breakOf(
  step: number,
  loss: number,
  preset: Preset | undefined,
  batchNorms: number,
): { sentence: string; reason?: string } {
  const learningRate = 10 ** rangeTestExponent(step);
  const sentence = `From step ${formatInteger(step)} on, at a rate of ${Number(learningRate.toPrecision(2))}, the loss is not a number.`;
  const divergence = preset && divergenceOf(preset, { step, loss, learningRate }, batchNorms);
  return !divergence || 'learningRate' in divergence.remedy ? { sentence } : { sentence, reason: divergence.reason };
}

/** Whether the smoothed losses differ by no more than the noise of the minibatches. */
function isFlat(values: Float32Array, smoothed: Float64Array): boolean {
  const range = Math.max(...smoothed) - Math.min(...smoothed);
  const squares = values.reduce((sum, loss, step) => sum + (loss - at(smoothed, step)) ** 2, 0);
  return range <= mostErrors * Math.sqrt(squares / values.length / (2 * reach + 1));
}
