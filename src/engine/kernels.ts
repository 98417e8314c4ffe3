/**
 * tfjs's kernels as operations of a graph: one line each. Inputs and attributes are those of tfjs's `kernel_names`.
 */
import type { Graph } from './graph';
import { broadcastShapes, size, type MapFunction, type Node, type Shape } from './operations';

/** tfjs calls a kernel that the engine lacks, or in a way that it does not know. */
export class MissingKernelError extends Error {}

export type DataType = 'float32' | 'int32' | 'bool';
/** What tfjs knows of a tensor: the graph itself has no types. */
export interface Value {
  readonly node: Node;
  readonly dtype: DataType;
}

type Inputs = Readonly<Record<string, Value>>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each kernel has attributes of its own
type Attributes = Readonly<Record<string, any>>;
export type Kernel = (g: Graph, inputs: Inputs, attributes: Attributes) => Value | Value[];

const float = (node: Node): Value => ({ node, dtype: 'float32' });
const like = ({ dtype }: Value, node: Node): Value => ({ node, dtype });

const unary =
  (f: MapFunction): Kernel =>
  (g, { x }) =>
    like(x, g.map(f, x.node));
const arithmetic =
  (f: MapFunction): Kernel =>
  (g, { a, b }) =>
    like(a, g.map(f, a.node, b.node));
const comparison =
  (f: MapFunction): Kernel =>
  (g, { a, b }) => ({ node: g.map(f, a.node, b.node), dtype: 'bool' });

export const kernels: Readonly<Record<string, Kernel>> = {
  Neg: unary('neg'),
  Exp: unary('exp'),
  Log: unary('log'),
  Tanh: unary('tanh'),
  Sigmoid: unary('sigmoid'),
  Sqrt: unary('sqrt'),
  Rsqrt: (g, { x }) => float(g.map('div', g.constant([1], []), g.map('sqrt', x.node))),
  Square: unary('square'),
  Abs: unary('abs'),
  Relu: (g, { x }) => like(x, g.map('max', x.node, g.constant([0], []))),
  Step: (g, { x }, { alpha }) => {
    const isPositive = g.map('greater', x.node, g.constant([0], []));
    const step = g.map('select', isPositive, g.constant([1], []), g.constant([Number(alpha)], []));
    return like(x, g.map('select', g.map('equal', x.node, x.node), step, x.node)); // NaN stays NaN
  },
  Add: arithmetic('add'),
  Sub: arithmetic('sub'),
  Multiply: arithmetic('mul'),
  RealDiv: (g, { a, b }) => float(g.map('div', a.node, b.node)),
  Maximum: arithmetic('max'),
  Minimum: arithmetic('min'),
  SquaredDifference: (g, { a, b }) => like(a, g.map('square', g.map('sub', a.node, b.node))),
  Pow: (g, { a, b }) => like(a, power(g, a.node, b.node)),
  AddN: (g, inputs) => {
    const values = Object.values(inputs);
    return like(
      values[0],
      values.map(v => v.node).reduce((sum, n) => g.map('add', sum, n)),
    );
  },
  Equal: comparison('equal'),
  NotEqual: comparison('notEqual'),
  Less: comparison('less'),
  LessEqual: comparison('lessEqual'),
  Greater: comparison('greater'),
  GreaterEqual: comparison('greaterEqual'),
  LogicalAnd: comparison('mul'),
  LogicalOr: comparison('max'),
  LogicalNot: (g, { x }) => like(x, g.map('equal', x.node, g.constant([0], []))),
  Select: (g, { condition, t, e }) =>
    like(t, g.map('select', alignFirst(g, condition.node, t.node.shape), t.node, e.node)),

  Sum: (g, { x }, { axis, keepDims }) => {
    const dtype = x.dtype === 'bool' ? 'int32' : x.dtype;
    return { node: reduce(g, 'sum', x.node, axis as Axes, Boolean(keepDims)), dtype };
  },
  Mean: (g, { x }, { axis, keepDims }) => float(mean(g, x.node, axis as Axes, Boolean(keepDims))),
  Max: (g, { x }, { reductionIndices, keepDims }) =>
    like(x, reduce(g, 'max', x.node, reductionIndices as Axes, Boolean(keepDims))),
  Softmax: (g, { logits }) => {
    const axis = logits.node.shape.length - 1;
    const e = g.map('exp', g.map('sub', logits.node, g.reduce('max', logits.node, axis)));
    return float(g.map('div', e, g.reduce('sum', e, axis)));
  },

  BatchMatMul: (g, { a, b }, { transposeA, transposeB }) =>
    float(g.product(transposeA ? swapLast(g, a.node) : a.node, transposeB ? swapLast(g, b.node) : b.node)),
  OneHot: (g, { indices }, { depth, onValue, offValue, dtype }) => {
    if (onValue !== 1 || offValue !== 0) throw new MissingKernelError('OneHot knows 1 and 0 only.');
    const rows = g.oneHot(g.reshape(indices.node, [size(indices.node.shape)]), depth as number);
    return { node: g.reshape(rows, [...indices.node.shape, depth as number]), dtype: dtype as DataType };
  },
  GatherV2: (g, { x, indices }, { axis, batchDims }) => {
    if (axis !== 0 || batchDims) throw new MissingKernelError('GatherV2 knows axis 0 and no batch dimensions.');
    const rows = g.gather(x.node, g.reshape(indices.node, [size(indices.node.shape)]));
    return like(x, g.reshape(rows, [...indices.node.shape, ...x.node.shape.slice(1)]));
  },
  UnsortedSegmentSum: (g, { x, segmentIds }, { numSegments }) =>
    like(x, g.scatter(x.node, segmentIds.node, numSegments as number)),

  Reshape: (g, { x }, { shape }) => like(x, g.reshape(x.node, inferShape(x.node.shape, shape as number[]))),
  ExpandDims: (g, { input }, { dim }) => {
    const { shape } = input.node;
    return like(input, g.reshape(input.node, shape.toSpliced(axisOf(dim as number, shape.length + 1), 0, 1)));
  },
  Transpose: (g, { x }, { perm }) => like(x, g.transpose(x.node, perm as number[])),
  Slice: (g, { x }, { begin, size: sizes }) => {
    const from = x.node.shape.map((_, axis) => [begin as number | number[]].flat()[axis] ?? 0);
    const counts = x.node.shape.map((n, axis) => {
      const count = [sizes as number | number[]].flat()[axis] ?? -1;
      return count === -1 ? n - from[axis] : count;
    });
    return like(x, g.slice(x.node, from, counts));
  },
  PadV2: (g, { x }, { paddings, constantValue }) => {
    if (constantValue !== 0) throw new MissingKernelError('PadV2 pads with 0 only.');
    const around = paddings as [number, number][];
    const shape = x.node.shape.map((n, axis) => around[axis][0] + n + around[axis][1]);
    return like(
      x,
      g.pad(
        x.node,
        around.map(([before]) => before),
        shape,
      ),
    );
  },
  Concat: (g, inputs, { axis }) => {
    const values = Object.values(inputs);
    const rank = values[0].node.shape.length;
    const filled = values.filter(({ node }) => size(node.shape) > 0);
    const nodes = (filled.length > 0 ? filled : values.slice(0, 1)).map(v => v.node);
    return like(values[0], g.concat(nodes, axisOf(axis as number, rank)));
  },
  Pack: (g, inputs, { axis }) => {
    const values = Object.values(inputs);
    const { shape } = values[0].node;
    const at = axisOf(axis as number, shape.length + 1);
    const nodes = values.map(({ node }) => g.reshape(node, shape.toSpliced(at, 0, 1)));
    return like(values[0], g.concat(nodes, at));
  },
  Unpack: (g, { value }, { axis }) => {
    const { node } = value;
    const at = axisOf(axis as number, node.shape.length);
    const begin = node.shape.map(() => 0);
    return Array.from({ length: node.shape[at] }, (_, i) => {
      const part = g.slice(node, begin.with(at, i), node.shape.with(at, 1));
      return like(value, g.reshape(part, node.shape.toSpliced(at, 1)));
    });
  },
  SplitV: (g, { x }, { numOrSizeSplits, axis }) => {
    const { node } = x;
    const at = axisOf(axis as number, node.shape.length);
    let begin = 0;
    return splitSizes(node.shape[at], numOrSizeSplits as number | number[]).map(count => {
      const part = g.slice(node, node.shape.map(() => 0).with(at, begin), node.shape.with(at, count));
      begin += count;
      return like(x, part);
    });
  },
  Tile: (g, { x }, { reps }) => {
    const times = reps as number[];
    const tile = (node: Node, axis: number): Node =>
      node.shape[axis] === 1
        ? g.broadcast(node, node.shape.with(axis, times[axis]))
        : g.concat(Array<Node>(times[axis]).fill(node), axis);
    return like(
      x,
      x.node.shape.reduce((node, _, axis) => tile(node, axis), x.node),
    );
  },
  BroadcastTo: (g, { x }, { shape }) => like(x, g.broadcast(x.node, shape as number[])),

  Fill: (g, _, { shape, value, dtype }) => ({
    node: g.broadcast(g.constant([value as number], []), shape as number[]),
    dtype: (dtype as DataType | undefined) ?? 'float32',
  }),
  ZerosLike: (g, { x }) => like(x, g.broadcast(g.constant([0], []), x.node.shape)),
  OnesLike: (g, { x }) => like(x, g.broadcast(g.constant([1], []), x.node.shape)),
  Range: (g, _, { start, stop, step, dtype }) => {
    const length = Math.max(0, Math.ceil(((stop as number) - (start as number)) / (step as number)));
    const values = Array.from({ length }, (_value, i) => (start as number) + i * (step as number));
    return { node: g.constant(values, [length]), dtype: dtype as DataType };
  },
  Identity: (_, { x }) => x,
  Cast: (g, { x }, { dtype }) => {
    const to = dtype as DataType;
    if (to === 'bool') return { node: g.map('notEqual', x.node, g.constant([0], [])), dtype: to };
    return { node: to === 'int32' && x.dtype === 'float32' ? g.map('trunc', x.node) : x.node, dtype: to };
  },
};

/** One, some, or all. */
type Axes = number | readonly number[] | null | undefined;

function axesOf(axis: Axes, rank: number): number[] {
  if (axis === null || axis === undefined) return Array.from({ length: rank }, (_, i) => i);
  return [axis].flat().map(a => axisOf(a, rank));
}

/** Axes that stand side by side are reduced at once. */
function reduce(g: Graph, f: 'sum' | 'max', x: Node, axis: Axes, keepDims: boolean): Node {
  const axes = axesOf(axis, x.shape.length).sort((a, b) => b - a);
  let node = x;
  for (let i = 0; i < axes.length;) {
    const last = axes[i];
    let first = last;
    while (axes[++i] === first - 1) first--;
    node = g.reduce(f, node, first, last);
  }
  return keepDims
    ? node
    : g.reshape(
        node,
        x.shape.filter((_, a) => !axes.includes(a)),
      );
}

function mean(g: Graph, x: Node, axis: Axes, keepDims: boolean): Node {
  const axes = axesOf(axis, x.shape.length);
  const count = size(axes.map(a => x.shape[a]));
  return g.map('div', reduce(g, 'sum', x, axes, keepDims), g.constant([count], []));
}

/** Powers that are products, roots and quotients; a general one would need more exactness than e^(y ln x) has. */
function power(g: Graph, x: Node, exponent: Node): Node {
  const { operation } = exponent.operation.kind === 'broadcast' ? exponent.inputs[0] : exponent;
  const y = operation.kind === 'constant' && operation.values.length === 1 ? operation.values[0] : NaN;
  const one = g.constant([1], []);
  const shape = broadcastShapes(x.shape, exponent.shape);
  if (y < 0) return g.map('div', one, power(g, x, g.broadcast(g.constant([-y], []), shape)));
  const square = g.map('square', x);
  const powers = new Map([
    [0, one],
    [0.5, g.map('sqrt', x)],
    [1, x],
    [1.5, g.map('mul', x, g.map('sqrt', x))],
    [2, square],
    [3, g.map('mul', square, x)],
    [4, g.map('square', square)],
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

/** A condition of fewer dimensions belongs to the first ones. */
function alignFirst(g: Graph, condition: Node, shape: Shape): Node {
  return g.reshape(condition, [...condition.shape, ...shape.slice(condition.shape.length).map(() => 1)]);
}

function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** One -1 stands for what is left. */
function inferShape(from: Shape, to: readonly number[]): Shape {
  const known = size(to.filter(n => n !== -1));
  return to.map(n => (n === -1 ? size(from) / known : n));
}

function splitSizes(total: number, sizes: number | readonly number[]): number[] {
  if (typeof sizes === 'number') return Array<number>(sizes).fill(total / sizes);
  const known = sizes.filter(n => n !== -1).reduce((sum, n) => sum + n, 0);
  const all = sizes.map(n => (n === -1 ? total - known : n));
  if (all.reduce((sum, n) => sum + n, 0) !== total) throw new Error(`${total} cannot be split into ${sizes.join()}.`);
  return all;
}
