/** The operations of a graph, and its nodes. */
import type { Shape } from './shapes';

export type UnaryFunction =
  'identity' | 'neg' | 'exp' | 'log' | 'tanh' | 'sigmoid' | 'sqrt' | 'square' | 'abs' | 'trunc';
type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min';
/** 1 where it holds, else 0. */
type Comparison = 'equal' | 'notEqual' | 'less' | 'lessEqual' | 'greater' | 'greaterEqual';
export type BinaryFunction = Arithmetic | Comparison;

interface Unary<T> {
  readonly kind: 'unary';
  readonly f: UnaryFunction;
  readonly inputs: readonly [a: T];
}
interface Binary<T> {
  readonly kind: 'binary';
  readonly f: BinaryFunction;
  readonly inputs: readonly [a: T, b: T];
}
/** a where the condition is not 0, else b. */
interface Select<T> {
  readonly kind: 'select';
  readonly inputs: readonly [condition: T, a: T, b: T];
}
/** A function of numbers, applied element by element. */
export type Elementwise<T> = Unary<T> | Binary<T> | Select<T>;

/** What a node computes, from which other nodes. */
export type Operation =
  /** int32 inputs are stored as such; everything else is float32, which holds integers up to 2^24 exactly. */
  | { readonly kind: 'input'; readonly name: string; readonly integer: boolean; readonly inputs: readonly [] }
  | { readonly kind: 'variable'; readonly name: string; readonly inputs: readonly [] }
  | { readonly kind: 'constant'; readonly values: Float32Array; readonly inputs: readonly [] }
  /** Inputs are broadcast as in NumPy. */
  | Unary<Node>
  | Binary<Node>
  | Select<Node>
  /** Over axes `first` to `last`, whose size becomes 1. */
  | {
      readonly kind: 'reduce';
      readonly f: 'sum' | 'max';
      readonly first: number;
      readonly last: number;
      readonly inputs: readonly [x: Node];
    }
  | { readonly kind: 'reshape' | 'broadcast'; readonly inputs: readonly [x: Node] }
  /** Axis i of the result is axis `order[i]` of x. */
  | { readonly kind: 'transpose'; readonly order: readonly number[]; readonly inputs: readonly [x: Node] }
  | { readonly kind: 'slice'; readonly begin: readonly number[]; readonly inputs: readonly [x: Node] }
  /** x from `begin` on, with zeros around it. */
  | { readonly kind: 'pad'; readonly begin: readonly number[]; readonly inputs: readonly [x: Node] }
  | { readonly kind: 'concat'; readonly axis: number; readonly inputs: readonly Node[] }
  /** (…, M, K) times (…, K, N) gives (…, M, N). */
  | { readonly kind: 'product'; readonly inputs: readonly [a: Node, b: Node] }
  /** Table (R, …) and indices (n) give (n, …); an index outside the table gives zeros. */
  | { readonly kind: 'gather'; readonly inputs: readonly [table: Node, indices: Node] }
  /** Data (n, …) and indices (n) give (rows, …): row r is the sum of the data whose index is r; other data is left out. */
  | { readonly kind: 'scatter'; readonly rows: number; readonly inputs: readonly [data: Node, indices: Node] }
  /** Indices (n) give (n, depth). */
  | { readonly kind: 'oneHot'; readonly depth: number; readonly inputs: readonly [indices: Node] };

export type Node = Operation & { readonly id: number; readonly shape: Shape };
export type NodeOf<K extends Operation['kind']> = Extract<Node, { readonly kind: K }>;
/** A node that no graph has numbered yet. */
export type UnnumberedNode = Operation & { readonly shape: Shape };

export function isElementwise(node: Node): node is Node & Elementwise<Node> {
  return node.kind === 'unary' || node.kind === 'binary' || node.kind === 'select';
}

/** Whether a node is stored as int32. */
export function isInteger(node: Node): boolean {
  return node.kind === 'input' && node.integer;
}

/** The same function of other inputs. */
export function changeInputs<T, U>(applied: Elementwise<T>, change: (input: T) => U): Elementwise<U> {
  switch (applied.kind) {
    case 'unary': {
      const [a] = applied.inputs;
      return { kind: applied.kind, f: applied.f, inputs: [change(a)] };
    }
    case 'binary': {
      const [a, b] = applied.inputs;
      return { kind: applied.kind, f: applied.f, inputs: [change(a), change(b)] };
    }
    case 'select': {
      const [condition, a, b] = applied.inputs;
      return { kind: applied.kind, inputs: [change(condition), change(a), change(b)] };
    }
  }
}

/** The node without the broadcast around it. */
export function unbroadcast(n: Node): Node {
  return n.kind === 'broadcast' ? n.inputs[0] : n;
}

/** The number that a constant holds everywhere; undefined for any other node. */
export function scalarValue(n: Node): number | undefined {
  const source = unbroadcast(n);
  return source.kind === 'constant' && source.values.length === 1 ? source.values[0] : undefined;
}
