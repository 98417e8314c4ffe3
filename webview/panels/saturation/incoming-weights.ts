import { at } from '../../../src/shared/at';
import { embeddingOf } from '../../../src/shared/model-parts';
import { models, type LayerInputs, type ModelId } from '../../../src/shared/models';
import type { RunInfo, WatchedTensor } from '../../../src/shared/run';

/** The matrix that a tanh layer multiplies its input with. */
export interface Feed {
  readonly parameter: string;
  /** The lectures write (fan_in, fan_out); nn.Linear of makemore.py has (fan_out, fan_in). */
  readonly neuronsAre: 'columns' | 'rows';
  readonly inputs: LayerInputs;
}

/** @param layer `h`, or `h1`, `h2`, … if there are several */
export function feedOf(model: ModelId, layer: string): Feed | undefined {
  const { layers } = models[model];
  if (!layers?.weights) return undefined;
  const { weights, inputs } = layers;
  if (weights !== 'W') return { parameter: weights, neuronsAre: 'rows', inputs };
  return { parameter: layer === 'h' ? 'W1' : layer.replace('h', 'W'), neuronsAre: 'columns', inputs };
}

/** The weights of a neuron, in the order of the matrix. */
export function weightsInto({ shape, values }: WatchedTensor, { neuronsAre }: Feed, neuron: number): Float32Array {
  const [rows = 0, columns = 0] = shape;
  if (neuronsAre === 'rows') return values.slice(neuron * columns, (neuron + 1) * columns);
  return Float32Array.from({ length: rows }, (_, row) => at(values, row * columns + neuron));
}

/** Weights that look at the same thing, as at one character of the context. */
export interface WeightGroup {
  readonly label: string;
  readonly weights: Float32Array;
}

/** A neuron's weights by what they look at: characters of the context, halves of a pair, the layer below. */
export function weightGroups(weights: Float32Array, info: RunInfo, layer: string, { inputs }: Feed): WeightGroup[] {
  const [, nEmbd = weights.length] = embeddingOf(info)?.shape ?? [];
  if (inputs === 'character and h') {
    const [character, before] = [weights.subarray(0, nEmbd), weights.subarray(nEmbd)];
    return [
      { label: 'character', weights: character },
      { label: 'h before', weights: before },
    ];
  }
  const below = belowOf(layer);
  const width = info.parameters.find(({ name }) => name === below?.parameter)?.shape.at(1) ?? nEmbd;
  const groups = weights.length / width;
  return Array.from({ length: groups }, (_, i) => ({
    label: labelOf(i, groups, info, inputs, below?.layer),
    weights: weights.subarray(i * width, (i + 1) * width),
  }));
}

/** The layer whose output goes into another, and the matrix that is as wide; none where that is the first. */
function belowOf(layer: string): { layer: string; parameter: string } | undefined {
  const i = Number(layer.slice(1));
  return i > 1 ? { layer: `h${i - 1}`, parameter: `W${i - 1}` } : undefined;
}

function labelOf(i: number, groups: number, { blockSize }: RunInfo, inputs: LayerInputs, below?: string): string {
  const part = groups === 1 ? '' : `${i + 1} of ${groups}`;
  if (below) return part ? `${below}, ${part}` : below;
  if (groups !== blockSize) return part || 'character';
  return inputs === 'context, last first' ? `−${i + 1}` : `−${groups - i}`;
}
