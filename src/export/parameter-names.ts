/** What PyTorch calls our parameters. */
import type { Hyperparameters } from '../shared/hyperparameters';

export type NameOf = (name: string, h: Hyperparameters) => string;

export const ownName: NameOf = name => name;

/** `nn.Embedding` calls its table `weight`. */
export const embeddingName: NameOf = name => (name === 'wte' || name === 'wpe' ? `${name}.weight` : name);

export const transformerName: NameOf = (name, h) =>
  name.startsWith('lm_head') ? name : `transformer.${embeddingName(name, h)}`;

/** Linear, then BatchNorm1d and Tanh if they are switched on, again and again. */
export const deepMlpName: NameOf = (name, { tanh = 0, batchNorm = 0 }) =>
  name === 'C' ? name : layerName(name, layer => (layer - 1) * (1 + batchNorm + tanh));

/** Embedding, then FlattenConsecutive, Linear, BatchNorm1d and Tanh again and again, then Linear. */
export const wavenetName: NameOf = (name, { blockSize = 0, groupSize = 0 }) => {
  const depth = Math.round(Math.log(blockSize) / Math.log(groupSize));
  return name === 'C' ? 'layers.0.weight' : layerName(name, layer => 4 * layer - (layer > depth ? 3 : 2));
};

/** What a module calls each kind of parameter, and how many places after the linear layer of its number it stands. */
const layerParts: Readonly<Partial<Record<string, { readonly name: string; readonly after: number }>>> = {
  W: { name: 'weight', after: 0 },
  b: { name: 'bias', after: 0 },
  gamma: { name: 'gamma', after: 1 },
  beta: { name: 'beta', after: 1 },
  running_mean: { name: 'running_mean', after: 1 },
  running_var: { name: 'running_var', after: 1 },
};

/** `W2` as `layers.3.weight`. @param placeOf the place of a linear layer in the list, by its number from 1 on */
function layerName(name: string, placeOf: (layer: number) => number): string {
  const [, what = '', layer] = /^(\w+?)(\d+)$/.exec(name) ?? [];
  const part = layerParts[what];
  if (!part) throw new Error(`${name} is not a parameter of a layer.`);
  return `layers.${placeOf(Number(layer)) + part.after}.${part.name}`;
}
