import { formatFixed, formatInteger } from '../../draw/format';
import type { Activations } from './activation-rows';
import type { SaturationMask } from './mask';

export const saturationColumns = ['neuron', 'rows saturated', '%', 'least |h| of train'] as const;

/** @param least by neuron, where the train split has been searched */
export function saturationRows({ width, rows }: Activations, mask: SaturationMask, least?: Float32Array): string[][] {
  return Array.from({ length: width }, (_, neuron) => [
    String(neuron),
    formatInteger(mask.times[neuron]),
    formatFixed((100 * mask.times[neuron]) / rows.length, 1),
    formatFixed(least?.[neuron], 4),
  ]);
}
