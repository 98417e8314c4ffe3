/** Simplifies a recorded graph: products with one-hot rows become gathers and scatters, dead nodes go. */
import { at } from '../shared/at';
import type { Graph } from './graph';
import { lower } from './lower';
import type { Node, NodeOf } from './operations';
import { matrixSize } from './shapes';
import type { Recording } from './recording';
import { rewrite, type LiveGraph, type Rule } from './rewrite';

export function simplify(recording: Recording): LiveGraph {
  const algebra = rewrite({ ...recording, nodes: recording.graph.nodes }, simplifyProducts);
  return rewrite(algebra, lower);
}

/**
 * One-hot rows times a matrix pick rows of the matrix, which is a gather; transposed, they add rows up, which is a
 * scatter. If a table has fewer rows than are gathered from it, the table is multiplied before its rows are gathered. Both
 * are done as well if such rows are only some of the columns of a matrix.
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
  return g.sum(terms);
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
