/** Lowers a graph to what the kernels compute well: no one-hot rows, and no long sums. */
import { at } from '../shared/at';
import type { Graph } from './graph';
import type { Node } from './operations';
import { matrixSize, size } from './shapes';
import type { Rule } from './rewrite';

/** Sums of more terms are taken at two levels, in groups: a single running float32 sum drifts. */
const longestSum = 4096;
const groupSize = 1024;

/** What is left of one-hot rows becomes comparisons with 0, 1, 2, …; long sums are split. */
export const lower: Rule = (g, node, rewritten) => {
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
      return g.sum(parts);
    }
    case 'scatter': {
      const data = rewritten(node.inputs[0]);
      const indices = rewritten(node.inputs[1]);
      const terms = at(data.shape, 0);
      if (terms <= longestSum) return undefined;
      const parts = groupsOf(terms).map(([begin, count]) =>
        g.scatter(g.sliceAxis(data, 0, begin, count), g.sliceAxis(indices, 0, begin, count), node.rows),
      );
      return g.sum(parts);
    }
    default:
      return undefined;
  }
};

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
