/** Rewrites a recorded graph: products with one-hot rows become gathers, long sums two levels, dead nodes go. */
import { Graph } from './graph';
import { size, type Node } from './operations';
import type { Recording } from './recording';

/** What is left to execute. */
export interface Simplified {
  /** Everything that outputs and assignments need, in the order of execution. */
  readonly nodes: readonly Node[];
  readonly outputs: ReadonlyMap<string, Node>;
  readonly assigned: ReadonlyMap<string, Node>;
}

export function simplify(recording: Recording): Simplified {
  const algebra = rewrite({ ...recording, nodes: recording.graph.nodes }, simplifyProducts);
  return rewrite(algebra, lower);
}

/** Builds a node anew from inputs that are rewritten already; undefined leaves it as it is. */
type Rule = (g: Graph, node: Node, inputs: readonly Node[]) => Node | undefined;

function rewrite({ nodes, outputs, assigned }: Simplified, rule: Rule): Simplified {
  const needed = live(nodes, [...outputs.values(), ...assigned.values()]);
  const g = new Graph();
  const rewritten = new Map<Node, Node>();
  for (const node of needed) {
    const inputs = node.inputs.map(n => rewritten.get(n)!);
    rewritten.set(node, rule(g, node, inputs) ?? copy(g, node, inputs));
  }
  const renew = (named: ReadonlyMap<string, Node>): Map<string, Node> =>
    new Map([...named].map(([name, node]) => [name, rewritten.get(node)!]));
  const result = { outputs: renew(outputs), assigned: renew(assigned) };
  return { ...result, nodes: live(g.nodes, [...result.outputs.values(), ...result.assigned.values()]) };
}

function live(nodes: readonly Node[], roots: readonly Node[]): Node[] {
  const needed = new Set(roots);
  for (const node of nodes.toReversed()) if (needed.has(node)) node.inputs.forEach(n => needed.add(n));
  return nodes.filter(n => needed.has(n));
}

/** The same operation through the constructors, which simplify it where its inputs have changed. */
function copy(g: Graph, { operation, shape }: Node, inputs: readonly Node[]): Node {
  const [a, b] = inputs;
  switch (operation.kind) {
    case 'input':
      return g.input(operation.name, shape, operation.integer);
    case 'variable':
      return g.variable(operation.name, shape);
    case 'constant':
      return g.constant(operation.values, shape);
    case 'map':
      return g.broadcast(g.map(operation.f, ...inputs), shape);
    case 'reduce':
      return g.reduce(operation.f, a, operation.first, operation.last);
    case 'reshape':
      return g.reshape(a, shape);
    case 'broadcast':
      return g.broadcast(a, shape);
    case 'transpose':
      return g.transpose(a, operation.order);
    case 'slice':
      return g.slice(a, operation.begin, shape);
    case 'pad':
      return g.pad(a, operation.begin, shape);
    case 'concat':
      return g.concat(inputs, operation.axis);
    case 'product':
      return g.product(a, b);
    case 'gather':
      return g.gather(a, b);
    case 'scatter':
      return g.scatter(a, b, shape[0]);
    case 'oneHot':
      return g.oneHot(a, shape[1]);
  }
}

/**
 * One-hot rows times a matrix are rows of it, and their transpose adds rows up. Where a table has fewer rows than are
 * gathered from it, the product is made with the table instead of with its copies; so it is where what is gathered stands
 * beside something else.
 */
function simplifyProducts(g: Graph, { operation, shape }: Node, [a, b]: readonly Node[]): Node | undefined {
  if (shape.length !== 2) return undefined;
  if (operation.kind === 'product') {
    const left = untransposed(a);
    return left ? transposedProduct(g, left, b) : matrixProduct(g, a, b);
  }
  return operation.kind === 'scatter' ? scatter(g, a, b, shape[0]) : undefined;
}

function matrixProduct(g: Graph, a: Node, b: Node): Node | undefined {
  if (isKind(a, 'oneHot')) return g.gather(b, a.inputs[0]);
  if (isWideGather(a)) return g.gather(g.product(a.inputs[0], b), a.inputs[1]);
  if (!joinsRows(a)) return undefined;
  let begin = 0;
  const terms = a.inputs.map(part => {
    const rows = sliceAxis(g, b, 0, begin, part.shape[1]);
    begin += part.shape[1];
    return matrixProduct(g, part, rows) ?? g.product(part, rows);
  });
  return terms.reduce((sum, term) => g.map('add', sum, term));
}

/** aᵀ b. */
function transposedProduct(g: Graph, a: Node, b: Node): Node | undefined {
  if (isKind(a, 'oneHot')) return scatter(g, b, a.inputs[0], a.shape[1]);
  if (isWideGather(a)) {
    const [table, indices] = a.inputs;
    return g.product(transposed(g, table), scatter(g, b, indices, table.shape[0]));
  }
  if (isWideGather(b)) {
    const [table, indices] = b.inputs;
    return g.product(transposed(g, scatter(g, a, indices, table.shape[0])), table);
  }
  const part = (left: Node, right: Node): Node =>
    transposedProduct(g, left, right) ?? g.product(transposed(g, left), right);
  if (joinsRows(a))
    return g.concat(
      a.inputs.map(left => part(left, b)),
      0,
    );
  if (joinsRows(b))
    return g.concat(
      b.inputs.map(right => part(a, right)),
      1,
    );
  return undefined;
}

/** Rows of a product, or of some of its columns, are added up before they are multiplied where that leaves fewer. */
function scatter(g: Graph, data: Node, indices: Node, rows: number): Node {
  const { operation, inputs, shape } = data;
  const isFewer = rows < shape[0] && shape.length === 2;
  if (isFewer && operation.kind === 'product') return g.product(g.scatter(inputs[0], indices, rows), inputs[1]);
  if (isFewer && operation.kind === 'slice' && isKind(inputs[0], 'product') && inputs[0].shape[0] === shape[0]) {
    const [left, right] = inputs[0].inputs;
    return g.product(g.scatter(left, indices, rows), sliceAxis(g, right, 1, operation.begin[1], shape[1]));
  }
  return g.scatter(data, indices, rows);
}

function transposed(g: Graph, x: Node): Node {
  return g.transpose(x, [1, 0]);
}

/** Whether it stands rows of a table, or one-hot rows, beside other columns. */
function joinsRows({ operation, inputs, shape }: Node): boolean {
  if (operation.kind !== 'concat' || operation.axis !== 1 || shape.length !== 2) return false;
  return inputs.some(part => isWideGather(part) || isKind(part, 'oneHot'));
}

function isKind(n: Node, kind: Node['operation']['kind']): boolean {
  return n.operation.kind === kind;
}

function isWideGather(n: Node): boolean {
  return isKind(n, 'gather') && n.shape.length === 2 && n.inputs[0].shape[0] < n.shape[0];
}

function untransposed(n: Node): Node | undefined {
  return isKind(n, 'transpose') && n.shape.length === 2 ? n.inputs[0] : undefined;
}

/** Sums over more terms are taken in two levels, in groups: one running float32 sum drifts. */
const longestSum = 4096;
const groupSize = 1024;

/** What is left of one-hot rows are comparisons with 0, 1, 2, …; long sums are split. */
function lower(g: Graph, { operation, shape }: Node, [a, b]: readonly Node[]): Node | undefined {
  switch (operation.kind) {
    case 'oneHot': {
      const classes = g.constant(
        Array.from({ length: shape[1] }, (_, i) => i),
        [1, shape[1]],
      );
      return g.map('equal', g.reshape(a, [shape[0], 1]), classes);
    }
    case 'reduce': {
      const { f, first, last } = operation;
      const terms = size(a.shape.slice(first, last + 1));
      if (f === 'max' || terms <= longestSum) return undefined;
      const flat = g.reshape(a, a.shape.toSpliced(first, last - first + 1, terms));
      return g.reshape(
        twoLevels(g, flat, first, part => g.reduce('sum', part, first)),
        shape,
      );
    }
    case 'product': {
      const axis = a.shape.length - 1;
      if (a.shape[axis] <= longestSum) return undefined;
      const parts = chunks(a.shape[axis]).map(([begin, count]) =>
        g.product(sliceAxis(g, a, axis, begin, count), sliceAxis(g, b, b.shape.length - 2, begin, count)),
      );
      return parts.reduce((sum, part) => g.map('add', sum, part));
    }
    case 'scatter': {
      if (a.shape[0] <= longestSum) return undefined;
      const parts = chunks(a.shape[0]).map(([begin, count]) =>
        g.scatter(sliceAxis(g, a, 0, begin, count), sliceAxis(g, b, 0, begin, count), shape[0]),
      );
      return parts.reduce((sum, part) => g.map('add', sum, part));
    }
    default:
      return undefined;
  }
}

/** Sums groups and then their sums; what is left over comes last. */
function twoLevels(g: Graph, x: Node, axis: number, sum: (part: Node) => Node): Node {
  const terms = x.shape[axis];
  const groups = Math.floor(terms / groupSize);
  const main = sliceAxis(g, x, axis, 0, groups * groupSize);
  const grouped = g.reshape(main, x.shape.toSpliced(axis, 1, groups, groupSize));
  const sums = g.reshape(g.reduce('sum', grouped, axis + 1), x.shape.with(axis, groups));
  const total = sum(sums);
  if (groups * groupSize === terms) return total;
  return g.map('add', total, sum(sliceAxis(g, x, axis, groups * groupSize, terms - groups * groupSize)));
}

function sliceAxis(g: Graph, x: Node, axis: number, begin: number, count: number): Node {
  return g.slice(x, x.shape.map(() => 0).with(axis, begin), x.shape.with(axis, count));
}

function chunks(total: number): [begin: number, count: number][] {
  return Array.from({ length: Math.ceil(total / groupSize) }, (_, i) => {
    const begin = i * groupSize;
    return [begin, Math.min(groupSize, total - begin)];
  });
}
