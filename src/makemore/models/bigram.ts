import type { CountingModel } from './model';

/** P[i, j] = (N[i, j] + smoothing) / Σj (N[i, j] + smoothing): how often j follows i. */
export const bigram: CountingModel = {
  kind: 'counting',
  id: 'bigram',
  title: 'Bigram counts',
  paper: 'Markov, 1913: An example of statistical investigation of the text Eugene Onegin; makemore part 1',
  hyperparameters: ['smoothing'],
  order: 2,
};
