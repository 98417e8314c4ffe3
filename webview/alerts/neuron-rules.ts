import type { LeastActivations } from '../../src/shared/inspection';
import { listed } from './listed';
import { isDrawnByScale, smallerWeights } from './fixes';
import { rule, type Rule } from './rule';

/** The threshold of the image in the lecture: whatever a picture shows, neurons are judged by this one. */
export const judgedAt = 0.99;

export const neuronRules: readonly Rule[] = [
  rule({
    id: 'dead',
    place: 'saturation',
    about: 'start',
    kind: 'warning',
    silences: ['throughout'],
    find: ({ state }) => state.leastActivations && layersWithDeadNeurons(state.leastActivations),
    tell: (names, { preset }) => ({
      title: `There are dead neurons in ${listed(names)}`,
      says: `There are dead neurons in ${listed(names)}: saturated for every example of the train split, they get hardly any gradient and hardly learn.`,
      ...smallerWeights(preset?.hyperparameters ?? {}),
    }),
  }),
  rule({
    id: 'throughout',
    place: 'saturation',
    about: 'start',
    kind: 'hint',
    // where nobody chooses how the weights are drawn, training has led there, and a trained net uses it
    find: ({ throughout, state }) => (isDrawnByScale(state) && state.purpose !== 'overfit' ? throughout : undefined),
    tell: (name, { preset }) => ({
      title: `A neuron of ${name} is saturated for a whole batch`,
      says: `A neuron of ${name} is saturated for every example of a batch: a white column. It might be dead; the search below goes through the whole train split.`,
      ...smallerWeights(preset?.hyperparameters ?? {}),
    }),
  }),
];

function layersWithDeadNeurons({ layers }: LeastActivations): string[] {
  return layers.filter(({ least }) => least.some(value => value > judgedAt)).map(({ name }) => name);
}
