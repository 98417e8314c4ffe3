/** Rewrites a recorded graph: products with one-hot rows become gathers, long sums get two levels, dead nodes go. */
import { at } from '../shared/at';
import { Graph } from './graph';
import { matrixSize, size, type Node, type NodeOf } from './operations';
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

/** Builds a node anew; undefined leaves it as it is. `rewritten` gives what an input has become. */
type Rule = (g: Graph, node: Node, rewritten: (input: Node) => Node) => Node | undefined;

function rewrite({ nodes, outputs, assigned }: Simplified, rule: Rule): Simplified {
  const g = new Graph();
  const results = new Map<Node, Node>();
  const rewritten = (node: Node): Node => {
    const result = results.get(node);
    if (!result) throw new Error(`Node ${node.id} is read before it is rewritten.`);
    return result;
  };
  for (const node of live(nodes, [...outputs.values(), ...assigned.values()]))
    results.set(node, rule(g, node, rewritten) ?? copy(g, node, rewritten));
  const renew = (named: ReadonlyMap<string, Node>): Map<string, Node> =>
    new Map([...named].map(([name, node]) => [name, rewritten(node)]));
  const result = { outputs: renew(outputs), assigned: renew(assigned) };
  return { ...result, nodes: live(g.nodes, [...result.outputs.values(), ...result.assigned.values()]) };
}

/** The nodes that the roots depend on, and the roots. */
function live(nodes: readonly Node[], roots: readonly Node[]): Node[] {
  const needed = new Set(roots);
  for (const node of nodes.toReversed()) if (needed.has(node)) node.inputs.forEach(n => needed.add(n));
  return nodes.filter(n => needed.has(n));
}

/** The same operation through the constructors, which simplify it if its inputs have changed. */
function copy(g: Graph, node: Node, rewritten: (input: Node) => Node): Node {
  const { shape } = node;
  switch (node.kind) {
    case 'input':
      return g.input(node.name, shape, node.integer);
    case 'variable':
      return g.variable(node.name, shape);
    case 'constant':
      return g.constant(node.values, shape);
    case 'unary':
      return g.broadcast(g.unary(node.f, rewritten(node.inputs[0])), shape);
    case 'binary': {
      const [a, b] = node.inputs;
      return g.broadcast(g.binary(node.f, rewritten(a), rewritten(b)), shape);
    }
    case 'select': {
      const [condition, a, b] = node.inputs;
      return g.broadcast(g.select(rewritten(condition), rewritten(a), rewritten(b)), shape);
    }
    case 'reduce':
      return g.reduce(node.f, rewritten(node.inputs[0]), node.first, node.last);
    case 'reshape':
      return g.reshape(rewritten(node.inputs[0]), shape);
    case 'broadcast':
      return g.broadcast(rewritten(node.inputs[0]), shape);
    case 'transpose':
      return g.transpose(rewritten(node.inputs[0]), node.order);
    case 'slice':
      return g.slice(rewritten(node.inputs[0]), node.begin, shape);
    case 'pad':
      return g.pad(rewritten(node.inputs[0]), node.begin, shape);
    case 'concat':
      return g.concat(node.inputs.map(rewritten), node.axis);
    case 'product': {
      const [a, b] = node.inputs;
      return g.product(rewritten(a), rewritten(b));
    }
    case 'gather': {
      const [table, indices] = node.inputs;
      return g.gather(rewritten(table), rewritten(indices));
    }
    case 'scatter': {
      const [data, indices] = node.inputs;
      return g.scatter(rewritten(data), rewritten(indices), node.rows);
    }
    case 'oneHot':
      return g.oneHot(rewritten(node.inputs[0]), node.depth);
  }
}

/**
 * A matrix of one-hot rows times another one picks rows of it, and its transpose adds rows up. If a table has fewer rows
 * than are gathered from it, the product is made with the table instead of with the copies of its rows, also if these
 * are only some of the columns of a joined matrix.
 */
const simplifyProducts: Rule = (g, node, rewritten) => {
  if (node.shape.length !== 2) return undefined;
  if (node.kind === 'product') {
    const a = rewritten(node.inputs[0]);
    const b = rewritten(node.inputs[1]);
    return a.kind === 'transpose' ? transposedProduct(g, a.inputs[0], b) : matrixProduct(g, a, b);
  }
  if (node.kind !== 'scatter') return undefined;
  const [data, indices] = node.inputs;
  return scatter(g, rewritten(data), rewritten(indices), node.rows);
};

/** a b, two matrices. */
function matrixProduct(g: Graph, a: Node, b: Node): Node | undefined {
  if (a.kind === 'oneHot') return g.gather(b, a.inputs[0]);
  if (repeatsRows(a)) return g.gather(g.product(a.inputs[0], b), a.inputs[1]);
  if (!joinsRows(a)) return undefined;
  let begin = 0;
  const terms = a.inputs.map(part => {
    const [, width] = matrixSize(part.shape);
    const rows = g.sliceAxis(b, 0, begin, width);
    begin += width;
    return matrixProduct(g, part, rows) ?? g.product(part, rows);
  });
  return sum(g, terms);
}

/** aᵀ b, two matrices. */
function transposedProduct(g: Graph, a: Node, b: Node): Node | undefined {
  if (a.kind === 'oneHot') return scatter(g, b, a.inputs[0], a.depth);
  if (repeatsRows(a)) {
    const [table, indices] = a.inputs;
    return g.product(transposed(g, table), scatter(g, b, indices, rowsOf(table)));
  }
  if (repeatsRows(b)) {
    const [table, indices] = b.inputs;
    return g.product(transposed(g, scatter(g, a, indices, rowsOf(table))), table);
  }
  const part = (left: Node, right: Node): Node =>
    transposedProduct(g, left, right) ?? g.product(transposed(g, left), right);
  if (joinsRows(a)) {
    const parts = a.inputs.map(left => part(left, b));
    return g.concat(parts, 0);
  }
  if (joinsRows(b)) {
    const parts = b.inputs.map(right => part(a, right));
    return g.concat(parts, 1);
  }
  return undefined;
}

/** If that leaves fewer rows, the rows of a product, or of some of its columns, are added up before they are multiplied. */
function scatter(g: Graph, data: Node, indices: Node, rows: number): Node {
  const isFewer = data.shape.length === 2 && rows < rowsOf(data);
  if (isFewer && data.kind === 'product') {
    const [left, right] = data.inputs;
    return g.product(g.scatter(left, indices, rows), right);
  }
  if (isFewer && data.kind === 'slice' && data.inputs[0].kind === 'product') {
    const [product] = data.inputs;
    const [left, right] = product.inputs;
    const [count, width] = matrixSize(data.shape);
    if (rowsOf(product) === count)
      return g.product(g.scatter(left, indices, rows), g.sliceAxis(right, 1, at(data.begin, 1), width));
  }
  return g.scatter(data, indices, rows);
}

function transposed(g: Graph, x: Node): Node {
  return g.transpose(x, [1, 0]);
}

function rowsOf({ shape }: Node): number {
  return at(shape, 0);
}

/** Whether a node is a matrix of rows that a smaller table has. */
function repeatsRows(n: Node): n is NodeOf<'gather'> {
  return n.kind === 'gather' && n.shape.length === 2 && rowsOf(n.inputs[0]) < rowsOf(n);
}

/** Whether a node is a matrix that has rows of a table, or one-hot rows, beside other columns. */
function joinsRows(n: Node): n is NodeOf<'concat'> {
  if (n.kind !== 'concat' || n.axis !== 1 || n.shape.length !== 2) return false;
  return n.inputs.some(part => repeatsRows(part) || part.kind === 'oneHot');
}

/** Sums of more terms are taken at two levels, in groups: a single running float32 sum drifts. */
const longestSum = 4096;
const groupSize = 1024;

/** What is left of one-hot rows becomes comparisons with 0, 1, 2, …; long sums are split. */
const lower: Rule = (g, node, rewritten) => {
  switch (node.kind) {
    case 'oneHot': {
      const { depth } = node;
      const indices = rewritten(node.inputs[0]);
      const classes = g.constant([...Array(depth).keys()], [1, depth]);
      return g.binary('equal', g.reshape(indices, [...indices.shape, 1]), classes);
    }
    case 'reduce': {
      const { f, first, last, shape } = node;
      const x = rewritten(node.inputs[0]);
      const terms = size(x.shape.slice(first, last + 1));
      if (f === 'max' || terms <= longestSum) return undefined;
      const flat = g.reshape(x, x.shape.toSpliced(first, last - first + 1, terms));
      return g.reshape(sumInGroups(g, flat, first), shape);
    }
    case 'product': {
      const a = rewritten(node.inputs[0]);
      const b = rewritten(node.inputs[1]);
      const [, terms] = matrixSize(a.shape);
      if (terms <= longestSum) return undefined;
      const [ofA, ofB] = [a.shape.length - 1, b.shape.length - 2];
      const parts = groupsOf(terms).map(([begin, count]) =>
        g.product(g.sliceAxis(a, ofA, begin, count), g.sliceAxis(b, ofB, begin, count)),
      );
      return sum(g, parts);
    }
    case 'scatter': {
      const data = rewritten(node.inputs[0]);
      const indices = rewritten(node.inputs[1]);
      if (rowsOf(data) <= longestSum) return undefined;
      const parts = groupsOf(rowsOf(data)).map(([begin, count]) =>
        g.scatter(g.sliceAxis(data, 0, begin, count), g.sliceAxis(indices, 0, begin, count), node.rows),
      );
      return sum(g, parts);
    }
    default:
      return undefined;
  }
};

function sum(g: Graph, terms: readonly Node[]): Node {
  return terms.reduce((total, term) => g.binary('add', total, term));
}

/** Sums an axis, groups first and then the groups' sums; what is left over comes last. */
function sumInGroups(g: Graph, x: Node, axis: number): Node {
  const terms = at(x.shape, axis);
  const groups = Math.floor(terms / groupSize);
  const main = g.sliceAxis(x, axis, 0, groups * groupSize);
  const grouped = g.reshape(main, x.shape.toSpliced(axis, 1, groups, groupSize));
  const sums = g.reshape(g.reduce('sum', grouped, axis + 1), x.shape.with(axis, groups));
  const total = g.reduce('sum', sums, axis);
  if (groups * groupSize === terms) return total;
  const rest = g.sliceAxis(x, axis, groups * groupSize, terms - groups * groupSize);
  return g.binary('add', total, g.reduce('sum', rest, axis));
}

function groupsOf(total: number): [begin: number, count: number][] {
  return Array.from({ length: Math.ceil(total / groupSize) }, (_, i) => {
    const begin = i * groupSize;
    return [begin, Math.min(groupSize, total - begin)];
  });
}
