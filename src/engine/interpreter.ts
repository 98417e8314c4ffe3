/** The reference: plain float64 loops for every operation. Tests compare the kernels with it; graphs fold constants by it. */
import { at } from '../shared/at';
import type { BinaryFunction, Node, UnaryFunction, UnnumberedNode } from './operations';
import { broadcastStrides, matrixSize, sameShape, size, stridesOf, type Shape } from './shapes';

const unaryFunctions: Readonly<Record<UnaryFunction, (a: number) => number>> = {
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
};

const binaryFunctions: Readonly<Record<BinaryFunction, (a: number, b: number) => number>> = {
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
  const valuesOf = ({ id }: Node): Float64Array => {
    const known = results.get(id);
    if (!known) throw new Error(`Node ${id} is read before it is computed.`);
    return known;
  };
  for (const node of nodes) {
    const given = node.kind === 'input' || node.kind === 'variable' ? values[node.name] : undefined;
    results.set(node.id, given ? Float64Array.from(given) : evaluate(node, valuesOf));
  }
  return results;
}

/**
 * The values (shape) of one operation.
 *
 * @param valuesOf an input's values
 */
export function evaluate(node: UnnumberedNode, valuesOf: (input: Node) => Float64Array): Float64Array {
  const { shape } = node;
  const zeros = (): Float64Array => new Float64Array(size(shape));
  const broadcast = (input: Node): Float64Array =>
    sameShape(input.shape, shape)
      ? valuesOf(input)
      : pick(valuesOf(input), strided(shape, broadcastStrides(input.shape, shape)));
  // `!` reads within bounds here: every index comes from a shape and the strides that belong to it.
  switch (node.kind) {
    case 'input':
    case 'variable':
      throw new Error(`There are no values for ${node.name}.`);
    case 'constant':
      return Float64Array.from(node.values);
    case 'unary': {
      const f = unaryFunctions[node.f];
      return broadcast(node.inputs[0]).map(x => f(x));
    }
    case 'binary': {
      const f = binaryFunctions[node.f];
      const right = broadcast(node.inputs[1]);
      return broadcast(node.inputs[0]).map((x, i) => f(x, right[i]!));
    }
    case 'select': {
      const [ifTrue, ifFalse] = [broadcast(node.inputs[1]), broadcast(node.inputs[2])];
      return broadcast(node.inputs[0]).map((condition, i) => (condition !== 0 ? ifTrue[i]! : ifFalse[i]!));
    }
    case 'reduce': {
      const [x] = node.inputs;
      const into = strided(x.shape, broadcastStrides(shape, x.shape));
      const out = zeros().fill(node.f === 'max' ? -Infinity : 0);
      valuesOf(x).forEach((value, i) => {
        const before = out[into[i]!]!;
        out[into[i]!] = node.f === 'sum' ? before + value : Math.max(before, value);
      });
      return out;
    }
    case 'reshape':
      return valuesOf(node.inputs[0]);
    case 'broadcast':
      return broadcast(node.inputs[0]);
    case 'transpose': {
      const [x] = node.inputs;
      const strides = stridesOf(x.shape);
      const moved = node.order.map(axis => at(strides, axis));
      return pick(valuesOf(x), strided(shape, moved));
    }
    case 'slice': {
      const [x] = node.inputs;
      return pick(valuesOf(x), strided(shape, stridesOf(x.shape), node.begin));
    }
    case 'pad': {
      const [x] = node.inputs;
      const out = zeros();
      put(out, valuesOf(x), strided(x.shape, stridesOf(shape), node.begin));
      return out;
    }
    case 'concat': {
      const out = zeros();
      let along = 0;
      for (const part of node.inputs) {
        const begin = shape.map((_, axis) => (axis === node.axis ? along : 0));
        put(out, valuesOf(part), strided(part.shape, stridesOf(shape), begin));
        along += at(part.shape, node.axis);
      }
      return out;
    }
    case 'product': {
      const [a, b] = node.inputs;
      const [[M, K], [, N]] = [matrixSize(a.shape), matrixSize(b.shape)];
      const [x, y] = [valuesOf(a), valuesOf(b)];
      const batch = shape.slice(0, -2);
      const out = zeros();
      const ofB = strided(batch, broadcastStrides(b.shape.slice(0, -2), batch));
      strided(batch, broadcastStrides(a.shape.slice(0, -2), batch)).forEach((ofA, n) => {
        for (let i = 0; i < M; i++)
          for (let j = 0; j < N; j++) {
            let sum = 0;
            for (let k = 0; k < K; k++) sum += x[(ofA * M + i) * K + k]! * y[(ofB[n]! * K + k) * N + j]!;
            out[(n * M + i) * N + j] = sum;
          }
      });
      return out;
    }
    case 'gather': {
      const [table, indices] = node.inputs;
      const width = size(table.shape.slice(1));
      const [out, rows] = [zeros(), valuesOf(table)];
      valuesOf(indices).forEach((row, i) => {
        if (row >= 0) out.set(rows.subarray(row * width, (row + 1) * width), i * width);
      });
      return out;
    }
    case 'scatter': {
      const [data, indices] = node.inputs;
      const width = size(shape.slice(1));
      const [out, rows] = [zeros(), valuesOf(data)];
      valuesOf(indices).forEach((row, i) => {
        if (row < 0 || row >= node.rows) return;
        const target = out.subarray(row * width, (row + 1) * width);
        const source = rows.subarray(i * width, (i + 1) * width);
        source.forEach((value, j) => (target[j]! += value));
      });
      return out;
    }
    case 'oneHot': {
      const out = zeros();
      valuesOf(node.inputs[0]).forEach((index, i) => {
        if (index >= 0 && index < node.depth) out[i * node.depth + index] = 1;
      });
      return out;
    }
  }
}

function pick(values: Float64Array, from: Uint32Array): Float64Array {
  const out = new Float64Array(from.length);
  from.forEach((index, i) => (out[i] = values[index]!)); // in bounds: `from` was made for these values
  return out;
}

function put(out: Float64Array, values: Float64Array, into: Uint32Array): void {
  values.forEach((value, i) => (out[into[i]!] = value)); // in bounds: there is a place for each value
}

/** For each element of `shape`, in row-major order, the index that strides lead to. */
function strided(shape: Shape, strides: readonly number[], begin: readonly number[] = []): Uint32Array {
  let indices = Uint32Array.of(begin.reduce((sum, b, axis) => sum + b * at(strides, axis), 0));
  shape.forEach((n, axis) => {
    const stride = at(strides, axis);
    const next = new Uint32Array(indices.length * n);
    indices.forEach((index, i) => {
      for (let j = 0; j < n; j++) next[i * n + j] = index + j * stride;
    });
    indices = next;
  });
  return indices;
}
