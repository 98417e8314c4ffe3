import type { Hyperparameters } from '../shared/hyperparameters';
import { countNgrams } from '../shared/ngram-counts';
import { isCounting, type ModelId } from '../shared/presets';
import { isRemembered } from '../store/checkpoint';
import type { ExportedData } from './data';
import type { StoredRun } from '../store/run-folder';
import type { StoredTensor, Tensors } from '../store/safetensors';

/**
 * What a model has learned, by the names that its PyTorch original has, in float32. Nothing of the optimizer.
 *
 * makemore.py's models: its own `state_dict`, masks included, with matrices (fan_out, fan_in) as in `nn.Linear`. The
 * lectures' models: the notebooks' names, with matrices (fan_in, fan_out); in the deep MLP and the WaveNet
 * `layers.{i}.weight` and so on, where i counts the notebook's list of layers. Counting models: N (V, V) or (V, V, V).
 */
export function exportedWeights({ record, checkpoint }: StoredRun, data: ExportedData): Tensors {
  const { model, hyperparameters } = record.preset;
  if (isCounting(record.preset)) return { N: countsOf(data, model === 'bigram' ? 2 : 3) };
  const learned = Object.entries(checkpoint.model.variables).filter(([name]) => !isRemembered(name));
  const nameOf = pytorchNames[model] ?? (name => name);
  return {
    ...Object.fromEntries(learned.map(([name, tensor]) => [nameOf(name, hyperparameters), tensor])),
    ...masksOf(model, hyperparameters, data.blockSize),
  };
}

type NameOf = (name: string, h: Hyperparameters) => string;

/** Where PyTorch's name is another than ours. */
const pytorchNames: Readonly<Partial<Record<ModelId, NameOf>>> = {
  'deep-mlp': (name, { tanh = 0, batchNorm = 0 }) =>
    name === 'C' ? name : layerName(name, layer => (layer - 1) * (1 + batchNorm + tanh)),
  // Embedding, then FlattenConsecutive, Linear, BatchNorm1d and Tanh again and again, then Linear.
  wavenet: (name, { blockSize = 0, groupSize = 0 }) => {
    const depth = Math.round(Math.log(blockSize) / Math.log(groupSize));
    return name === 'C' ? 'layers.0.weight' : layerName(name, layer => 4 * layer - (layer > depth ? 3 : 2));
  },
  'makemore-mlp': embeddingName,
  rnn: embeddingName,
  gru: embeddingName,
  bow: embeddingName,
  transformer: name => (name.startsWith('lm_head') ? name : `transformer.${embeddingName(name)}`),
};

/** The module that a parameter of ours belongs to, and how many places it stands behind the linear layer of its number. */
const layerParts: Readonly<Partial<Record<string, { readonly name: string; readonly after: number }>>> = {
  W: { name: 'weight', after: 0 },
  b: { name: 'bias', after: 0 },
  gamma: { name: 'gamma', after: 1 },
  beta: { name: 'beta', after: 1 },
  running_mean: { name: 'running_mean', after: 1 },
  running_var: { name: 'running_var', after: 1 },
};

/** `W2` as `layers.3.weight`. @param placeOf where the linear layer of a number, from 1 on, stands in the list */
function layerName(name: string, placeOf: (layer: number) => number): string {
  const [, what = '', layer] = /^(\w+?)(\d+)$/.exec(name) ?? [];
  const part = layerParts[what];
  if (!part) throw new Error(`${name} is no parameter of a layer.`);
  return `layers.${placeOf(Number(layer)) + part.after}.${part.name}`;
}

function embeddingName(name: string): string {
  return name === 'wte' || name === 'wpe' ? `${name}.weight` : name;
}

/** The buffers that makemore.py registers as `bias`: 1 where row t may look at column s, 0 elsewhere. */
function masksOf(model: ModelId, { nLayer = 0 }: Hyperparameters, T: number): Tensors {
  const values = Float32Array.from({ length: T * T }, (_, i) => (i % T <= Math.floor(i / T) ? 1 : 0));
  if (model === 'bow') return { 'context_block.cbow.bias': { shape: [1, T, T], values } };
  if (model !== 'transformer') return {};
  const mask: StoredTensor = { shape: [1, 1, T, T], values };
  return Object.fromEntries(Array.from({ length: nLayer }, (_, i) => [`transformer.h.${i}.attn.bias`, mask]));
}

function countsOf({ names, vocabulary }: ExportedData, order: number): StoredTensor {
  const { vocabSize, counts } = countNgrams(names, vocabulary, order);
  return { shape: Array.from({ length: order }, () => vocabSize), values: Float32Array.from(counts) };
}
