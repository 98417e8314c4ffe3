import { at } from '../../../src/shared/at';
import { divergenceOf, hockeyStick } from '../../../src/shared/divergence';
import { rangeTestRate, rateRangeOf } from '../../../src/shared/learning-rate';
import type { Preset } from '../../../src/shared/presets';
import type { LossHistory } from '../../../src/shared/run-state';
import type { RunInfo } from '../../../src/shared/run';
import { formatFixed, formatInteger } from '../../draw/format';
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
  preset: Preset,
  { batchNorms, vocabSize }: Pick<RunInfo, 'batchNorms' | 'vocabSize'>,
): Findings {
  const values = losses.values.subarray(0, losses.length);
  const broken = values.findIndex(loss => !Number.isFinite(loss));
  const ending = broken < 0 ? undefined : breakOf(broken, at(values, broken), preset, batchNorms);
  if (ending?.reason !== undefined) return { sentence: `${ending.sentence} It is not the rate: ${ending.reason}` };

  const behind = ending ? ` ${ending.sentence}` : '';
  if (!smoothed.some(Number.isFinite)) return { sentence: `There is no loss to choose by.${behind}` };
  if (!ending && isFlat(values, smoothed)) return { sentence: 'The loss does not depend on the rate.' };
  const suggestion = suggestLearningRate(smoothed, rateRangeOf(preset.hyperparameters));
  if (!suggestion) return { sentence: `The loss only rises: all these rates are too high.${behind}` };
  const { suggested, steepest, lowest, rises } = suggestion;
  const sentences = [
    `The smoothed loss, a mean of ${2 * reach + 1} steps without outliers, falls most steeply at ${formatRate(steepest)}, and at least half as steeply up to ${formatRate(suggested)}: this is the suggestion.`,
    ending || rises
      ? `It is lowest at ${formatRate(lowest)}, where training is about to become unstable.`
      : `It is lowest at ${formatRate(lowest)}, and was still falling at the end, so a larger rate may be better.`,
  ];
  const uniform = Math.log(vocabSize);
  if (at(values, 0) > uniform + hockeyStick)
    sentences.push(
      `The first loss lies far above ln ${vocabSize} = ${formatFixed(uniform, 2)}: most of the fall is only the logits being squashed, so a larger rate may be better.`,
    );
  return { sentence: sentences.join(' ') + behind, suggestion };
}

/** Where the losses break off; the reason is missing if the rate is one. */
function breakOf(
  step: number,
  loss: number,
  preset: Preset,
  batchNorms: number,
): { sentence: string; reason?: string } {
  const learningRate = rangeTestRate(step, preset.hyperparameters);
  const sentence = `From step ${formatInteger(step)} on, at a rate of ${Number(learningRate.toPrecision(2))}, the loss is not a number.`;
  const { remedy, reason } = divergenceOf(preset, { step, loss, learningRate }, batchNorms);
  return 'learningRate' in remedy ? { sentence } : { sentence, reason };
}

/** Whether the smoothed losses differ by no more than the noise of the minibatches. */
function isFlat(values: Float32Array, smoothed: Float64Array): boolean {
  const range = Math.max(...smoothed) - Math.min(...smoothed);
  const squares = values.reduce((sum, loss, step) => sum + (loss - at(smoothed, step)) ** 2, 0);
  return range <= mostErrors * Math.sqrt(squares / values.length / (2 * reach + 1));
}
