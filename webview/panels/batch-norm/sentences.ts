import type { BatchNormLook } from '../../../src/shared/inspection';
import { formatFixed } from '../../draw/format';
import { largestDisagreement } from './normalization';

export const batchNormColumns = ['neuron', 'batch mean', 'running', 'batch std', 'running', 'gain', 'bias'] as const;

export function batchNormRows(layer: BatchNormLook): string[][] {
  const { batchMean, runningMean, batchStd, runningStd, gain, bias } = layer;
  return Array.from(batchMean.keys(), neuron => [
    String(neuron),
    ...[batchMean, runningMean, batchStd, runningStd, gain, bias].map(values => formatNumber(values[neuron], 4)),
  ]);
}

/** "They differ most in neuron 17, whose std is 2.10 in the batch and 1.02 running." */
export function disagreementSentence(layer: BatchNormLook): string {
  const worst = largestDisagreement(layer);
  if (!worst) return 'The statistics of the batch and the running ones are the same.';
  const { of, neuron, batch, running } = worst;
  return `They differ most in neuron ${neuron}, whose ${of} is ${formatNumber(batch, 2)} in the batch and ${formatNumber(running, 2)} running.`;
}

/** With a minus of the same width as a plus. */
export function formatNumber(value: number, digits: number): string {
  return formatFixed(value, digits).replace('-', '−');
}
