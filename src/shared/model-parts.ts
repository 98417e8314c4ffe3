import type { Preset } from './presets';
import type { RunInfo } from './run';

/** Whether there are layers to look into: tanh layers, or the hidden state of a GRU, which is no tanh's output alone. */
export function hasLayers(preset: Preset): boolean {
  return hasTanh(preset) || preset.model === 'gru';
}

/** Whether there are tanh layers, which can be saturated. */
export function hasTanh({ model, hyperparameters }: Preset): boolean {
  return (
    ['mlp', 'wavenet', 'makemore-mlp', 'rnn', 'bow'].includes(model) ||
    (model === 'deep-mlp' && hyperparameters.tanh === 1)
  );
}

/** Whether it reads whole names, each character with all before it, as makemore.py's models do; else contexts of one length. */
export function readsSequences({ model }: Preset): boolean {
  return ['makemore-bigram', 'makemore-mlp', 'rnn', 'gru', 'bow', 'transformer'].includes(model);
}

/** The table of embeddings (V or one more for BLANK, E), where there is one. */
export function embeddingOf({ parameters }: RunInfo): RunInfo['parameters'][number] | undefined {
  return parameters.find(({ name }) => name === 'C' || name === 'wte');
}
