import { hasLayers } from '../../../src/shared/model-parts';
import { LayerDensities } from './view';
import { activation } from './quantity';
import { activationsFact, activationsLookFor } from './sentences';
import type { Panel } from '../panel';

export const activations: Panel = {
  id: 'activations',
  title: 'Activations',
  place: 'first',
  isOffered: ({ preset }) => preset !== undefined && hasLayers(preset),
  hasLeft: ({ inspection }) => inspection?.layers !== undefined,
  fact: activationsFact,
  lookFor: activationsLookFor,
  watches: () => ({ layers: true }),
  mount: (root, context) => new LayerDensities(root, context, activation),
};
