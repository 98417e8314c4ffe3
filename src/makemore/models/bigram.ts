import type { CountingModel } from './model';

/**
 * P[i, j] = (N[i, j] + smoothing) / Σj (N[i, j] + smoothing): how often j follows i.
 *
 * Source: Markov 1913, An Example of Statistical Investigation of the Text Eugene Onegin; makemore part 1.
 */
export const bigram: CountingModel = {
  kind: 'counting',
  id: 'bigram',
  title: 'Bigram counts',
  hyperparameters: ['smoothing'],
};
