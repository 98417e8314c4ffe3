import { at } from '../../../src/shared/at';
import { embeddingOf } from '../../../src/shared/model-parts';
import type { RunInfo, WatchedTensor } from '../../../src/shared/run';

/** The matrix that the input of a tanh layer is multiplied by. */
export interface Feed {
  readonly parameter: string;
  /** The lectures write (fan_in, fan_out); nn.Linear of makemore.py has (fan_out, fan_in). */
  readonly neuronsAre: 'columns' | 'rows';
}

/** The tanh layers of makemore.py, all of which are called h. */
const linears: readonly string[] = ['mlp.0.weight', 'cell.xh_to_h.weight', 'context_block.mlp.c_fc.weight'];

/** @param layer `h`, or `h1`, `h2`, … where there are several */
export function feedOf({ parameters }: RunInfo, layer: string): Feed | undefined {
  const lecture = layer === 'h' ? 'W1' : layer.replace('h', 'W');
  const found = parameters.find(({ name }) => name === lecture || (layer === 'h' && linears.includes(name)));
  return found && { parameter: found.name, neuronsAre: found.name === lecture ? 'columns' : 'rows' };
}

/** The weights of a neuron, in the order of the matrix. */
export function weightsInto({ shape, values }: WatchedTensor, { neuronsAre }: Feed, neuron: number): Float32Array {
  const [rows = 0, columns = 0] = shape;
  if (neuronsAre === 'rows') return values.slice(neuron * columns, (neuron + 1) * columns);
  return Float32Array.from({ length: rows }, (_, row) => at(values, row * columns + neuron));
}

/** Weights for the same part of the input, such as one character of the context. */
export interface WeightGroup {
  readonly label: string;
  readonly weights: Float32Array;
}

/** The weights of a neuron by the part of the input that they are for: characters, halves of a pair, the layer below. */
export function weightGroups(weights: Float32Array, info: RunInfo, layer: string, { parameter }: Feed): WeightGroup[] {
  const [, nEmbd = weights.length] = embeddingOf(info)?.shape ?? [];
  if (parameter === 'cell.xh_to_h.weight') {
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
    label: labelOf(i, groups, info, parameter, below?.layer),
    weights: weights.subarray(i * width, (i + 1) * width),
  }));
}

/** The layer whose output goes into another, and the matrix with that output; undefined for the first layer. */
function belowOf(layer: string): { layer: string; parameter: string } | undefined {
  const i = Number(layer.slice(1));
  return i > 1 ? { layer: `h${i - 1}`, parameter: `W${i - 1}` } : undefined;
}

function labelOf(i: number, groups: number, { blockSize }: RunInfo, parameter: string, below?: string): string {
  const part = groups === 1 ? '' : `${i + 1} of ${groups}`;
  if (below) return part ? `${below}, ${part}` : below;
  if (groups !== blockSize) return part || 'character';
  return parameter === 'mlp.0.weight' ? `−${i + 1}` : `−${groups - i}`; // makemore.py puts the last character first
}
