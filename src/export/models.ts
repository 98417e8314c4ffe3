import type { Hyperparameters } from '../shared/hyperparameters';
import type { ModelId } from '../shared/models';
import type { Tensors } from '../store/safetensors';
import { attentionMasks, contextMask, noMasks } from './masks';
import { deepMlpName, embeddingName, ownName, transformerName, wavenetName, type NameOf } from './parameter-names';
import bow from './python/bow.py';
import context from './python/context.py';
import counts from './python/counts.py';
import deepMlp from './python/deep-mlp.py';
import gruCell from './python/gru-cell.py';
import layers from './python/layers.py';
import makemoreBigram from './python/makemore-bigram.py';
import makemoreMlp from './python/makemore-mlp.py';
import mlpBatchNorm from './python/mlp-batchnorm.py';
import mlp from './python/mlp.py';
import oneLayer from './python/one-layer.py';
import oneNeuron from './python/one-neuron.py';
import rnnCell from './python/rnn-cell.py';
import rnn from './python/rnn.py';
import sequence from './python/sequence.py';
import transformer from './python/transformer.py';
import wavenet from './python/wavenet.py';

interface ExportedModel {
  /** The model in plain PyTorch, up to `next_logits`: files that are joined in this order. */
  readonly python: (h: Hyperparameters) => readonly string[];
  /** What PyTorch calls a parameter. */
  readonly nameOf: NameOf;
  /** The masks that makemore.py registers as buffers, and so has in its `state_dict`. T is the context length. */
  readonly masks: (h: Hyperparameters, T: number) => Tensors;
}

/** How each model is exported, one row each. */
export const exportedModels: Readonly<Record<ModelId, ExportedModel>> = {
  bigram: { python: () => [counts], nameOf: ownName, masks: noMasks },
  trigram: { python: () => [counts], nameOf: ownName, masks: noMasks },
  'one-neuron': { python: () => [oneNeuron, context], nameOf: ownName, masks: noMasks },
  'bigram-net': { python: () => [oneLayer, context], nameOf: ownName, masks: noMasks },
  'trigram-net': { python: () => [oneLayer, context], nameOf: ownName, masks: noMasks },
  mlp: {
    python: ({ batchNorm }) => [batchNorm === 1 ? mlpBatchNorm : mlp, context],
    nameOf: ownName,
    masks: noMasks,
  },
  'deep-mlp': { python: () => [layers, deepMlp, context], nameOf: deepMlpName, masks: noMasks },
  wavenet: { python: () => [layers, wavenet, context], nameOf: wavenetName, masks: noMasks },
  'makemore-bigram': { python: () => [makemoreBigram, sequence], nameOf: ownName, masks: noMasks },
  'makemore-mlp': { python: () => [makemoreMlp, sequence], nameOf: embeddingName, masks: noMasks },
  rnn: { python: () => [rnnCell, rnn, sequence], nameOf: embeddingName, masks: noMasks },
  gru: { python: () => [gruCell, rnn, sequence], nameOf: embeddingName, masks: noMasks },
  bow: { python: () => [bow, sequence], nameOf: embeddingName, masks: contextMask },
  transformer: { python: () => [transformer, sequence], nameOf: transformerName, masks: attentionMasks },
};
