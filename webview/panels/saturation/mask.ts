import { at } from '../../../src/shared/at';
import type { LeastActivations } from '../../../src/shared/inspection';
import type { Activations } from '../parts/activation-rows';

/** Which values of a tanh layer are beyond a threshold, where hardly any gradient passes. */
export interface SaturationMask {
  /** (rows, width): `h.abs() > threshold`, as 1 and 0. */
  readonly mask: Uint8Array;
  /** By neuron: the number of rows in which it is saturated. */
  readonly times: Uint32Array;
  /** The saturated share of all values, from 0 to 1. */
  readonly share: number;
  /** The neurons that are saturated in every row. */
  readonly throughout: readonly number[];
}

export function saturationMask({ values, width, rows }: Activations, threshold: number): SaturationMask {
  const mask = Uint8Array.from(values, value => (Math.abs(value) > threshold ? 1 : 0));
  const times = new Uint32Array(width);
  for (let i = 0; i < mask.length; i++) times[i % width]! += mask[i]!; // in bounds: i % width < width
  const total = times.reduce((sum, n) => sum + n, 0);
  const throughout = indicesWhere(times, n => n > 0 && n === rows.length);
  return { mask, times, share: values.length > 0 ? total / values.length : 0, throughout };
}

/** The rows in which a neuron is saturated, the largest |h| first. */
export function saturatingRows({ values, width, rows }: Activations, neuron: number, threshold: number): number[] {
  const size = (row: number): number => Math.abs(at(values, row * width + neuron));
  return Array.from(rows.keys())
    .filter(row => size(row) > threshold)
    .sort((a, b) => size(b) - size(a));
}

/** The dead neurons of a layer. */
export interface DeadNeurons {
  readonly layer: string;
  /** The number of neurons of the layer. */
  readonly width: number;
  readonly neurons: readonly number[];
}

/** Neurons whose |h| is above the threshold for every example of the train split. */
export function deadNeurons({ layers }: LeastActivations, threshold: number): DeadNeurons[] {
  return layers.map(({ name, least }) => ({
    layer: name,
    width: least.length,
    neurons: indicesWhere(least, value => value > threshold),
  }));
}

function indicesWhere(values: Iterable<number>, is: (value: number) => boolean): number[] {
  return Array.from(values, (value, i) => (is(value) ? [i] : [])).flat();
}
