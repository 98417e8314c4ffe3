import type { Watch } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import { feedOf, type Feed } from './incoming-weights';
import type { Settings } from '../parts/settings';

/** What a person has chosen to look at, as far as the run has it. */
export interface SaturationChoice {
  /** The names of all tanh layers; empty before the first look inside. */
  readonly layers: readonly string[];
  readonly layer: string | undefined;
  /** From 0 to 1. */
  readonly threshold: number;
  readonly neuron: number | undefined;
  /** The matrix before the layer. */
  readonly feed: Feed | undefined;
}

/** The one of the image in the lecture. */
const defaultThreshold = 0.99;
export const noNeuron = -1;

export function chooseSaturation({ inspection, preset }: RunState, settings: Settings): SaturationChoice {
  const tanhs = inspection?.layers?.filter(({ kind }) => kind === 'tanh') ?? [];
  const wanted = settings.get<string>('layer', '');
  const layer = tanhs.find(({ name }) => name === wanted) ?? tanhs.at(0);
  const neuron = settings.get<number>('neuron', noNeuron);
  return {
    layers: tanhs.map(({ name }) => name),
    layer: layer?.name,
    threshold: settings.get<number>('threshold', defaultThreshold),
    neuron: neuron !== noNeuron && neuron < (layer?.shape.at(-1) ?? 0) ? neuron : undefined,
    feed: layer && preset && feedOf(preset.model, layer.name),
  };
}

export function watchOfSaturation({ layer, neuron, feed }: SaturationChoice): Partial<Watch> {
  const matrix = neuron === undefined || !feed ? [] : [feed.parameter];
  return { layers: true, batch: true, tensors: layer === undefined ? [] : [layer, ...matrix] };
}
