import { hasLayers } from '../../src/shared/model-parts';
import { activationAlerts } from './layer-alerts';
import { LayerDensities } from './layer-densities';
import { activation } from './layer-quantity';
import { activationsFact, activationsLookFor } from './layer-sentences';
import type { Panel } from './panel';

export const activations: Panel = {
  id: 'activations',
  title: 'Activations',
  place: 'first',
  isOffered: ({ preset }) => preset !== undefined && hasLayers(preset),
  fact: activationsFact,
  lookFor: activationsLookFor,
  watches: () => ({ layers: true }),
  mount: (root, context) => new LayerDensities(root, context, activation, activationAlerts),
};
