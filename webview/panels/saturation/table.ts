import { formatFixed, formatInteger } from '../../draw/format';
import type { Activations } from '../parts/activation-rows';
import type { SaturationMask } from './mask';

export const saturationColumns = ['neuron', 'rows saturated', '%', 'least |h| of train'] as const;

/** @param least by neuron, where the train split has been searched */
export function saturationRows(
  { rows }: Pick<Activations, 'rows'>,
  mask: SaturationMask,
  least?: Float32Array,
): string[][] {
  return Array.from(mask.times, (times, neuron) => [
    String(neuron),
    formatInteger(times),
    formatFixed((100 * times) / rows.length, 1),
    formatFixed(least?.[neuron], 4),
  ]);
}
