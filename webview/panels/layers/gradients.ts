import { hasLayers } from '../../../src/shared/model-parts';
import { LayerDensities } from './view';
import { gradient } from './quantity';
import { gradientsFact } from './sentences';
import type { Panel } from '../panel';

export const gradients: Panel = {
  id: 'gradients',
  title: 'Gradients',
  place: 'first',
  startsFolded: true,
  isOffered: ({ preset }) => preset !== undefined && hasLayers(preset),
  hasLeft: ({ inspection }) => inspection?.layers !== undefined,
  fact: gradientsFact,
  lookFor: () => ({
    short: 'The gradient should spread about alike in every layer.',
    more: 'That is within a factor of 2 or so, and neither shrinking nor growing from layer to layer. It matters most at the start: a layer that gets no gradient then learns nothing later.',
  }),
  watches: () => ({ layers: true }),
  mount: (root, context) => new LayerDensities(root, context, gradient),
};
