/** What a run's model has, as far as panels depend on it. */
import { models } from './models';
import type { Preset } from './presets';
import type { RunInfo } from './run';

/** Whether there are layers to look into: those of a tanh, even where it is switched off, or the hidden state of a GRU. */
export function hasLayers({ model }: Preset): boolean {
  return models[model].layers !== null;
}

/** Whether there are tanh layers, which can be saturated. */
export function hasTanh({ model, hyperparameters }: Preset): boolean {
  return models[model].layers?.kind === 'tanh' && hyperparameters.tanh !== 0;
}

/** Whether it reads whole names, each character with all before it, as makemore.py does; otherwise contexts of one length. */
export function readsWholeNames({ model }: Preset): boolean {
  return models[model].reads === 'names';
}

/** The table of embeddings, if there is one: (V, E), with one more row where makemore.py has BLANK. */
export function embeddingOf({ parameters }: Pick<RunInfo, 'parameters'>): RunInfo['parameters'][number] | undefined {
  return parameters.find(({ name }) => name === 'C' || name === 'wte');
}

/** The name under which the table of embeddings can be watched as it was drawn. */
export function startOf({ name }: Pick<RunInfo['parameters'][number], 'name'>): string {
  return `${name}.start`;
}
