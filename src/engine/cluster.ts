/** Nodes that one loop computes, and the call that does so. */
import { contiguous, type ArrayRef, type LoopCall, type LoopOperand } from './calls';
import { changeInputs, isElementwise, scalarValue, type Node, type NodeOf } from './operations';
import { stridesOf, type Shape } from './shapes';
import { broadcastView } from './views';

/** Element-wise nodes over one space, and reductions along the same axes of it. */
export interface Cluster {
  readonly kind: 'cluster';
  readonly space: Shape;
  readonly nodes: Node[];
  /** The nodes whose memory it reads, and those that it computes. */
  readonly arrays: Set<Node>;
  reduced?: Axes;
}

/** From `first` to `last`. */
export interface Axes {
  readonly first: number;
  readonly last: number;
}

/** The number of an operand, or a step, whose number follows once all operands are known. */
type LoopValue = number | { readonly step: number };

/** @param needed the nodes whose values are stored */
export function loopOf({ space, nodes, reduced }: Cluster, needed: ReadonlySet<Node>): LoopCall {
  const operands = new Operands(space);
  const inside = new Map<Node, { readonly step: number }>();
  const valueOf = (node: Node): LoopValue => inside.get(node) ?? operands.numberOf(node);
  const steps = nodes.filter(isElementwise).map((node, step) => {
    const applied = changeInputs(node, valueOf);
    inside.set(node, { step });
    return applied;
  });
  const results = nodes.flatMap(node => {
    if (node.kind === 'reduce') return [{ ...reducedArray(node), value: valueOf(node.inputs[0]), reduce: node.f }];
    return needed.has(node) ? [{ ...contiguous(node), value: valueOf(node) }] : [];
  });
  const numberOf = (value: LoopValue): number => (typeof value === 'number' ? value : operands.all.length + value.step);
  return {
    kind: 'loop',
    space,
    operands: operands.all,
    steps: steps.map(step => changeInputs(step, numberOf)),
    results: results.map(result => ({ ...result, value: numberOf(result.value) })),
    ...(reduced && { reduced }),
  };
}

/** A reduction's result in the space of its input: it stays in place along the reduced axes. */
function reducedArray(node: NodeOf<'reduce'>): ArrayRef {
  const strides = stridesOf(node.shape).map((s, axis) => (axis >= node.first && axis <= node.last ? 0 : s));
  return { base: node, offset: 0, strides };
}

/** What a loop reads, each operand once. */
class Operands {
  readonly all: LoopOperand[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(private readonly space: Shape) {}

  numberOf(node: Node): number {
    const constant = scalarValue(node);
    const operand = constant === undefined ? broadcastView(node, this.space) : { constant };
    const key = keyOf(operand);
    const number = this.numbers.get(key) ?? this.all.push(operand) - 1;
    this.numbers.set(key, number);
    return number;
  }
}

function keyOf(operand: LoopOperand): string {
  if ('base' in operand) return `${operand.base.id} ${operand.offset} ${operand.strides.join()}`;
  return Object.is(operand.constant, -0) ? 'constant -0' : `constant ${operand.constant}`;
}
