/** Turns nodes into calls: element-wise functions and the sums over them become one pass over the data. */
import { reads, type ArrayRef, type Call, type LoopCall } from './calls';
import { sameShape, size, stridesOf, type Node, type Shape } from './operations';
import type { Simplified } from './simplify';
import { isContiguous, viewOf } from './views';

/** Larger loops would run out of registers. */
const mostSteps = 48;
const mostArrays = 20;

/** Element-wise nodes over one space, and reductions of them along the same axes. */
interface Cluster {
  readonly space: Shape;
  readonly nodes: Node[];
  /** What it reads and computes. */
  readonly arrays: Set<Node>;
  reduced?: { readonly first: number; readonly last: number };
}

export interface Fused {
  readonly calls: readonly Call[];
  /** Outputs with a contiguous array each. */
  readonly outputs: ReadonlyMap<string, Node>;
  /** Nodes whose values go to variables; each has memory of its own. */
  readonly assigned: ReadonlyMap<string, Node>;
}

export function fuse({ nodes, outputs, assigned }: Simplified): Fused {
  const scheduler = new Scheduler();
  nodes.forEach(node => scheduler.schedule(node));
  // What leaves the program has memory of its own, in one piece.
  const own = (named: ReadonlyMap<string, Node>): Map<string, Node> =>
    new Map([...named].map(([name, node]) => [name, scheduler.materialize(node)]));
  const [results, updates] = [own(outputs), own(assigned)];
  return { calls: scheduler.finish([...results.values(), ...updates.values()]), outputs: results, assigned: updates };
}

class Scheduler {
  private readonly plan: (Cluster | Call)[] = [];
  /** Where in the plan a node that has memory gets its values; inputs, variables and constants have them before. */
  private readonly position = new Map<Node, number>();
  private readonly copies = new Map<Node, Node>();

  schedule(node: Node): void {
    const { operation } = node;
    switch (operation.kind) {
      case 'input':
      case 'variable':
      case 'constant':
        break;
      case 'map':
        this.join(node, node.shape);
        break;
      case 'reduce':
        this.join(node, node.inputs[0].shape, { first: operation.first, last: operation.last });
        break;
      case 'broadcast':
      case 'transpose':
      case 'slice':
        break;
      case 'reshape':
        if (viewOf(node).base === node) this.copyInto(node.inputs[0], contiguous(node, node.inputs[0].shape));
        break;
      case 'pad': {
        this.add({ kind: 'clear', out: contiguous(node) });
        this.copyInto(node.inputs[0], part(node, operation.begin));
        break;
      }
      case 'concat': {
        let along = 0;
        for (const input of node.inputs) {
          this.copyInto(
            input,
            part(
              node,
              node.shape.map((_, axis) => (axis === operation.axis ? along : 0)),
            ),
          );
          along += input.shape[operation.axis];
        }
        break;
      }
      case 'product':
        this.product(node);
        break;
      case 'gather':
      case 'scatter':
        this.rows(node, operation.kind);
        break;
      case 'oneHot':
        throw new Error('One-hot rows are lowered before.');
    }
  }

  /** The node itself where it has memory of its own, else a copy that has. */
  materialize(node: Node): Node {
    const { base } = viewOf(node);
    const { kind } = node.operation;
    if (base === node && kind !== 'input' && kind !== 'variable' && kind !== 'constant') return node;
    const known = this.copies.get(node);
    if (known) return known;
    const copy: Node = {
      id: -1 - this.copies.size,
      operation: { kind: 'map', f: 'identity' },
      inputs: [node],
      shape: node.shape,
    };
    this.copies.set(node, copy);
    this.copyInto(node, contiguous(copy));
    return copy;
  }

  finish(kept: readonly Node[]): Call[] {
    const needed = new Set(kept);
    // What is read in a later call, and so has to be stored.
    this.plan.forEach((item, position) => {
      if ('kind' in item) {
        for (const node of reads(item)) needed.add(node);
        return;
      }
      for (const node of item.nodes)
        for (const input of node.inputs) {
          const { base } = viewOf(input);
          if (this.position.get(base) !== position || base !== input) needed.add(base);
        }
    });
    return this.plan.map(item => ('kind' in item ? item : loopOf(item, needed)));
  }

  private add(call: Call): void {
    const { base } = (call as { out: ArrayRef }).out;
    this.position.set(base, this.plan.push(call) - 1);
  }

  private positionOf(node: Node): number {
    return this.position.get(viewOf(node).base) ?? -1;
  }

  /** Puts a node into the last loop over its space that may take it, or into a new one. */
  private join(node: Node, space: Shape, reduced?: Cluster['reduced']): void {
    const earliest = Math.max(0, ...node.inputs.map(input => this.positionOf(input)));
    let position = this.plan.length - 1;
    while (position >= earliest && !this.mayJoin(this.plan[position], position, node, space, reduced)) position--;
    if (position < earliest) position = this.plan.push({ space, nodes: [], arrays: new Set() }) - 1;
    const cluster = this.plan[position] as Cluster;
    cluster.nodes.push(node);
    for (const n of [node, ...node.inputs]) cluster.arrays.add(viewOf(n).base);
    if (reduced) cluster.reduced = reduced;
    this.position.set(node, position);
  }

  private mayJoin(item: Cluster | Call, at: number, node: Node, space: Shape, reduced: Cluster['reduced']): boolean {
    if ('kind' in item || !sameShape(item.space, space)) return false;
    if (item.nodes.length >= mostSteps || item.arrays.size + node.inputs.length >= mostArrays) return false;
    if (reduced && item.reduced && (reduced.first !== item.reduced.first || reduced.last !== item.reduced.last))
      return false;
    const isInside = (input: Node): boolean => input.operation.kind === 'map' && item.nodes.includes(input);
    if (!node.inputs.every(input => isInside(input) || this.positionOf(input) < at)) return false;
    // Two passes over different data gain nothing by being one.
    return node.inputs.some(input => isInside(input) || (size(input.shape) > 1 && item.arrays.has(viewOf(input).base)));
  }

  private copyInto(from: Node, out: ArrayRef): void {
    const view = viewOf(from);
    const constant = scalarOf(from);
    const operand = constant === undefined ? view : { constant };
    const results = [{ ...out, value: 0 }];
    this.position.set(
      out.base,
      this.plan.push({ kind: 'loop', space: from.shape, operands: [operand], steps: [], results }) - 1,
    );
  }

  private product(node: Node): void {
    const [a, b] = node.inputs;
    const batch = node.shape.slice(0, -2);
    const over = ({ shape }: Node): Shape => [...batch, ...shape.slice(-2)];
    const view = (x: Node): ReturnType<typeof viewOf> => {
      const { base, offset, strides } = viewOf(x);
      const missing = batch.length + 2 - x.shape.length;
      const steps = over(x).map((n, axis) =>
        axis < missing || (x.shape[axis - missing] === 1 && n > 1) ? 0 : strides[axis - missing],
      );
      return { base, offset, strides: steps };
    };
    const rowsLieTogether = view(b).strides.at(-1) === 1 || b.shape.at(-1) === 1;
    const [M, K, N] = [a.shape.at(-2)!, a.shape.at(-1)!, b.shape.at(-1)!];
    this.add({
      kind: 'product',
      batch,
      size: { M, N, K },
      a: view(this.asFloats(a)),
      b: view(rowsLieTogether ? this.asFloats(b) : this.materialize(b)),
      out: contiguous(node),
    });
  }

  /** Integers are stored as such: products and rows of them need a copy. */
  private asFloats(node: Node): Node {
    return isInteger(viewOf(node).base) ? this.materialize(node) : node;
  }

  private rows(node: Node, kind: 'gather' | 'scatter'): void {
    const [data, indices] = node.inputs;
    const [rows, count] = kind === 'gather' ? [data.shape[0], node.shape[0]] : [node.shape[0], data.shape[0]];
    const { base, strides } = viewOf(data);
    const inOnePiece = viewOf(data).offset === 0 && isContiguous(data.shape, strides);
    this.add({
      kind,
      rows,
      count,
      width: size(node.shape.slice(1)),
      data: inOnePiece && !isInteger(base) ? base : this.materialize(data),
      indices: viewOf(indices),
      out: contiguous(node),
    });
  }
}

function isInteger({ operation }: Node): boolean {
  return operation.kind === 'input' && operation.integer;
}

/** All of a node's memory, as an array of a shape of the same size. */
function contiguous(node: Node, shape = node.shape): ArrayRef {
  return { base: node, offset: 0, strides: stridesOf(shape) };
}

/** The part of a node's memory that begins at an element. */
function part(node: Node, begin: readonly number[]): ArrayRef {
  const strides = stridesOf(node.shape);
  return { base: node, offset: begin.reduce((sum, b, axis) => sum + b * strides[axis], 0), strides };
}

/** The number that a node is everywhere. */
function scalarOf(node: Node): number | undefined {
  const { operation } = node.operation.kind === 'broadcast' ? node.inputs[0] : node;
  return operation.kind === 'constant' && operation.values.length === 1 ? operation.values[0] : undefined;
}

type Result = ArrayRef & { value: number | { step: number }; reduce?: 'sum' | 'max' };

function loopOf({ space, nodes, reduced }: Cluster, needed: ReadonlySet<Node>): LoopCall {
  const operands: LoopCall['operands'][number][] = [];
  const numbers = new Map<string, number>();
  const inside = new Map<Node, { step: number }>();
  const maps = nodes.filter(n => n.operation.kind === 'map');
  const add = (key: string, operand: LoopCall['operands'][number]): number => {
    const known = numbers.get(key) ?? operands.push(operand) - 1;
    numbers.set(key, known);
    return known;
  };
  const operandOf = (node: Node): number | { step: number } => {
    const step = inside.get(node);
    if (step) return step;
    const constant = scalarOf(node);
    if (constant !== undefined) return add(`constant ${Object.is(constant, -0) ? '-0' : constant}`, { constant });
    const { base, offset, strides } = viewOf(node);
    const missing = space.length - node.shape.length;
    const steps = space.map((n, axis) =>
      axis < missing || (node.shape[axis - missing] === 1 && n > 1) ? 0 : strides[axis - missing],
    );
    return add(`${base.id} ${offset} ${steps.join()}`, { base, offset, strides: steps });
  };
  const steps = maps.map((node, step) => {
    const of = node.inputs.map(operandOf);
    inside.set(node, { step });
    return { f: (node.operation as { f: LoopCall['steps'][number]['f'] }).f, of };
  });
  const results = nodes.flatMap((node): Result[] => {
    const { operation } = node;
    if (operation.kind === 'reduce') {
      const strides = stridesOf(node.shape).map((s, axis) =>
        axis >= operation.first && axis <= operation.last ? 0 : s,
      );
      return [{ base: node, offset: 0, strides, value: operandOf(node.inputs[0]), reduce: operation.f }];
    }
    return needed.has(node) ? [{ ...contiguous(node), value: inside.get(node)! }] : [];
  });
  const number = (value: number | { step: number }): number =>
    typeof value === 'number' ? value : operands.length + value.step;
  return {
    kind: 'loop',
    space,
    operands,
    steps: steps.map(({ f, of }) => ({ f, of: of.map(number) })),
    results: results.map(result => ({ ...result, value: number(result.value) })),
    ...(reduced && { reduced }),
  };
}
