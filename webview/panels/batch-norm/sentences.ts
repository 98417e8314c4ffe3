import { at } from '../../../src/shared/at';
import type { BatchNormLook } from '../../../src/shared/inspection';
import { formatFixed } from '../../draw/format';
import { largestDisagreement } from './normalization';

export const batchNormColumns = ['neuron', 'batch mean', 'running', 'batch std', 'running', 'gain', 'bias'] as const;

export function batchNormRows(layer: BatchNormLook): string[][] {
  const { batchMean, runningMean, batchStd, runningStd, gain, bias } = layer;
  return Array.from(batchMean, (_, neuron) => [
    String(neuron),
    ...[batchMean, runningMean, batchStd, runningStd, gain, bias].map(values => formatNumber(at(values, neuron), 4)),
  ]);
}

/** "They differ most in neuron 17, whose std is 2.10 in the batch and 1.02 running." */
export function disagreementSentence(layer: BatchNormLook): string {
  const worst = largestDisagreement(layer);
  if (!worst) return 'The statistics of the batch and the running ones are the same.';
  const { of, neuron, batch, running } = worst;
  return `They differ most in neuron ${neuron}, whose ${of} is ${formatNumber(batch, 2)} in the batch and ${formatNumber(running, 2)} running.`;
}

/** With a minus that is as wide as a digit. */
export function formatNumber(value: number, digits: number): string {
  return formatFixed(value, digits).replace('-', '−');
}
