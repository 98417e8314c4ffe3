/**
 * What an engine executes, as a graph of operations on arrays of numbers with static shapes.
 *
 * The constructors simplify as they build: equal nodes are one node, views of views are one view, what depends on
 * constants alone is computed at once. Node ids ascend in the order of execution.
 */
import { evaluate } from './interpreter';
import {
  broadcastShapes,
  sameShape,
  size,
  type MapFunction,
  type Node,
  type Operation,
  type Shape,
} from './operations';

/** Larger constants than this are computed when the program runs. */
const mostFolded = 2 ** 20;

export class Graph {
  readonly nodes: Node[] = [];
  private readonly known = new Map<string, Node>();

  input(name: string, shape: Shape, integer: boolean): Node {
    return this.add({ kind: 'input', name, integer }, [], shape);
  }

  variable(name: string, shape: Shape): Node {
    return this.add({ kind: 'variable', name }, [], shape);
  }

  constant(values: ArrayLike<number>, shape: Shape): Node {
    // One NaN is as good as another, whatever its bits are.
    const array = new Float32Array(values).map(v => (Number.isNaN(v) ? NaN : v));
    if (array.length > 1 && array.every(v => Object.is(v, array[0])))
      return this.broadcast(this.constant([array[0]], []), shape);
    return this.add({ kind: 'constant', values: array }, [], shape);
  }

  map(f: MapFunction, ...inputs: Node[]): Node {
    const shape = inputs.map(n => n.shape).reduce(broadcastShapes);
    const simpler = this.simplerMap(f, inputs, shape);
    if (simpler) return simpler;
    // What is the same along an axis is computed once.
    const narrow = inputs.map(unbroadcast);
    const own = narrow.map(n => n.shape).reduce(broadcastShapes);
    return this.broadcast(this.add({ kind: 'map', f }, narrow, own), shape);
  }

  reduce(f: 'sum' | 'max', x: Node, first: number, last = first): Node {
    if (size(x.shape.slice(first, last + 1)) === 1) return x;
    const shape = x.shape.map((n, axis) => (axis >= first && axis <= last ? 1 : n));
    return this.add({ kind: 'reduce', f, first, last }, [x], shape);
  }

  reshape(x: Node, shape: Shape): Node {
    if (sameShape(x.shape, shape)) return x;
    if (size(x.shape) !== size(shape)) throw new Error(`Shape [${x.shape.join()}] cannot become [${shape.join()}].`);
    if (x.operation.kind === 'reshape') return this.reshape(x.inputs[0], shape);
    if (x.operation.kind === 'broadcast' && size(x.inputs[0].shape) === 1)
      return this.broadcast(this.reshape(x.inputs[0], []), shape);
    return this.add({ kind: 'reshape' }, [x], shape);
  }

  broadcast(x: Node, shape: Shape): Node {
    if (sameShape(x.shape, shape)) return x;
    if (x.operation.kind === 'broadcast') return this.broadcast(x.inputs[0], shape);
    return this.add({ kind: 'broadcast' }, [x], shape);
  }

  /** Axis i of the result is axis `order[i]` of x. */
  transpose(x: Node, order: readonly number[]): Node {
    if (order.every((axis, i) => axis === i)) return x;
    const { operation } = x;
    if (operation.kind === 'transpose')
      return this.transpose(
        x.inputs[0],
        order.map(axis => operation.order[axis]),
      );
    return this.add(
      { kind: 'transpose', order },
      [x],
      order.map(axis => x.shape[axis]),
    );
  }

  slice(x: Node, begin: readonly number[], shape: Shape): Node {
    if (shape.some((n, axis) => begin[axis] < 0 || begin[axis] + n > x.shape[axis]))
      throw new Error(`There is no slice [${shape.join()}] at [${begin.join()}] of [${x.shape.join()}].`);
    if (sameShape(x.shape, shape)) return x;
    const { operation } = x;
    if (operation.kind === 'slice')
      return this.slice(
        x.inputs[0],
        begin.map((b, i) => b + operation.begin[i]),
        shape,
      );
    return this.add({ kind: 'slice', begin }, [x], shape);
  }

  pad(x: Node, begin: readonly number[], shape: Shape): Node {
    return sameShape(x.shape, shape) ? x : this.add({ kind: 'pad', begin }, [x], shape);
  }

  concat(inputs: readonly Node[], axis: number): Node {
    if (inputs.length === 1) return inputs[0];
    const rest = ({ shape }: Node): Shape => shape.with(axis, 0);
    const odd = inputs.find(n => !sameShape(rest(n), rest(inputs[0])));
    if (odd) throw new Error(`Shapes [${inputs[0].shape.join()}] and [${odd.shape.join()}] cannot be joined.`);
    const along = inputs.reduce((sum, n) => sum + n.shape[axis], 0);
    return this.add({ kind: 'concat', axis }, inputs, inputs[0].shape.with(axis, along));
  }

  product(a: Node, b: Node): Node {
    if (a.shape.at(-1) !== b.shape.at(-2))
      throw new Error(`Shapes [${a.shape.join()}] and [${b.shape.join()}] cannot be multiplied.`);
    const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
    return this.add({ kind: 'product' }, [a, b], [...batch, a.shape.at(-2)!, b.shape.at(-1)!]);
  }

  gather(table: Node, indices: Node): Node {
    return this.add({ kind: 'gather' }, [table, indices], [indices.shape[0], ...table.shape.slice(1)]);
  }

  scatter(data: Node, indices: Node, rows: number): Node {
    return this.add({ kind: 'scatter' }, [data, indices], [rows, ...data.shape.slice(1)]);
  }

  oneHot(indices: Node, depth: number): Node {
    return this.add({ kind: 'oneHot' }, [indices], [indices.shape[0], depth]);
  }

  holds(node: Node): boolean {
    return this.nodes[node.id] === node;
  }

  /** The node, or the one like it that is there already. */
  private add(operation: Operation, inputs: readonly Node[], shape: Shape): Node {
    const key = keyOf({ operation, inputs, shape });
    const known = this.known.get(key);
    if (known) return known;
    if (isFoldable(operation, inputs, shape)) {
      const values = evaluate(
        { operation, inputs, shape },
        inputs.map(n => constantValues(n)!),
      );
      return this.constant(values, shape);
    }
    const node = { id: this.nodes.length, operation, inputs, shape };
    this.nodes.push(node);
    this.known.set(key, node);
    return node;
  }

  private simplerMap(f: MapFunction, inputs: readonly Node[], shape: Shape): Node | undefined {
    const [a, b] = inputs;
    const keep = (n: Node): Node => this.broadcast(n, shape);
    switch (f) {
      case 'identity':
        return a;
      case 'neg':
        return isMap(a, 'neg') ? a.inputs[0] : undefined;
      case 'add':
        if (isMap(b, 'neg')) return this.map('sub', a, b.inputs[0]);
        if (isMap(a, 'neg')) return this.map('sub', b, a.inputs[0]);
        return isAll(b, 0) ? keep(a) : isAll(a, 0) ? keep(b) : undefined;
      case 'sub':
        if (isMap(b, 'neg')) return this.map('add', a, b.inputs[0]);
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

/** What tells a node from others: equal keys, equal values. */
export function keyOf({ operation, inputs, shape }: Omit<Node, 'id'>): string {
  const detail = Object.values(operation).map(v => (v instanceof Float32Array ? contentOf(v) : String(v)));
  return `${detail.join(' ')} (${inputs.map(n => n.id).join()}) [${shape.join()}]`;
}

function contentOf(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function isMap(n: Node | undefined, f: MapFunction): n is Node {
  return n?.operation.kind === 'map' && n.operation.f === f;
}

/** The node without the broadcast around it. */
function unbroadcast(n: Node): Node {
  return n.operation.kind === 'broadcast' ? n.inputs[0] : n;
}

function isAll(n: Node, value: number): boolean {
  const { operation } = unbroadcast(n);
  return operation.kind === 'constant' && operation.values.length === 1 && operation.values[0] === value;
}

/** A constant's values at its full shape. */
function constantValues(n: Node): Float64Array | undefined {
  if (n.operation.kind === 'constant') return Float64Array.from(n.operation.values);
  if (n.operation.kind !== 'broadcast') return undefined;
  const source = constantValues(n.inputs[0]);
  return source && evaluate(n, [source]);
}

function isFoldable(operation: Operation, inputs: readonly Node[], shape: Shape): boolean {
  return (
    inputs.length > 0 &&
    operation.kind !== 'broadcast' &&
    size(shape) <= mostFolded &&
    inputs.every(n => unbroadcast(n).operation.kind === 'constant' && size(n.shape) <= mostFolded)
  );
}
