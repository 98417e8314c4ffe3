import type { LeastActivations } from '../../../src/shared/inspection';
import type { Activations } from './activation-rows';

/** Which values of a tanh layer lie beyond a threshold, where hardly any gradient passes. */
export interface SaturationMask {
  /** (rows, width): `h.abs() > threshold`, as 1 and 0. */
  readonly mask: Uint8Array;
  /** By neuron: rows in which it is saturated. */
  readonly times: Uint32Array;
  /** Of all values, from 0 to 1. */
  readonly share: number;
  /** Neurons that are saturated in every row. */
  readonly throughout: readonly number[];
}

export function saturationMask({ values, width, rows }: Activations, threshold: number): SaturationMask {
  const mask = new Uint8Array(values.length);
  const times = new Uint32Array(width);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (!(Math.abs(values[i]) > threshold)) continue;
    mask[i] = 1;
    times[i % width]++;
    total++;
  }
  const throughout = Array.from(times.keys()).filter(neuron => rows.length > 0 && times[neuron] === rows.length);
  return { mask, times, share: values.length > 0 ? total / values.length : 0, throughout };
}

/** Rows in which a neuron is saturated, the largest |h| first. */
export function saturatingRows({ values, width, rows }: Activations, neuron: number, threshold: number): number[] {
  const size = (row: number): number => Math.abs(values[row * width + neuron]);
  return Array.from(rows.keys())
    .filter(row => size(row) > threshold)
    .sort((a, b) => size(b) - size(a));
}

/** Dead neurons of a layer. */
export interface DeadNeurons {
  readonly layer: string;
  /** Neurons of the layer. */
  readonly width: number;
  readonly neurons: readonly number[];
}

/** Neurons whose |h| is above the threshold for every example of the train split. */
export function deadNeurons({ layers }: LeastActivations, threshold: number): DeadNeurons[] {
  return layers.map(({ name, least }) => ({
    layer: name,
    width: least.length,
    neurons: Array.from(least.keys()).filter(neuron => least[neuron] > threshold),
  }));
}
