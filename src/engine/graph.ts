/**
 * What an engine executes: a graph of operations on arrays of numbers with static shapes.
 *
 * The constructors simplify as they build: equal nodes are one node, views of views are one view, and what depends only
 * on constants is computed at once. Node ids ascend in the order of execution.
 */
import { at } from '../shared/at';
import { evaluate } from './interpreter';
import {
  scalarValue,
  unbroadcast,
  type BinaryFunction,
  type Node,
  type NodeOf,
  type UnaryFunction,
  type UnnumberedNode,
} from './operations';
import { broadcastShapes, matrixSize, sameShape, size, type Shape } from './shapes';

/** Constants with more elements than this are computed when the program runs. */
const mostFolded = 2 ** 20;

export class Graph {
  readonly nodes: Node[] = [];
  /** The nodes by key, in the order in which they were added. */
  private readonly known = new Map<string, Node>();

  /** What tells the nodes apart: equal keys, equal values. */
  keys(): string[] {
    return [...this.known.keys()];
  }

  input(name: string, shape: Shape, integer: boolean): Node {
    return this.add({ kind: 'input', name, integer, inputs: [], shape });
  }

  variable(name: string, shape: Shape): Node {
    return this.add({ kind: 'variable', name, inputs: [], shape });
  }

  constant(values: ArrayLike<number>, shape: Shape): Node {
    const first = values[0];
    // Large constants are of one value nearly always, and then nothing of their size is made.
    if (first !== undefined && values.length > 1 && isUniform(values, Math.fround(first)))
      return this.broadcast(this.scalar(first), shape);
    // NaN has many bit patterns, which count as one value.
    const array = new Float32Array(values).map(v => (Number.isNaN(v) ? NaN : v));
    return this.add({ kind: 'constant', values: array, inputs: [], shape });
  }

  scalar(value: number): Node {
    return this.constant([value], []);
  }

  unary(f: UnaryFunction, a: Node): Node {
    if (f === 'identity') return a;
    if (f === 'neg' && isNegated(a)) return a.inputs[0];
    // What is the same along an axis is computed once.
    const narrow = unbroadcast(a);
    return this.broadcast(this.add({ kind: 'unary', f, inputs: [narrow], shape: narrow.shape }), a.shape);
  }

  binary(f: BinaryFunction, a: Node, b: Node): Node {
    const shape = broadcastShapes(a.shape, b.shape);
    const simpler = this.simplerBinary(f, a, b, shape);
    if (simpler) return simpler;
    const inputs = [unbroadcast(a), unbroadcast(b)] as const;
    const narrow = broadcastShapes(inputs[0].shape, inputs[1].shape);
    return this.broadcast(this.add({ kind: 'binary', f, inputs, shape: narrow }), shape);
  }

  /** a where the condition is not 0, else b. */
  select(condition: Node, a: Node, b: Node): Node {
    const shape = [condition, a, b].map(n => n.shape).reduce(broadcastShapes);
    const inputs = [unbroadcast(condition), unbroadcast(a), unbroadcast(b)] as const;
    const narrow = inputs.map(n => n.shape).reduce(broadcastShapes);
    return this.broadcast(this.add({ kind: 'select', inputs, shape: narrow }), shape);
  }

  /** The sum of at least one node. */
  sum(terms: readonly Node[]): Node {
    return terms.reduce((total, term) => this.binary('add', total, term));
  }

  reduce(f: 'sum' | 'max', x: Node, first: number, last = first): Node {
    if (size(x.shape.slice(first, last + 1)) === 1) return x;
    const shape = x.shape.map((n, axis) => (axis >= first && axis <= last ? 1 : n));
    return this.add({ kind: 'reduce', f, first, last, inputs: [x], shape });
  }

  reshape(x: Node, shape: Shape): Node {
    if (sameShape(x.shape, shape)) return x;
    if (size(x.shape) !== size(shape)) throw new Error(`Shape [${x.shape.join()}] cannot become [${shape.join()}].`);
    if (x.kind === 'reshape') return this.reshape(x.inputs[0], shape);
    if (x.kind === 'broadcast' && size(x.inputs[0].shape) === 1)
      return this.broadcast(this.reshape(x.inputs[0], []), shape);
    return this.add({ kind: 'reshape', inputs: [x], shape });
  }

  broadcast(x: Node, shape: Shape): Node {
    if (sameShape(x.shape, shape)) return x;
    if (x.kind === 'broadcast') return this.broadcast(x.inputs[0], shape);
    return this.add({ kind: 'broadcast', inputs: [x], shape });
  }

  /** Axis i of the result is axis `order[i]` of x. */
  transpose(x: Node, order: readonly number[]): Node {
    if (order.every((axis, i) => axis === i)) return x;
    if (x.kind === 'transpose') {
      const composed = order.map(axis => at(x.order, axis));
      return this.transpose(x.inputs[0], composed);
    }
    const shape = order.map(axis => at(x.shape, axis));
    return this.add({ kind: 'transpose', order, inputs: [x], shape });
  }

  slice(x: Node, begin: readonly number[], shape: Shape): Node {
    const isInside = shape.every((n, axis) => at(begin, axis) >= 0 && at(begin, axis) + n <= at(x.shape, axis));
    if (!isInside) throw new Error(`There is no slice [${shape.join()}] at [${begin.join()}] of [${x.shape.join()}].`);
    if (sameShape(x.shape, shape)) return x;
    if (x.kind === 'slice') {
      const total = begin.map((b, axis) => b + at(x.begin, axis));
      return this.slice(x.inputs[0], total, shape);
    }
    return this.add({ kind: 'slice', begin, inputs: [x], shape });
  }

  /** `count` positions along one axis, all of the others. */
  sliceAxis(x: Node, axis: number, begin: number, count: number): Node {
    return this.slice(x, x.shape.map(() => 0).with(axis, begin), x.shape.with(axis, count));
  }

  pad(x: Node, begin: readonly number[], shape: Shape): Node {
    return sameShape(x.shape, shape) ? x : this.add({ kind: 'pad', begin, inputs: [x], shape });
  }

  concat(inputs: readonly Node[], axis: number): Node {
    const [first, ...others] = inputs;
    if (!first) throw new Error('There is nothing to join.');
    if (others.length === 0) return first;
    const rest = ({ shape }: Node): Shape => shape.with(axis, 0);
    const odd = others.find(n => !sameShape(rest(n), rest(first)));
    if (odd) throw new Error(`Shapes [${first.shape.join()}] and [${odd.shape.join()}] cannot be joined.`);
    const along = inputs.reduce((sum, n) => sum + at(n.shape, axis), 0);
    return this.add({ kind: 'concat', axis, inputs, shape: first.shape.with(axis, along) });
  }

  product(a: Node, b: Node): Node {
    const [M, K] = matrixSize(a.shape);
    const [rows, N] = matrixSize(b.shape);
    if (K !== rows) throw new Error(`Shapes [${a.shape.join()}] and [${b.shape.join()}] cannot be multiplied.`);
    const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
    return this.add({ kind: 'product', inputs: [a, b], shape: [...batch, M, N] });
  }

  gather(table: Node, indices: Node): Node {
    return this.add({
      kind: 'gather',
      inputs: [table, indices],
      shape: [...indices.shape, ...table.shape.slice(1)],
    });
  }

  scatter(data: Node, indices: Node, rows: number): Node {
    return this.add({ kind: 'scatter', rows, inputs: [data, indices], shape: [rows, ...data.shape.slice(1)] });
  }

  oneHot(indices: Node, depth: number): Node {
    return this.add({ kind: 'oneHot', depth, inputs: [indices], shape: [...indices.shape, depth] });
  }

  holds(node: Node): boolean {
    return this.nodes[node.id] === node;
  }

  /** The node, or the one like it that is there already. */
  private add(node: UnnumberedNode): Node {
    const key = keyOf(node);
    const known = this.known.get(key);
    if (known) return known;
    if (isFoldable(node)) return this.constant(evaluate(node, constantValues), node.shape);
    const added: Node = { ...node, id: this.nodes.length };
    this.nodes.push(added);
    this.known.set(key, added);
    return added;
  }

  private simplerBinary(f: BinaryFunction, a: Node, b: Node, shape: Shape): Node | undefined {
    const keep = (n: Node): Node => this.broadcast(n, shape);
    switch (f) {
      case 'add':
        if (isNegated(b)) return this.binary('sub', a, b.inputs[0]);
        if (isNegated(a)) return this.binary('sub', b, a.inputs[0]);
        return isAll(b, 0) ? keep(a) : isAll(a, 0) ? keep(b) : undefined;
      case 'sub':
        if (isNegated(b)) return this.binary('add', a, b.inputs[0]);
        return isAll(b, 0) ? keep(a) : undefined;
      case 'mul':
        return isAll(b, 1) ? keep(a) : isAll(a, 1) ? keep(b) : undefined;
      case 'div':
        return isAll(b, 1) ? keep(a) : undefined;
      default:
        return undefined;
    }
  }
}

function keyOf({ inputs, shape, ...operation }: UnnumberedNode): string {
  const parts = Object.values(operation).map(v => (v instanceof Float32Array ? bytesAsText(v) : String(v)));
  return `${parts.join(' ')} (${inputs.map(n => n.id).join()}) [${shape.join()}]`;
}

function bytesAsText(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function isUniform(values: ArrayLike<number>, first: number): boolean {
  for (let i = 1; i < values.length; i++) if (!Object.is(Math.fround(values[i]!), first)) return false; // in bounds
  return true;
}

function isNegated(n: Node): n is NodeOf<'unary'> {
  return n.kind === 'unary' && n.f === 'neg';
}

function isAll(n: Node, value: number): boolean {
  return scalarValue(n) === value;
}

/** @returns the values at the node's full shape, in float64 */
function constantValues(n: Node): Float64Array {
  if (n.kind === 'constant') return Float64Array.from(n.values);
  return evaluate(n, constantValues);
}

function isFoldable({ kind, inputs, shape }: UnnumberedNode): boolean {
  return (
    inputs.length > 0 &&
    kind !== 'broadcast' &&
    size(shape) <= mostFolded &&
    inputs.every(n => unbroadcast(n).kind === 'constant' && size(n.shape) <= mostFolded)
  );
}
