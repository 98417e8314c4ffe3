/** Random functions written in tfjs, whose values all stay between -1 and 1. */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { at } from '../../../src/shared/at';

/** Which op, on which of the tensors that exist by then; `n` chooses an axis and the like. */
export interface Step {
  readonly op: Op;
  readonly a: number;
  readonly b: number;
  readonly n: number;
}

/** What an op may use: a tensor, another one that is broadcast with it, and a number. */
interface Choice {
  readonly a: tf.Tensor;
  readonly b: tf.Tensor;
  readonly n: number;
  readonly axis: number;
  /** Numbers from 0 to 1, not computed. */
  readonly indices: tf.Tensor;
  readonly x: tf.Tensor;
}

type Op = (choice: Choice) => tf.Tensor;

/** Smooth ones only: at a kink the last digit would decide about the slope. */
const ops: Readonly<Record<string, Op>> = {
  add: ({ a, b }) => tf.mul(tf.add(a, b), 0.5),
  sub: ({ a, b }) => tf.mul(0.5, tf.sub(b, a)),
  mul: ({ a, b }) => tf.mul(a, b),
  div: ({ a, b }) => tf.div(a, tf.add(b, 2)),
  squaredDifference: ({ a }) => tf.div(tf.squaredDifference(a, tf.tanh(a)), 4),
  neg: ({ a }) => tf.neg(a),
  square: ({ a }) => tf.square(a),
  cube: ({ a, n }) => tf.pow(a, 1 + (n % 4)),
  tanh: ({ a }) => tf.tanh(a),
  sigmoid: ({ a }) => tf.sigmoid(a),
  exp: ({ a }) => tf.exp(tf.sub(a, 1)),
  log: ({ a }) => tf.log(tf.add(1.5, tf.mul(a, 0.4))),
  sqrt: ({ a }) => tf.sqrt(tf.mul(tf.add(a, 1.1), 0.4)),
  rsqrt: ({ a }) => tf.rsqrt(tf.add(a, 2.1)),
  softmax: ({ a }) => tf.softmax(vectors(a)),
  mean: ({ a, axis, n }) => tf.mean(vectors(a), axis, n % 2 === 1),
  sum: ({ a, n }) => tf.div(tf.sum(a, undefined, n % 2 === 1), a.size),
  max: ({ x, n }) => tf.max(x, n % 2, n % 3 === 0),
  where: ({ a, b, x }) => tf.where(tf.greater(tf.max(x), 0.5), a, b),
  mask: ({ a, x }) => tf.mul(tf.relu(x), tf.sum(tf.div(a, a.size))),
  transpose: ({ a }) => tf.transpose(a),
  flatten: ({ a }) => tf.reshape(a, [-1]),
  turn: ({ a }) => tf.reshape(a, a.shape.toReversed()),
  expand: ({ a, n }) => tf.expandDims(a, n % (a.rank + 1)),
  slice: ({ a, axis, n }) => part(vectors(a), axis, n % 2),
  pad: ({ a, axis, n }) =>
    tf.pad(
      vectors(a),
      vectors(a).shape.map((_, i) => (i === axis ? [n % 3, 1] : [0, 0])),
    ),
  concat: ({ a, axis }) => tf.concat([vectors(a), tf.neg(vectors(a)), part(vectors(a), axis, 0)], axis),
  stack: ({ a, n }) => tf.stack([a, tf.square(a)], n % (a.rank + 1)),
  unstack: ({ a, axis }) => {
    const parts = tf.unstack(tf.concat([vectors(a), vectors(a)], axis), axis);
    return tf.div(tf.sub(at(parts, 0), last(parts)), 2);
  },
  split: ({ a, axis, n }) => at(tf.split(vectors(a), [1, at(vectors(a).shape, axis) - 1], axis), n % 2),
  tile: ({ a, axis }) =>
    tf.tile(
      vectors(a),
      vectors(a).shape.map((_, i) => (i === axis ? 2 : 1)),
    ),
  spread: ({ a, n }) => tf.add(a, tf.zeros([1 + (n % 3), ...a.shape])),
  gram: ({ a, n }) => tf.div(tf.matMul(matrix(a), matrix(a), n % 2 === 0, n % 2 === 1), at(matrix(a).shape, n % 2)),
  batch: ({ a }) => {
    const pair = tf.stack([matrix(a), tf.neg(matrix(a))]) as tf.Tensor3D;
    return tf.div(tf.matMul(pair, tf.transpose(pair, [0, 2, 1])), pair.shape[2]);
  },
  gather: ({ a, indices }) => tf.gather(twoRows(a), indices),
  rows: ({ a, indices }) => tf.matMul(tf.oneHot(indices, twoRows(a).shape[0]), twoRows(a)),
  embed: ({ a, indices }) => tf.div(tf.matMul(tf.gather(twoRows(a), indices), tf.transpose(matrix(a))), a.size),
};

/** At least one dimension. */
function vectors(a: tf.Tensor): tf.Tensor {
  return a.rank === 0 ? tf.reshape(a, [1]) : a;
}

function matrix(a: tf.Tensor): tf.Tensor2D {
  return tf.reshape(a, [-1, a.shape.at(-1) ?? 1]);
}

function twoRows(a: tf.Tensor): tf.Tensor2D {
  const rows = matrix(a);
  return rows.shape[0] > 1 ? rows : tf.concat([rows, rows]);
}

/** Without the first element along an axis or without the last, where there are so many. */
function part(a: tf.Tensor, axis: number, begin: number): tf.Tensor {
  const size = Math.max(1, at(a.shape, axis) - 1);
  return tf.slice(
    a,
    a.shape.map((n, i) => (i === axis ? Math.min(begin, n - size) : 0)),
    a.shape.map((n, i) => (i === axis ? size : n)),
  );
}

const nat = fc.nat(60);
const step = fc.record({ op: fc.constantFrom(...Object.values(ops)), a: nat, b: nat, n: nat });
export const randomSteps = fc.array(step, { minLength: 2, maxLength: 14, size: 'max' });

export const inputs = {
  x: { shape: [5, 3], dtype: 'float32' },
  i: { shape: [7], dtype: 'int32' },
} as const;
export const variables: Readonly<Record<string, number[]>> = { mean: [], w: [3, 5], b: [3], e: [4, 2] };

/** A training step whose loss follows from the variables in random steps. @param own the variables, in the order above */
export function trainingStep(steps: readonly Step[], own: readonly tf.Variable[]) {
  const [mean, ...trained] = own;
  if (!mean) throw new Error('There are no variables.');
  return ({ x, i }: Record<keyof typeof inputs, tf.Tensor>): Record<string, tf.Tensor> => {
    const forward = (): tf.Tensor[] => applySteps(steps, trained, x, i);
    const loss = (): tf.Scalar => tf.addN([last(forward()), ...trained].map(t => tf.mean(tf.square(t))));
    const { value, grads } = tf.variableGrads(loss, trained);
    const all = forward();
    const slopes = trained.map(v => grads[v.name]!); // each of them has one
    trained.forEach((v, i) => v.assign(tf.sub(v, tf.mul(at(slopes, i), 0.3))));
    mean.assign(tf.add(tf.mul(mean, 0.9), tf.mul(tf.mean(last(all)), 0.1)));
    return { last: last(all), middle: at(all, all.length >> 1), loss: value, slope: at(slopes, 0) };
  };
}

/** The given tensors, x, which needs no gradient, and the result of each step. */
function applySteps(steps: readonly Step[], given: tf.Tensor[], x: tf.Tensor, indices: tf.Tensor): tf.Tensor[] {
  const all = [...given, x];
  for (const { op, ...chosen } of steps) {
    const { n } = chosen;
    const a = at(all, chosen.a % all.length);
    const fitting = all.filter(other => fits(a.shape, other.shape));
    const b = at(fitting, chosen.b % fitting.length);
    const result = op({ a, b, n, axis: n % Math.max(1, a.rank), x, indices });
    all.push(result.size > 0 && result.size <= 600 && result.rank <= 4 ? result : tf.tanh(a));
  }
  return all;
}

function last<T>(values: readonly T[]): T {
  return at(values, values.length - 1);
}

function fits(a: number[], b: number[]): boolean {
  return a.every((n, i) => {
    const m = b[i - a.length + b.length] ?? 1;
    return n === m || n === 1 || m === 1;
  });
}
