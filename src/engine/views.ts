/** How a node lies in the memory of another one: slices, transposes, broadcasts and most reshapes move nothing. */
import { at } from '../shared/at';
import type { Node } from './operations';
import { broadcastStrides, size, stridesOf, type Shape } from './shapes';

/** Element [i, j, …] of a node is element offset + i · strides[0] + j · strides[1] + … of the base. */
export interface View {
  readonly base: Node;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Nodes never change, and are asked for their views again and again. */
const known = new WeakMap<Node, View>();

/** A node with memory of its own is its own base. */
export function viewOf(node: Node): View {
  const view = known.get(node) ?? findView(node);
  known.set(node, view);
  return view;
}

function findView(node: Node): View {
  const { shape } = node;
  const own = { base: node, offset: 0, strides: stridesOf(shape) };
  switch (node.kind) {
    case 'reshape': {
      const [x] = node.inputs;
      const { base, offset, strides } = viewOf(x);
      const reshaped = reshapeStrides(x.shape, strides, shape);
      return reshaped ? { base, offset, strides: reshaped } : own;
    }
    case 'broadcast':
      return broadcastView(node.inputs[0], shape);
    case 'transpose': {
      const { base, offset, strides } = viewOf(node.inputs[0]);
      return { base, offset, strides: node.order.map(axis => at(strides, axis)) };
    }
    case 'slice': {
      const { base, offset, strides } = viewOf(node.inputs[0]);
      return { base, offset: offset + offsetOf(node.begin, strides), strides };
    }
    default:
      return own;
  }
}

/** A node's view as an array of a larger shape. */
export function broadcastView(node: Node, shape: Shape): View {
  const { base, offset, strides } = viewOf(node);
  return { base, offset, strides: broadcastStrides(node.shape, shape, strides) };
}

/** How many elements lie before an index. */
export function offsetOf(index: readonly number[], strides: readonly number[]): number {
  return index.reduce((sum, i, axis) => sum + i * at(strides, axis), 0);
}

/** Whether a node's elements lie one after another. */
export function isContiguous(shape: Shape, strides: readonly number[]): boolean {
  const rowMajor = stridesOf(shape);
  return shape.every((n, axis) => n === 1 || strides[axis] === rowMajor[axis]);
}

/** The strides that read the same elements in the same order as another shape; undefined where there are none. */
function reshapeStrides(from: Shape, strides: readonly number[], to: Shape): number[] | undefined {
  if (size(to) === 0) return stridesOf(to);
  const axes = from.map((n, axis) => ({ n, stride: at(strides, axis) })).filter(({ n }) => n > 1);
  const result: number[] = [];
  let taken = { n: 1, stride: 1 }; // what is left of the axes that are being divided, from the last one on
  for (const n of to.toReversed()) {
    while (taken.n % n !== 0 || (taken.n === 1 && n > 1)) {
      const next = axes.pop();
      if (!next) return undefined;
      if (taken.n === 1) taken = next;
      else if (next.stride === taken.stride * taken.n) taken = { n: next.n * taken.n, stride: taken.stride };
      else return undefined;
    }
    result.unshift(n === 1 ? 0 : taken.stride);
    taken = { n: taken.n / n, stride: taken.stride * n };
  }
  return result;
}
