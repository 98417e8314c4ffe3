/** Turns nodes into calls: element-wise functions and the reductions of their values become one pass over the data. */
import { at } from '../shared/at';
import { contiguous, reads, type ArrayRef, type Call, type LoopCall } from './calls';
import { loopOf, type Axes, type Cluster } from './cluster';
import { isElementwise, isInteger, scalarValue, type Node, type NodeOf } from './operations';
import { matrixSize, sameShape, size, stridesOf, type Shape } from './shapes';
import type { LiveGraph } from './rewrite';
import { broadcastView, isContiguous, offsetOf, viewOf } from './views';

/** Larger loops would run out of registers. */
const mostSteps = 48;
const mostArrays = 20;

export interface Fused {
  readonly calls: readonly Call[];
  /** Each of them has a contiguous array. */
  readonly outputs: ReadonlyMap<string, Node>;
  /** Nodes whose values go to variables; each has memory of its own. */
  readonly assigned: ReadonlyMap<string, Node>;
}

export function fuse({ nodes, outputs, assigned }: LiveGraph): Fused {
  const scheduler = new Scheduler();
  nodes.forEach(node => scheduler.schedule(node));
  // What leaves the program needs a contiguous array of its own.
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
    switch (node.kind) {
      case 'input':
      case 'variable':
      case 'constant':
      case 'broadcast':
      case 'transpose':
      case 'slice':
        break;
      case 'unary':
      case 'binary':
      case 'select':
        this.join(node, node.shape);
        break;
      case 'reduce':
        this.join(node, node.inputs[0].shape, { first: node.first, last: node.last });
        break;
      case 'reshape':
        if (viewOf(node).base === node) this.copyInto(node.inputs[0], contiguous(node, node.inputs[0].shape));
        break;
      case 'pad':
        this.add({ kind: 'clear', out: contiguous(node) });
        this.copyInto(node.inputs[0], part(node, node.begin));
        break;
      case 'concat': {
        let along = 0;
        for (const input of node.inputs) {
          const begin = node.shape.map((_, axis) => (axis === node.axis ? along : 0));
          this.copyInto(input, part(node, begin));
          along += at(input.shape, node.axis);
        }
        break;
      }
      case 'product':
        this.product(node);
        break;
      case 'gather':
      case 'scatter':
        this.rows(node);
        break;
      case 'oneHot':
        throw new Error('One-hot rows are lowered before.');
    }
  }

  /** The node itself if it has memory of its own, else a copy that has. */
  materialize(node: Node): Node {
    const { kind } = node;
    if (viewOf(node).base === node && kind !== 'input' && kind !== 'variable' && kind !== 'constant') return node;
    const known = this.copies.get(node);
    if (known) return known;
    const id = -1 - this.copies.size;
    const copy: Node = { id, kind: 'unary', f: 'identity', inputs: [node], shape: node.shape };
    this.copies.set(node, copy);
    this.copyInto(node, contiguous(copy));
    return copy;
  }

  finish(kept: readonly Node[]): Call[] {
    const needed = new Set(kept);
    // What a later call reads has to be stored.
    this.plan.forEach((item, position) => {
      if (item.kind !== 'cluster') {
        for (const node of reads(item)) needed.add(node);
        return;
      }
      for (const node of item.nodes)
        for (const input of node.inputs) {
          const { base } = viewOf(input);
          if (this.position.get(base) !== position || base !== input) needed.add(base);
        }
    });
    return this.plan.map(item => (item.kind === 'cluster' ? loopOf(item, needed) : item));
  }

  private add(call: Exclude<Call, LoopCall>): void {
    this.position.set(call.out.base, this.plan.push(call) - 1);
  }

  private positionOf(node: Node): number {
    return this.position.get(viewOf(node).base) ?? -1;
  }

  /** Puts a node into the last loop that may take it, or into a new one. */
  private join(node: Node, space: Shape, reduced?: Axes): void {
    const { cluster, position } = this.clusterFor(node, space, reduced);
    cluster.nodes.push(node);
    for (const n of [node, ...node.inputs]) cluster.arrays.add(viewOf(n).base);
    if (reduced) cluster.reduced = reduced;
    this.position.set(node, position);
  }

  private clusterFor(node: Node, space: Shape, reduced?: Axes): { cluster: Cluster; position: number } {
    const earliest = Math.max(0, ...node.inputs.map(input => this.positionOf(input)));
    for (let position = this.plan.length - 1; position >= earliest; position--) {
      const item = at(this.plan, position);
      if (item.kind === 'cluster' && this.mayJoin(item, position, node, space, reduced))
        return { cluster: item, position };
    }
    const cluster: Cluster = { kind: 'cluster', space, nodes: [], arrays: new Set() };
    return { cluster, position: this.plan.push(cluster) - 1 };
  }

  private mayJoin(cluster: Cluster, position: number, node: Node, space: Shape, reduced?: Axes): boolean {
    if (!sameShape(cluster.space, space)) return false;
    if (cluster.nodes.length >= mostSteps || cluster.arrays.size + node.inputs.length >= mostArrays) return false;
    if (!agree(reduced, cluster.reduced)) return false;
    const isInside = (input: Node): boolean => isElementwise(input) && cluster.nodes.includes(input);
    if (!node.inputs.every(input => isInside(input) || this.positionOf(input) < position)) return false;
    // Two passes over different data gain nothing by being one.
    return node.inputs.some(
      input => isInside(input) || (size(input.shape) > 1 && cluster.arrays.has(viewOf(input).base)),
    );
  }

  private copyInto(from: Node, out: ArrayRef): void {
    const constant = scalarValue(from);
    const call: LoopCall = {
      kind: 'loop',
      space: from.shape,
      operands: [constant === undefined ? viewOf(from) : { constant }],
      steps: [],
      results: [{ ...out, value: 0 }],
    };
    this.position.set(out.base, this.plan.push(call) - 1);
  }

  private product(node: NodeOf<'product'>): void {
    const [a, b] = node.inputs;
    const batch = node.shape.slice(0, -2);
    const view = (x: Node): ReturnType<typeof viewOf> => broadcastView(x, [...batch, ...x.shape.slice(-2)]);
    const [[M, K], [, N]] = [matrixSize(a.shape), matrixSize(b.shape)];
    const hasContiguousRows = viewOf(b).strides.at(-1) === 1 || N === 1;
    this.add({
      kind: 'product',
      batch,
      size: { M, N, K },
      a: view(this.asFloats(a)),
      b: view(hasContiguousRows ? this.asFloats(b) : this.materialize(b)),
      out: contiguous(node),
    });
  }

  /** Integers are stored as such: products, and rows by index, take a copy of them in float32. */
  private asFloats(node: Node): Node {
    return isInteger(viewOf(node).base) ? this.materialize(node) : node;
  }

  private rows(node: NodeOf<'gather' | 'scatter'>): void {
    const { kind, inputs } = node;
    const [data, indices] = inputs;
    const [ofData, ofResult] = [at(data.shape, 0), at(node.shape, 0)];
    const { base, offset, strides } = viewOf(data);
    const isWhole = offset === 0 && isContiguous(data.shape, strides);
    this.add({
      kind,
      rows: kind === 'gather' ? ofData : ofResult,
      count: kind === 'gather' ? ofResult : ofData,
      width: size(node.shape.slice(1)),
      data: isWhole && !isInteger(base) ? base : this.materialize(data),
      indices: viewOf(indices),
      out: contiguous(node),
    });
  }
}

/** Whether one loop may reduce along both, if there are both. */
function agree(a?: Axes, b?: Axes): boolean {
  return !a || !b || (a.first === b.first && a.last === b.last);
}

/** A node's memory from an element on. */
function part(node: Node, begin: readonly number[]): ArrayRef {
  const strides = stridesOf(node.shape);
  return { base: node, offset: offsetOf(begin, strides), strides };
}
