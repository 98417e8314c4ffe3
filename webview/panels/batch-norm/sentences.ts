import { at } from '../../../src/shared/at';
import type { BatchNormLook } from '../../../src/shared/inspection';
import { formatFixed, formatInteger } from '../../draw/format';
import { meanDisagreement } from './normalization';

export const batchNormColumns = ['neuron', 'batch mean', 'running', 'batch std', 'running', 'gain', 'bias'] as const;

export function batchNormRows(layer: BatchNormLook): string[][] {
  const { batchMean, runningMean, batchStd, runningStd, gain, bias } = layer;
  return Array.from(batchMean, (_, neuron) => [
    String(neuron),
    ...[batchMean, runningMean, batchStd, runningStd, gain, bias].map(values => formatNumber(at(values, neuron), 4)),
  ]);
}

/** So many times as far apart as chance makes them, the statistics are so by more than chance. */
const lagging = 1.5;

/**
 * Whether the running statistics lag. In which neuron they differ most is chance.
 *
 * @param batchSize whose mean strays from that of all by 1 / √batchSize standard deviations
 */
export function disagreementSentence(layer: BatchNormLook, batchSize: number): string {
  const apart = meanDisagreement(layer);
  if (!Number.isFinite(apart)) return '';
  const chance = 1 / Math.sqrt(batchSize);
  const what = `The means differ by ${formatNumber(apart, 2)} std on average`;
  const scatter = `chance has it in a batch of ${formatInteger(batchSize)} (${formatNumber(chance, 2)})`;
  return apart > lagging * chance
    ? `${what}, more than ${scatter}: the running statistics lag, and until they catch up the dev loss is too high.`
    : `${what}, about as ${scatter}.`;
}

/** With a minus that is as wide as a digit. */
export function formatNumber(value: number, digits: number): string {
  return formatFixed(value, digits).replace('-', '−');
}
