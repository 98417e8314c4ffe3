/** Rebuilds a graph node by node, with a rule for the nodes that change. */
import { Graph } from './graph';
import type { Node } from './operations';

/** The part of a graph that outputs and assignments need. */
export interface LiveGraph {
  /** In the order of execution. */
  readonly nodes: readonly Node[];
  readonly outputs: ReadonlyMap<string, Node>;
  readonly assigned: ReadonlyMap<string, Node>;
}

/** Gives what replaces a node, or undefined where it stays. `rewritten` tells what has replaced one of its inputs. */
export type Rule = (g: Graph, node: Node, rewritten: (input: Node) => Node) => Node | undefined;

export function rewrite({ nodes, outputs, assigned }: LiveGraph, rule: Rule): LiveGraph {
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
