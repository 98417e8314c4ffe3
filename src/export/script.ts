import type { ModelId, Preset } from '../shared/presets';
import begin from './python/begin.py';
import bow from './python/bow.py';
import context from './python/context.py';
import counts from './python/counts.py';
import deepMlp from './python/deep-mlp.py';
import end from './python/end.py';
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

/** The model in plain PyTorch, up to `next_probs`. */
const modelParts: Readonly<Record<ModelId, readonly string[]>> = {
  bigram: [counts],
  trigram: [counts],
  'one-neuron': [oneNeuron, context],
  'bigram-net': [oneLayer, context],
  'trigram-net': [oneLayer, context],
  mlp: [mlp, context],
  'deep-mlp': [layers, deepMlp, context],
  wavenet: [layers, wavenet, context],
  'makemore-bigram': [makemoreBigram, sequence],
  'makemore-mlp': [makemoreMlp, sequence],
  rnn: [rnnCell, rnn, sequence],
  gru: [gruCell, rnn, sequence],
  bow: [bow, sequence],
  transformer: [transformer, sequence],
};

/**
 * A Python script that draws names from the exported model of a preset: it reads `model.safetensors` and `config.json`
 * beside it, and holds this one model and the samplers of the families `exponential` and `cdf`.
 */
export function sampleScript({ model, hyperparameters }: Preset): string {
  const isNormalizedMlp = model === 'mlp' && hyperparameters.batchNorm === 1;
  const parts = isNormalizedMlp ? [mlpBatchNorm, context] : modelParts[model];
  return [begin, ...parts, end].join('\n\n');
}
