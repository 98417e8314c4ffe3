/** The reference: every operation of a graph as plain loops over float64. The kernels' oracle, and what folds constants. */
import {
  broadcastStrides,
  size,
  stridesOf,
  type MapFunction,
  type Node,
  type Operation,
  type Shape,
} from './operations';

const functions: Readonly<Record<MapFunction, (a: number, b: number, c: number) => number>> = {
  identity: a => a,
  neg: a => -a,
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: a => 1 / (1 + Math.exp(-a)),
  sqrt: Math.sqrt,
  square: a => a * a,
  abs: Math.abs,
  trunc: Math.trunc,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: (a, b) => Math.max(a, b),
  min: (a, b) => Math.min(a, b),
  equal: (a, b) => Number(a === b),
  notEqual: (a, b) => Number(a !== b),
  less: (a, b) => Number(a < b),
  lessEqual: (a, b) => Number(a <= b),
  greater: (a, b) => Number(a > b),
  greaterEqual: (a, b) => Number(a >= b),
  select: (a, b, c) => (a !== 0 ? b : c),
};

/**
 * Runs the nodes, which are in the order of execution.
 *
 * @param values of inputs and variables, by name
 * @returns the values of every node, by id
 */
export function interpret(
  nodes: readonly Node[],
  values: Readonly<Record<string, ArrayLike<number>>>,
): Map<number, Float64Array> {
  const results = new Map<number, Float64Array>();
  for (const node of nodes) {
    const { operation } = node;
    const given = operation.kind === 'input' || operation.kind === 'variable' ? values[operation.name] : undefined;
    results.set(
      node.id,
      given
        ? Float64Array.from(given)
        : evaluate(
            node,
            node.inputs.map(n => results.get(n.id)!),
          ),
    );
  }
  return results;
}

/** The values (shape) of one operation from those of its inputs. */
export function evaluate(
  { operation, inputs, shape }: Omit<Node, 'id'>,
  values: readonly Float64Array[],
): Float64Array {
  const out = new Float64Array(size(shape));
  const [a, b] = inputs.map(n => n.shape);
  const [x, y] = values;
  switch (operation.kind) {
    case 'constant':
      out.set(operation.values);
      break;
    case 'map': {
      const f = functions[operation.f];
      const at = inputs.map(n => strided(shape, broadcastStrides(n.shape, shape)));
      const element = (k: number, i: number): number => (k < at.length ? values[k][at[k][i]] : NaN);
      for (let i = 0; i < out.length; i++) out[i] = f(element(0, i), element(1, i), element(2, i));
      break;
    }
    case 'reduce': {
      const into = strided(a, broadcastStrides(shape, a));
      if (operation.f === 'max') out.fill(-Infinity);
      for (let i = 0; i < x.length; i++)
        out[into[i]] = operation.f === 'sum' ? out[into[i]] + x[i] : Math.max(out[into[i]], x[i]);
      break;
    }
    case 'reshape':
      out.set(x);
      break;
    case 'broadcast':
      strided(shape, broadcastStrides(a, shape)).forEach((from, i) => (out[i] = x[from]));
      break;
    case 'transpose': {
      const strides = stridesOf(a);
      const from = strided(
        shape,
        operation.order.map(axis => strides[axis]),
      );
      from.forEach((index, i) => (out[i] = x[index]));
      break;
    }
    case 'slice':
      strided(shape, stridesOf(a), operation.begin).forEach((from, i) => (out[i] = x[from]));
      break;
    case 'pad':
      strided(a, stridesOf(shape), operation.begin).forEach((to, i) => (out[to] = x[i]));
      break;
    case 'concat': {
      let begin = 0;
      inputs.forEach((n, k) => {
        const begins = shape.map((_, axis) => (axis === operation.axis ? begin : 0));
        strided(n.shape, stridesOf(shape), begins).forEach((to, i) => (out[to] = values[k][i]));
        begin += n.shape[operation.axis];
      });
      break;
    }
    case 'product': {
      const [M, K, N] = [a.at(-2)!, a.at(-1)!, b.at(-1)!];
      const batch = shape.slice(0, -2);
      const ofA = strided(batch, broadcastStrides(a.slice(0, -2), batch));
      const ofB = strided(batch, broadcastStrides(b.slice(0, -2), batch));
      for (let n = 0; n < size(batch); n++)
        for (let i = 0; i < M; i++)
          for (let j = 0; j < N; j++) {
            let sum = 0;
            for (let k = 0; k < K; k++) sum += x[ofA[n] * M * K + i * K + k] * y[ofB[n] * K * N + k * N + j];
            out[(n * M + i) * N + j] = sum;
          }
      break;
    }
    case 'gather': {
      const width = size(a.slice(1));
      y.forEach((row, i) => {
        if (row >= 0) out.set(x.subarray(row * width, (row + 1) * width), i * width);
      });
      break;
    }
    case 'scatter': {
      const width = size(a.slice(1));
      y.forEach((row, i) => {
        if (row >= 0 && row < shape[0]) for (let j = 0; j < width; j++) out[row * width + j] += x[i * width + j];
      });
      break;
    }
    case 'oneHot':
      x.forEach((index, i) => {
        if (index >= 0 && index < shape[1]) out[i * shape[1] + index] = 1;
      });
      break;
    case 'input':
    case 'variable':
      throw new Error(`There are no values for ${operation.name}.`);
    default:
      return unknown(operation);
  }
  return out;
}

function unknown(operation: never): never {
  throw new Error(`There is no operation ${(operation as Operation).kind}.`);
}

/** For each element of `shape`, row by row, the index that strides lead to. */
function strided(shape: Shape, strides: readonly number[], begin: readonly number[] = []): Uint32Array {
  let indices = Uint32Array.of(begin.reduce((sum, b, axis) => sum + b * strides[axis], 0));
  shape.forEach((n, axis) => {
    const next = new Uint32Array(indices.length * n);
    indices.forEach((index, i) => {
      for (let j = 0; j < n; j++) next[i * n + j] = index + j * strides[axis];
    });
    indices = next;
  });
  return indices;
}
