import type { BatchNormLook, Watch } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import type { Settings } from '../parts/settings';

/** What a person has chosen to look at, as far as the run has it. */
export interface BatchNormChoice {
  readonly layers: readonly BatchNormLook[];
  readonly layer: BatchNormLook;
  readonly neuron: number;
  /** A row of the normalized batch. */
  readonly example: number;
}

/** @returns undefined before the first look inside */
export function chooseBatchNorm({ inspection }: RunState, settings: Settings): BatchNormChoice | undefined {
  const layers = inspection?.batchNorms ?? [];
  const wanted = settings.get<string>('layer', '');
  const layer = layers.find(({ name }) => name === wanted) ?? layers.at(0);
  if (!layer) return undefined;
  const neuron = Math.min(settings.get<number>('neuron', 0), layer.gain.length - 1);
  return { layers, layer, neuron, example: settings.get<number>('example', 0) };
}

export function watchOfBatchNorm(choice: BatchNormChoice | undefined): Partial<Watch> {
  return { batchNorms: true, batch: true, tensors: choice ? [batchOf(choice.layer)] : [] };
}

/** The name of the tensor that a layer normalizes. */
export function batchOf({ name }: BatchNormLook): string {
  return `${name}.batch`;
}

/** "BatchNorm 2", in the order of the forward pass. */
export function layerTitle(i: number): string {
  return `BatchNorm ${i + 1}`;
}
