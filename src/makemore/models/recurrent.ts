import * as tf from '@tensorflow/tfjs-core';
import type { ModelId } from '../../shared/models';
import { embedding, linear } from '../nn';
import { constant, linearSpecs, merged, randn } from './initializers';
import { adamWHyperparameters, defineModel, type NeuralModel, type TapKind } from './model';

/** How a hidden state follows from the one before: linear maps of [x, h], and how they are combined. */
interface Cell {
  /** The linear maps, in the order in which the module declares them. */
  readonly gates: readonly string[];
  /** x (B, E) and h (B, H) give the next h (B, H). */
  step(gate: (name: string, xh: tf.Tensor) => tf.Tensor, x: tf.Tensor, h: tf.Tensor): tf.Tensor;
}

interface RecurrentModel {
  readonly id: ModelId;
  readonly title: string;
  readonly cell: Cell;
  /** What the hidden state is the output of. */
  readonly tapKind: TapKind;
}

/** A model that reads a name character by character and keeps a hidden state: makemore.py's RNN with either cell. */
export function recurrentModel({ id, title, cell, tapKind }: RecurrentModel): NeuralModel {
  return defineModel({
    id,
    title,
    optimizer: 'adamw',
    hyperparameters: ['nEmbd', 'nHidden', ...adamWHyperparameters],
    parameters: ({ nEmbd, nHidden }, { vocabSize }) => ({
      start: { shape: [1, nHidden], init: constant(0) },
      wte: { shape: [vocabSize, nEmbd], init: randn },
      ...merged(cell.gates.map(gate => linearSpecs(`cell.${gate}`, nEmbd + nHidden, nHidden))),
      ...linearSpecs('lm_head', nHidden, vocabSize),
    }),
    forward(p, x, { tap }) {
      const [B] = x.shape;
      const gate = (name: string, xh: tf.Tensor): tf.Tensor => linear(xh, p, `cell.${name}`);
      let hidden: tf.Tensor = tf.fill([B, p.start.shape[1]], 0).add(p.start); // (1, H) -> (B, H)
      const states = tf.unstack(x, 1).map(xt => {
        hidden = cell.step(gate, embedding(p.wte, xt), hidden); // (B, E), (B, H) -> (B, H)
        return hidden;
      });
      const h = tap('h', tf.stack(states, 1), tapKind); // (B, T, H)
      return linear(h, p, 'lm_head'); // (B, T, V)
    },
  });
}
