/** Causal masks as makemore.py registers them, under the name `bias`: 1 where row t may look at column s, 0 elsewhere. */
import type { Hyperparameters } from '../shared/hyperparameters';
import type { Tensors } from '../store/safetensors';

export function noMasks(): Tensors {
  return {};
}

/** That of the bag of words. */
export function contextMask(_: Hyperparameters, T: number): Tensors {
  return { 'context_block.cbow.bias': { shape: [1, T, T], values: lowerTriangle(T) } };
}

/** One for each block of the Transformer. */
export function attentionMasks({ nLayer = 0 }: Hyperparameters, T: number): Tensors {
  const mask = { shape: [1, 1, T, T], values: lowerTriangle(T) };
  return Object.fromEntries(Array.from({ length: nLayer }, (_, i) => [`transformer.h.${i}.attn.bias`, mask]));
}

function lowerTriangle(T: number): Float32Array {
  return Float32Array.from({ length: T * T }, (_, i) => (i % T <= Math.floor(i / T) ? 1 : 0));
}
