/** tfjs's kernels as operations of a graph: one line each. Names, inputs and attributes are those of its `kernel_names`. */
import type * as tf from '@tensorflow/tfjs-core';
import { at } from '../shared/at';
import { MissingKernelError } from './engine';
import type { Graph } from './graph';
import {
  axesOf,
  axisOf,
  inferShape,
  knownType,
  sliceOf,
  splitSizes,
  type Axes,
  type DataType,
} from './kernel-arguments';
import { scalarValue, type BinaryFunction, type Node, type UnaryFunction } from './operations';
import { broadcastShapes, size, type Shape } from './shapes';

/** What tfjs knows of a tensor: the graph itself has no types. */
export interface Value {
  readonly node: Node;
  readonly dtype: DataType;
}

/** Kernels have no type of inputs and attributes in common; each one below declares its own. */
export type Kernel = (g: Graph, inputs: never, attributes: never) => Value | Value[];

/** By name. */
type Inputs<K extends string> = Readonly<Record<K, Value>>;
/** tfjs refuses an empty list. */
type InputList = readonly [Value, ...Value[]];

const float = (node: Node): Value => ({ node, dtype: 'float32' });
const like = ({ dtype }: Value, node: Node): Value => ({ node, dtype });

const unary =
  (f: UnaryFunction) =>
  (g: Graph, { x }: Inputs<'x'>) =>
    like(x, g.unary(f, x.node));
const binary =
  (f: BinaryFunction) =>
  (g: Graph, { a, b }: Inputs<'a' | 'b'>) =>
    like(a, g.binary(f, a.node, b.node));
const comparison =
  (f: BinaryFunction) =>
  (g: Graph, { a, b }: Inputs<'a' | 'b'>): Value => ({ node: g.binary(f, a.node, b.node), dtype: 'bool' });

export const kernels: Readonly<Record<string, Kernel>> = {
  Neg: unary('neg'),
  Exp: unary('exp'),
  Log: unary('log'),
  Tanh: unary('tanh'),
  Sigmoid: unary('sigmoid'),
  Sqrt: unary('sqrt'),
  Rsqrt: (g, { x }: Inputs<'x'>) => float(g.binary('div', g.scalar(1), g.unary('sqrt', x.node))),
  Square: unary('square'),
  Abs: unary('abs'),
  Relu: (g, { x }: Inputs<'x'>) => like(x, g.binary('max', x.node, g.scalar(0))),
  Step: (g, { x }: Inputs<'x'>, { alpha }: tf.StepAttrs) => {
    const isPositive = g.binary('greater', x.node, g.scalar(0));
    const step = g.select(isPositive, g.scalar(1), g.scalar(alpha));
    return like(x, g.select(g.binary('equal', x.node, x.node), step, x.node)); // NaN stays NaN
  },
  Add: binary('add'),
  Sub: binary('sub'),
  Multiply: binary('mul'),
  RealDiv: (g, { a, b }: Inputs<'a' | 'b'>) => float(g.binary('div', a.node, b.node)),
  Maximum: binary('max'),
  Minimum: binary('min'),
  SquaredDifference: (g, { a, b }: Inputs<'a' | 'b'>) => like(a, g.unary('square', g.binary('sub', a.node, b.node))),
  Pow: (g, { a, b }: Inputs<'a' | 'b'>) => like(a, power(g, a.node, b.node)),
  AddN: (g, values: InputList) => {
    const terms = values.map(v => v.node);
    return like(values[0], g.sum(terms));
  },
  Equal: comparison('equal'),
  NotEqual: comparison('notEqual'),
  Less: comparison('less'),
  LessEqual: comparison('lessEqual'),
  Greater: comparison('greater'),
  GreaterEqual: comparison('greaterEqual'),
  LogicalAnd: comparison('mul'),
  LogicalOr: comparison('max'),
  LogicalNot: (g, { x }: Inputs<'x'>) => like(x, g.binary('equal', x.node, g.scalar(0))),
  Select: (g, { condition, t, e }: Inputs<'condition' | 't' | 'e'>) =>
    like(t, g.select(alignFirst(g, condition.node, t.node.shape), t.node, e.node)),

  Sum: (g, { x }: Inputs<'x'>, { axis, keepDims }: tf.SumAttrs) => {
    const dtype = x.dtype === 'bool' ? 'int32' : x.dtype;
    return { node: reduce(g, 'sum', x.node, axis, keepDims), dtype };
  },
  Mean: (g, { x }: Inputs<'x'>, { axis, keepDims }: tf.MeanAttrs) => float(mean(g, x.node, axis, keepDims)),
  Max: (g, { x }: Inputs<'x'>, { reductionIndices, keepDims }: tf.MaxAttrs) =>
    like(x, reduce(g, 'max', x.node, reductionIndices, keepDims)),
  Softmax: (g, { logits }: Inputs<'logits'>) => {
    const axis = logits.node.shape.length - 1;
    const e = g.unary('exp', g.binary('sub', logits.node, g.reduce('max', logits.node, axis)));
    return float(g.binary('div', e, g.reduce('sum', e, axis)));
  },

  BatchMatMul: (g, { a, b }: Inputs<'a' | 'b'>, { transposeA, transposeB }: tf.BatchMatMulAttrs) =>
    float(g.product(transposeA ? swapLast(g, a.node) : a.node, transposeB ? swapLast(g, b.node) : b.node)),
  OneHot: (g, { indices }: Inputs<'indices'>, { depth, onValue, offValue, dtype }: tf.OneHotAttrs) => {
    if (onValue !== 1 || offValue !== 0) throw new MissingKernelError('OneHot knows 1 and 0 only.');
    const rows = g.oneHot(flat(g, indices.node), depth);
    return { node: g.reshape(rows, [...indices.node.shape, depth]), dtype: knownType(dtype) };
  },
  GatherV2: (g, { x, indices }: Inputs<'x' | 'indices'>, { axis, batchDims }: tf.GatherV2Attrs) => {
    if (axis !== 0 || batchDims !== 0) throw new MissingKernelError('GatherV2 knows axis 0 and no batch dimensions.');
    const rows = g.gather(x.node, flat(g, indices.node));
    return like(x, g.reshape(rows, [...indices.node.shape, ...x.node.shape.slice(1)]));
  },
  UnsortedSegmentSum: (g, { x, segmentIds }: Inputs<'x' | 'segmentIds'>, { numSegments }: tf.UnsortedSegmentSumAttrs) =>
    like(x, g.scatter(x.node, segmentIds.node, numSegments)),

  Reshape: (g, { x }: Inputs<'x'>, { shape }: tf.ReshapeAttrs) =>
    like(x, g.reshape(x.node, inferShape(x.node.shape, shape))),
  ExpandDims: (g, { input }: Inputs<'input'>, { dim }: tf.ExpandDimsAttrs) => {
    const { shape } = input.node;
    return like(input, g.reshape(input.node, shape.toSpliced(axisOf(dim, shape.length + 1), 0, 1)));
  },
  Transpose: (g, { x }: Inputs<'x'>, { perm }: tf.TransposeAttrs) => like(x, g.transpose(x.node, perm)),
  Slice: (g, { x }: Inputs<'x'>, attributes: tf.SliceAttrs) => {
    const { begin, sizes } = sliceOf(x.node.shape, attributes.begin, attributes.size);
    return like(x, g.slice(x.node, begin, sizes));
  },
  PadV2: (g, { x }: Inputs<'x'>, { paddings, constantValue }: tf.PadV2Attrs) => {
    if (constantValue !== 0) throw new MissingKernelError('PadV2 pads with 0 only.');
    const begin = paddings.map(([before]) => before);
    const shape = paddings.map(([before, after], axis) => before + at(x.node.shape, axis) + after);
    return like(x, g.pad(x.node, begin, shape));
  },
  Concat: (g, values: InputList, { axis }: tf.ConcatAttrs) => {
    const [first] = values;
    const filled = values.map(v => v.node).filter(({ shape }) => size(shape) > 0);
    const nodes = filled.length > 0 ? filled : [first.node];
    return like(first, g.concat(nodes, axisOf(axis, first.node.shape.length)));
  },
  Pack: (g, values: InputList, { axis }: tf.PackAttrs) => {
    const [first] = values;
    const { shape } = first.node;
    const along = axisOf(axis, shape.length + 1);
    const nodes = values.map(({ node }) => g.reshape(node, shape.toSpliced(along, 0, 1)));
    return like(first, g.concat(nodes, along));
  },
  Unpack: (g, { value }: Inputs<'value'>, { axis }: tf.UnpackAttrs) => {
    const { node } = value;
    const along = axisOf(axis, node.shape.length);
    const shape = node.shape.toSpliced(along, 1);
    return Array.from({ length: at(node.shape, along) }, (_, i) =>
      like(value, g.reshape(g.sliceAxis(node, along, i, 1), shape)),
    );
  },
  SplitV: (g, { x }: Inputs<'x'>, { numOrSizeSplits, axis }: tf.SplitVAttrs) => {
    const along = axisOf(axis, x.node.shape.length);
    let begin = 0;
    return splitSizes(at(x.node.shape, along), numOrSizeSplits).map(count => {
      const part = g.sliceAxis(x.node, along, begin, count);
      begin += count;
      return like(x, part);
    });
  },
  Tile: (g, { x }: Inputs<'x'>, { reps }: tf.TileAttrs) => {
    const tile = (node: Node, times: number, axis: number): Node =>
      node.shape[axis] === 1
        ? g.broadcast(node, node.shape.with(axis, times))
        : g.concat(Array<Node>(times).fill(node), axis);
    return like(x, reps.reduce(tile, x.node));
  },
  BroadcastTo: (g, { x }: Inputs<'x'>, { shape }: { readonly shape: Shape }) => like(x, g.broadcast(x.node, shape)),

  Fill: (g, _, { shape, value, dtype }: tf.FillAttrs) => ({
    node: g.broadcast(g.scalar(Number(value)), shape),
    dtype: knownType(dtype),
  }),
  ZerosLike: (g, { x }: Inputs<'x'>) => like(x, g.broadcast(g.scalar(0), x.node.shape)),
  OnesLike: (g, { x }: Inputs<'x'>) => like(x, g.broadcast(g.scalar(1), x.node.shape)),
  Range: (g, _, { start, stop, step, dtype }: tf.RangeAttrs) => {
    const length = Math.max(0, Math.ceil((stop - start) / step));
    const values = Array.from({ length }, (_value, i) => start + i * step);
    return { node: g.constant(values, [length]), dtype };
  },
  Identity: (_, { x }: Inputs<'x'>) => x,
  Cast: (g, { x }: Inputs<'x'>, { dtype }: tf.CastAttrs) => {
    const to = knownType(dtype);
    if (to === 'bool') return { node: g.binary('notEqual', x.node, g.scalar(0)), dtype: to };
    return { node: to === 'int32' && x.dtype === 'float32' ? g.unary('trunc', x.node) : x.node, dtype: to };
  },
};

/** Neighboring axes are reduced at once. */
function reduce(g: Graph, f: 'sum' | 'max', x: Node, axis: Axes, keepDims: boolean): Node {
  const axes = axesOf(axis, x.shape.length);
  const runs: { first: number; last: number }[] = [];
  for (const a of axes.toSorted((m, n) => n - m)) {
    const run = runs.at(-1);
    if (run?.first === a + 1) run.first = a;
    else runs.push({ first: a, last: a });
  }
  const node = runs.reduce((reduced, { first, last }) => g.reduce(f, reduced, first, last), x);
  if (keepDims) return node;
  const shape = x.shape.filter((_, a) => !axes.includes(a));
  return g.reshape(node, shape);
}

function mean(g: Graph, x: Node, axis: Axes, keepDims: boolean): Node {
  const axes = axesOf(axis, x.shape.length);
  const count = size(axes.map(a => at(x.shape, a)));
  return g.binary('div', reduce(g, 'sum', x, axes, keepDims), g.scalar(count));
}

/** Only those powers that are products, roots and quotients: e^(y ln x) would not be exact enough for all others. */
function power(g: Graph, x: Node, exponent: Node): Node {
  const y = scalarValue(exponent) ?? NaN;
  const one = g.scalar(1);
  const shape = broadcastShapes(x.shape, exponent.shape);
  if (y < 0) return g.binary('div', one, power(g, x, g.broadcast(g.scalar(-y), shape)));
  const square = g.unary('square', x);
  const powers = new Map([
    [0, one],
    [0.5, g.unary('sqrt', x)],
    [1, x],
    [1.5, g.binary('mul', x, g.unary('sqrt', x))],
    [2, square],
    [3, g.binary('mul', square, x)],
    [4, g.unary('square', square)],
  ]);
  const known = powers.get(y);
  if (!known)
    throw new MissingKernelError('Pow knows the constant exponents 0, 0.5, 1, 1.5, 2, 3, 4 and their negatives only.');
  return g.broadcast(known, shape);
}

function swapLast(g: Graph, x: Node): Node {
  const axes = x.shape.map((_, axis) => axis);
  return g.transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

function flat(g: Graph, x: Node): Node {
  return g.reshape(x, [size(x.shape)]);
}

/** A condition of fewer dimensions belongs to the first ones. */
function alignFirst(g: Graph, condition: Node, shape: Shape): Node {
  return g.reshape(condition, [...condition.shape, ...shape.slice(condition.shape.length).map(() => 1)]);
}
