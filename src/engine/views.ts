/** How a node lies in the memory of another: slices, transposes, broadcasts and most reshapes move nothing. */
import { broadcastStrides, size, stridesOf, type Node, type Shape } from './operations';

/** Element [i, j, …] of a node is element offset + i · strides[0] + j · strides[1] + … of the base. */
export interface View {
  readonly base: Node;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Nodes never change, and are asked for their views again and again. */
const known = new WeakMap<Node, View>();

/** A node that has memory of its own is its own base. */
export function viewOf(node: Node): View {
  const view = known.get(node) ?? findView(node);
  known.set(node, view);
  return view;
}

function findView(node: Node): View {
  const { operation, shape } = node;
  const own = { base: node, offset: 0, strides: stridesOf(shape) };
  switch (operation.kind) {
    case 'reshape': {
      const [x] = node.inputs;
      const { base, offset, strides } = viewOf(x);
      const reshaped = reshapeStrides(x.shape, strides, shape);
      return reshaped ? { base, offset, strides: reshaped } : own;
    }
    case 'broadcast': {
      const [x] = node.inputs;
      const { base, offset, strides } = viewOf(x);
      const steps = broadcastStrides(x.shape, shape);
      const missing = shape.length - x.shape.length;
      return { base, offset, strides: steps.map((step, axis) => (step === 0 ? 0 : strides[axis - missing])) };
    }
    case 'transpose': {
      const { base, offset, strides } = viewOf(node.inputs[0]);
      return { base, offset, strides: operation.order.map(axis => strides[axis]) };
    }
    case 'slice': {
      const { base, offset, strides } = viewOf(node.inputs[0]);
      return { base, offset: operation.begin.reduce((sum, b, axis) => sum + b * strides[axis], offset), strides };
    }
    default:
      return own;
  }
}

/** Whether a node's elements lie one after another. */
export function isContiguous(shape: Shape, strides: readonly number[]): boolean {
  const rowMajor = stridesOf(shape);
  return shape.every((n, axis) => n === 1 || strides[axis] === rowMajor[axis]);
}

/** The strides that read the same elements in the same order as another shape; undefined where none do. */
function reshapeStrides(from: Shape, strides: readonly number[], to: Shape): number[] | undefined {
  if (size(to) === 0) return stridesOf(to);
  const axes = from.map((n, axis) => ({ n, stride: strides[axis] })).filter(({ n }) => n > 1);
  const result: number[] = [];
  let taken = { n: 1, stride: 1 }; // what is left of the axes that are being divided, from the last on
  for (let i = to.length - 1; i >= 0; i--) {
    while (taken.n % to[i] !== 0 || (taken.n === 1 && to[i] > 1)) {
      const next = axes.pop();
      if (!next) return undefined;
      if (taken.n === 1) taken = next;
      else if (next.stride === taken.stride * taken.n) taken = { n: next.n * taken.n, stride: taken.stride };
      else return undefined;
    }
    result.unshift(to[i] === 1 ? 0 : taken.stride);
    taken = { n: taken.n / to[i], stride: taken.stride * to[i] };
  }
  return result;
}
