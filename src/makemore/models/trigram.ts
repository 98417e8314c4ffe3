import type { CountingModel } from './model';

/**
 * P[i, j, k]: how often k follows i and j.
 *
 * Source: Shannon 1948, A Mathematical Theory of Communication; makemore part 1, exercise 1.
 */
export const trigram: CountingModel = {
  kind: 'counting',
  id: 'trigram',
  title: 'Trigram counts',
  hyperparameters: ['smoothing'],
};
