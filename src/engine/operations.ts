/** The operations of a graph, its nodes, and arithmetic on their shapes. */

export type Shape = readonly number[];

type UnaryFunction = 'identity' | 'neg' | 'exp' | 'log' | 'tanh' | 'sigmoid' | 'sqrt' | 'square' | 'abs' | 'trunc';
type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min';
/** 1 where it holds, else 0. */
type Comparison = 'equal' | 'notEqual' | 'less' | 'lessEqual' | 'greater' | 'greaterEqual';
/** Of numbers, element by element. `select` takes three: the second where the first is not 0, else the third. */
export type MapFunction = UnaryFunction | Arithmetic | Comparison | 'select';

export type Operation =
  /** int32 inputs are stored as such; everything else is float32, which holds integers up to 2^24 exactly. */
  | { readonly kind: 'input'; readonly name: string; readonly integer: boolean }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'constant'; readonly values: Float32Array }
  /** Broadcasts its inputs as NumPy does. */
  | { readonly kind: 'map'; readonly f: MapFunction }
  /** Over axes `first` to `last`, which keep size 1. */
  | { readonly kind: 'reduce'; readonly f: 'sum' | 'max'; readonly first: number; readonly last: number }
  | { readonly kind: 'reshape' }
  | { readonly kind: 'broadcast' }
  | { readonly kind: 'transpose'; readonly order: readonly number[] }
  | { readonly kind: 'slice'; readonly begin: readonly number[] }
  /** Zeros around the input, which begins at `begin`. */
  | { readonly kind: 'pad'; readonly begin: readonly number[] }
  | { readonly kind: 'concat'; readonly axis: number }
  /** (…, M, K) times (…, K, N) gives (…, M, N). */
  | { readonly kind: 'product' }
  /** Table (R, …) and indices (n) give (n, …); zeros where there is no such row. */
  | { readonly kind: 'gather' }
  /** Data (n, …) and indices (n) give (R, …): row r is the sum of the data whose index is r; other indices are left out. */
  | { readonly kind: 'scatter' }
  /** Indices (n) give (n, depth). */
  | { readonly kind: 'oneHot' };

export interface Node {
  readonly id: number;
  readonly operation: Operation;
  readonly inputs: readonly Node[];
  readonly shape: Shape;
}

export function size(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}

/** Row-major, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** @throws Error where the shapes do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    if (m !== n && m !== 1 && n !== 1) throw new Error(`Shapes [${a.join()}] and [${b.join()}] do not fit.`);
    return m === 1 ? n : m;
  });
}

/** Strides (in elements) with which an array of a smaller shape is read as one of `shape`: 0 where it is broadcast. */
export function broadcastStrides(own: Shape, shape: Shape): number[] {
  const strides = stridesOf(own);
  const missing = shape.length - own.length;
  return shape.map((n, axis) =>
    axis < missing || (own[axis - missing] === 1 && n !== 1) ? 0 : strides[axis - missing],
  );
}
