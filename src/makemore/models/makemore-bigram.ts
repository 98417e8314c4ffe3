import { embedding } from '../nn';
import { constant } from './initializers';
import type { NeuralModel } from './model';

/** A table of logits, one row for each character: makemore.py's simplest model. */
export const makemoreBigram: NeuralModel<'logits'> = {
  kind: 'neural',
  id: 'makemore-bigram',
  title: 'Bigram (makemore.py)',
  paper: 'makemore.py',
  example: 'sequence',
  optimizer: 'adamw',
  hyperparameters: ['batchSize', 'learningRate', 'weightDecay', 'maxSteps', 'seed'],
  parameters: (_, { vocabSize }) => [{ name: 'logits', shape: [vocabSize, vocabSize], init: constant(0) }],
  forward: ({ logits }, x) => embedding(logits, x), // (B, T) -> (B, T, V)
};
