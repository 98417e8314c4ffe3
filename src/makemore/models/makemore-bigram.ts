import { embedding } from '../nn';
import { constant } from './initializers';
import { adamWHyperparameters, defineModel } from './model';

/** A table of logits, one row for each character: makemore.py's simplest model. */
export const makemoreBigram = defineModel({
  id: 'makemore-bigram',
  title: 'Bigram (makemore.py)',
  optimizer: 'adamw',
  hyperparameters: adamWHyperparameters,
  parameters: (_, { vocabSize }) => ({ logits: { shape: [vocabSize, vocabSize], init: constant(0) } }),
  forward: ({ logits }, x) => embedding(logits, x), // (B, T) -> (B, T, V)
});
