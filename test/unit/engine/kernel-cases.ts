/** What to run for each kernel, and on which operands. */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { size, type Shape } from '../../../src/engine/shapes';
import { at } from '../../../src/shared/at';
import {
  filledShapes,
  ints,
  narrower,
  numbers,
  shapes,
  tensors,
  type Given,
  type Kind,
  type Tolerance,
} from './helpers';

export type Draw = <T>(from: fc.Arbitrary<T>) => T;
type Op = (...x: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
/** An input, and how the function under test sees it. */
interface Operand {
  readonly given: Given;
  readonly view?: (x: tf.Tensor) => tf.Tensor;
}
export interface Case {
  readonly operands: readonly Operand[];
  readonly op: Op;
  readonly tolerance?: Tolerance;
}

/** A tensor that is read as it lies in memory, transposed, as a part of a larger one, or from integers. */
function operand(draw: Draw, shape: Shape, of: Kind): Operand {
  const given = (own: Shape): Given => draw(tensors(own, of));
  const ways = {
    whole: () => ({ given: given(shape) }),
    transposed: () => ({ given: given(shape.toReversed()), view: (x: tf.Tensor) => tf.transpose(x) }),
    part: () => ({ given: given(shape.map(n => n + 1)), view: (x: tf.Tensor) => lastOf(x, shape) }),
    integers: () => ({ given: ints(shape, numbers(size(shape), 'integers')), view: toFloat }),
  };
  return ways[draw(fc.constantFrom('whole', ...(Object.keys(ways) as (keyof typeof ways)[])))]();
}

const toFloat = (x: tf.Tensor): tf.Tensor => tf.cast(x, 'float32');

function lastOf(x: tf.Tensor, shape: Shape): tf.Tensor {
  const begin = shape.map((n, axis) => at(x.shape, axis) - n);
  return shape.length > 0 ? tf.slice(x, begin, [...shape]) : x;
}

/** Functions of tensors that are broadcast to one shape. */
const map =
  (count: number, op: Op, tolerance: Tolerance = {}, of: Kind = 'any', from = shapes) =>
  (draw: Draw): Case => {
    const shape = draw(from);
    const operands = Array.from({ length: count }, () => operand(draw, draw(narrower(shape)), of));
    return { operands, op, tolerance };
  };

type Axes = number[] | undefined;
const reduction =
  (
    op: (x: tf.Tensor, axes: Axes, keepDims: boolean) => tf.Tensor,
    of: Kind,
    from = filledShapes,
    tolerance: Tolerance = {},
  ) =>
  (draw: Draw): Case => {
    const shape = draw(from);
    const axes = draw(fc.option(fc.shuffledSubarray([...shape.keys()]), { nil: undefined }));
    const keepDims = draw(fc.boolean());
    return { operands: [operand(draw, shape, of)], op: x => op(x, axes, keepDims), tolerance };
  };

const anyAxes = shapes.filter(shape => shape.length > 0);
/** Ops that move the elements of one tensor. `plan` draws what it needs and gives the op. */
const move =
  (plan: (shape: number[], draw: Draw) => Op, from: fc.Arbitrary<number[]> = anyAxes) =>
  (draw: Draw): Case => {
    const shape = draw(from);
    return { operands: [operand(draw, shape, 'any')], op: plan(shape, draw) };
  };

const nat = (max: number): fc.Arbitrary<number> => fc.nat(max);
const axisOf = (shape: Shape): fc.Arbitrary<number> => fc.integer({ min: -shape.length, max: shape.length - 1 });
const indices = (shape: Shape, from: number, to: number): Operand => ({
  given: ints(
    shape,
    numbers(size(shape), 'positive').map(x => Math.floor(x * (to - from)) + from),
  ),
});

/** Tensors of one shape except along an axis. */
function joined(draw: Draw, shape: number[], axis: number, lengths: number[]): Operand[] {
  return lengths.map(n => operand(draw, shape.with(axis, n), 'any'));
}

function product(draw: Draw): Case {
  const size = (): number => draw(fc.constantFrom(1, 2, 3, 5, 6, 7, 8, 17, 27, 0));
  const [M, K, N] = [size(), size(), size()];
  const batch = draw(fc.array(fc.constantFrom(1, 2, 3), { maxLength: 2 }));
  // tfjs itself broadcasts the first axes of a batch only.
  const narrowed = (): number[] => [...batch].fill(1, 0, draw(nat(batch.length)));
  const [ofA, ofB] = [narrowed(), narrowed()];
  const [transposeA, transposeB] = [draw(fc.boolean()), draw(fc.boolean())];
  const kind = draw(fc.constantFrom<Kind>('integers', 'specials'));
  const a = operand(draw, [...ofA, ...(transposeA ? [K, M] : [M, K])], kind);
  const b = operand(draw, [...ofB, ...(transposeB ? [N, K] : [K, N])], kind);
  return { operands: [a, b], op: (x, y) => tf.matMul(x, y, transposeA, transposeB) };
}

const ulps: Tolerance = { relative: 1e-6 };
const positive = (x: tf.Tensor): tf.Tensor => tf.greater(x, 0);
const compare = (op: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): ((draw: Draw) => Case) => map(2, op, {}, 'specials');

/** One case per kernel. Its results are exact unless there is a tolerance. */
export const cases: Readonly<Record<string, (draw: Draw) => Case>> = {
  Neg: map(1, tf.neg),
  Exp: map(1, tf.exp, ulps),
  Log: map(1, tf.log, ulps),
  Tanh: map(1, tf.tanh, ulps),
  Sigmoid: map(1, tf.sigmoid, ulps),
  Sqrt: map(1, tf.sqrt),
  Rsqrt: map(1, tf.rsqrt, ulps),
  Square: map(1, tf.square),
  Abs: map(1, tf.abs),
  Relu: map(1, tf.relu),
  Step: draw => map(1, x => tf.step(x, -1))(draw),
  Add: map(2, tf.add),
  Sub: map(2, tf.sub),
  Multiply: map(2, tf.mul),
  RealDiv: map(2, tf.div),
  Maximum: map(2, tf.maximum),
  Minimum: map(2, tf.minimum),
  SquaredDifference: map(2, tf.squaredDifference, ulps),
  Pow: draw => {
    const exponent = draw(fc.constantFrom(0, 0.5, 1, 2, 3, 4, -0.5, -1, -2, -3, -4));
    return map(1, x => tf.pow(x, exponent), ulps, exponent % 1 ? 'positive' : 'specials')(draw);
  },
  AddN: draw => {
    const shape = draw(shapes);
    const operands = Array.from({ length: 1 + draw(nat(3)) }, () => operand(draw, shape, 'specials'));
    return { operands, op: (...x) => tf.addN(x) };
  },
  Equal: compare(tf.equal),
  NotEqual: compare(tf.notEqual),
  Less: compare(tf.less),
  LessEqual: compare(tf.lessEqual),
  Greater: compare(tf.greater),
  GreaterEqual: compare(tf.greaterEqual),
  LogicalAnd: map(2, (a, b) => tf.logicalAnd(positive(a), positive(b))),
  LogicalOr: map(2, (a, b) => tf.logicalOr(positive(a), positive(b))),
  LogicalNot: map(1, x => tf.logicalNot(positive(x))),
  Select: map(3, (a, b, c) => tf.where(positive(a), b, c), {}, 'any', filledShapes),

  Sum: reduction(tf.sum, 'specials', shapes),
  Mean: reduction(tf.mean, 'integers', filledShapes, { absolute: 1e-5 }),
  Max: reduction(tf.max, 'any'),
  Softmax: draw => {
    const shape = draw(filledShapes.filter(({ length }) => length > 0));
    return { operands: [operand(draw, shape, 'specials')], op: x => tf.softmax(x), tolerance: ulps };
  },

  BatchMatMul: product,
  OneHot: draw => {
    const depth = 2 + draw(nat(40));
    return { operands: [indices(draw(shapes), -2, depth + 2)], op: x => tf.oneHot(x, depth) };
  },
  GatherV2: draw => {
    const table = draw(filledShapes.filter(({ length }) => length > 0));
    const rows = indices(draw(fc.array(nat(5), { maxLength: 2 })), 0, at(table, 0));
    return { operands: [operand(draw, table, 'any'), rows], op: (x, i) => tf.gather(x, i) };
  },
  UnsortedSegmentSum: draw => {
    const [shape, rows] = [draw(anyAxes), 1 + draw(nat(8))];
    const ids = indices([at(shape, 0)], -1, rows + 2);
    return {
      operands: [operand(draw, shape, 'integers'), ids],
      op: (x, i) => tf.unsortedSegmentSum(x, i as tf.Tensor1D, rows),
    };
  },

  Reshape: move((shape, draw) => {
    const to = draw(fc.constantFrom(shape.toReversed(), [size(shape)], [1, ...shape, 1]));
    return x => tf.reshape(x, to);
  }, shapes),
  ExpandDims: move((shape, draw) => {
    const axis = draw(fc.integer({ min: -shape.length - 1, max: shape.length }));
    return x => tf.expandDims(x, axis);
  }, shapes),
  Transpose: move((shape, draw) => {
    const order = draw(fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }));
    return x => tf.transpose(x, order);
  }, shapes),
  Slice: move((shape, draw) => {
    const begin = shape.map(n => draw(nat(n)));
    const counts = shape.map((n, axis) => {
      const most = n - at(begin, axis);
      return draw(fc.constantFrom(-1, most, most >> 1));
    });
    return draw(
      fc.constantFrom<Op>(
        x => tf.slice(x, begin, counts),
        x => tf.slice(x, begin),
        x => tf.slice(x, at(begin, 0)),
      ),
    );
  }),
  PadV2: move((shape, draw) => {
    const around = shape.map((): [number, number] => [draw(nat(3)), draw(nat(3))]);
    return x => tf.pad(x, around);
  }),
  Concat: draw => {
    const shape = draw(anyAxes);
    const axis = draw(axisOf(shape));
    const lengths = draw(fc.array(nat(5), { minLength: 1, maxLength: 4 }));
    return {
      operands: joined(draw, shape, axis < 0 ? axis + shape.length : axis, lengths),
      op: (...x) => tf.concat(x, axis),
    };
  },
  Pack: draw => {
    const shape = draw(shapes);
    const axis = draw(nat(shape.length));
    const operands = Array.from({ length: 1 + draw(nat(3)) }, () => operand(draw, shape, 'any'));
    return { operands, op: (...x) => tf.stack(x, axis) };
  },
  Unpack: move((shape, draw) => {
    const axis = draw(axisOf(shape));
    return x => tf.unstack(x, axis);
  }),
  SplitV: move((shape, draw) => {
    const axis = draw(axisOf(shape));
    const length = at(shape, axis < 0 ? axis + shape.length : axis);
    const first = draw(nat(length));
    return x => tf.split(x, [first, length - first], axis);
  }),
  Tile: move((shape, draw) => {
    const times = shape.map(() => 1 + draw(nat(2)));
    return x => tf.tile(x, times);
  }),
  BroadcastTo: draw => {
    const shape = draw(filledShapes);
    return { operands: [operand(draw, draw(narrower(shape)), 'any')], op: x => broadcastTo(x, shape) };
  },

  Fill: draw => {
    const shape = draw(shapes);
    return { operands: [], op: () => tf.fill(shape, 1.5) };
  },
  ZerosLike: map(1, tf.zerosLike),
  OnesLike: map(1, tf.onesLike),
  Range: draw => {
    const [start, stop, step] = [draw(nat(5)), draw(nat(9)), draw(fc.constantFrom(0.5, 1, 3))];
    return { operands: [], op: () => tf.range(start, stop, start > stop ? -step : step) };
  },
  Identity: map(1, x => tf.clone(x)),
  Cast: draw => {
    const [to, kind] = draw(fc.constantFrom<['int32' | 'bool', Kind]>(['int32', 'integers'], ['bool', 'specials']));
    return map(1, x => tf.cast(tf.mul(x, 0.375), to), {}, kind)(draw);
  },
};

/** No op of tfjs calls this kernel, and tfjs's backends lack it. */
function broadcastTo(x: tf.Tensor, shape: number[]): tf.Tensor {
  if (tf.getBackend() === 'cpu') return tf.broadcastTo(x, shape);
  return tf.engine().runKernel('BroadcastTo', { x }, { shape });
}
