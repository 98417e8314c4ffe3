import * as tf from '@tensorflow/tfjs-core';
import type { ModelId } from '../../shared/presets';
import { embedding, linear } from '../nn';
import { constant, linearDefault, randn } from './initializers';
import { need, type NeuralModel, type ParameterSpec, type TapKind } from './model';

/** How a hidden state follows from the one before: linear maps of [x, h], and what is made of them. */
export interface Cell {
  /** In the order in which the module declares them. */
  readonly gates: readonly string[];
  /** x (B, E) and h (B, H) give the next h (B, H). */
  step(gate: (name: string, xh: tf.Tensor) => tf.Tensor, x: tf.Tensor, h: tf.Tensor): tf.Tensor;
}

interface RecurrentModel {
  readonly id: ModelId;
  readonly title: string;
  readonly paper: string;
  readonly cell: Cell;
  /** What the hidden state is the output of. */
  readonly tapKind: TapKind;
}

/** A model that reads a name character by character and keeps a hidden state, as makemore.py's RNN with either cell. */
export function recurrentModel({ id, title, paper, cell, tapKind }: RecurrentModel): NeuralModel {
  return {
    kind: 'neural',
    id,
    title,
    paper,
    example: 'sequence',
    optimizer: 'adamw',
    hyperparameters: ['nEmbd', 'nHidden', 'batchSize', 'learningRate', 'weightDecay', 'maxSteps', 'seed'],
    parameters(h, { vocabSize }) {
      const nEmbd = need(h, 'nEmbd');
      const nHidden = need(h, 'nHidden');
      const fanIn = nEmbd + nHidden;
      const gates = cell.gates.flatMap((gate): ParameterSpec[] => [
        { name: `cell.${gate}.weight`, shape: [nHidden, fanIn], init: linearDefault(fanIn) },
        { name: `cell.${gate}.bias`, shape: [nHidden], init: linearDefault(fanIn) },
      ]);
      return [
        { name: 'start', shape: [1, nHidden], init: constant(0) },
        { name: 'wte', shape: [vocabSize, nEmbd], init: randn },
        ...gates,
        { name: 'lm_head.weight', shape: [vocabSize, nHidden], init: linearDefault(nHidden) },
        { name: 'lm_head.bias', shape: [vocabSize], init: linearDefault(nHidden) },
      ];
    },
    forward(p, x, { tap }) {
      const [B] = x.shape;
      const gate = (name: string, xh: tf.Tensor): tf.Tensor =>
        linear(xh, p[`cell.${name}.weight`], p[`cell.${name}.bias`]);
      let hidden: tf.Tensor = tf.zeros([B, p.start.shape[1]]).add(p.start); // (1, H) -> (B, H)
      const states = tf.unstack(x, 1).map(xt => {
        hidden = cell.step(gate, embedding(p.wte, xt), hidden); // (B, E), (B, H) -> (B, H)
        return hidden;
      });
      const h = tap('h', tf.stack(states, 1), tapKind); // (B, T, H)
      return linear(h, p['lm_head.weight'], p['lm_head.bias']); // (B, T, V)
    },
  };
}
