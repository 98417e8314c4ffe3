/** The calls of a program: what one kernel does to which arrays. */
import type { Elementwise, Node } from './operations';
import { stridesOf, type Shape } from './shapes';
import type { View } from './views';

/** An array that a call reads or writes: the memory of a node, from some element on. */
export interface ArrayRef {
  readonly base: Node;
  /** In elements. */
  readonly offset: number;
  /** In elements, one for each axis of the call's space. */
  readonly strides: readonly number[];
}

/** All of a node's memory, as an array of another shape of the same size. */
export function contiguous(node: Node, shape = node.shape): ArrayRef {
  return { base: node, offset: 0, strides: stridesOf(shape) };
}

export type LoopOperand = ArrayRef | { readonly constant: number };

/** A value of a loop that is stored, or reduced along the loop's reduced axes and then stored. */
export interface LoopResult extends ArrayRef {
  readonly value: number;
  readonly reduce?: 'sum' | 'max';
}

/**
 * Element-wise functions in one pass over a space, whose results are stored or reduced along axes `first` to `last`.
 * Values are numbered: operands first, then steps; the inputs of a step are such numbers.
 */
export interface LoopCall {
  readonly kind: 'loop';
  readonly space: Shape;
  readonly operands: readonly LoopOperand[];
  readonly steps: readonly Elementwise<number>[];
  readonly results: readonly LoopResult[];
  readonly reduced?: { readonly first: number; readonly last: number };
}

/** (…, M, K) times (…, K, N), with any strides except that the elements of each row of b are contiguous. */
export interface ProductCall {
  readonly kind: 'product';
  readonly batch: Shape;
  readonly size: { readonly M: number; readonly N: number; readonly K: number };
  readonly a: View;
  readonly b: View;
  readonly out: ArrayRef;
}

/** Reads `count` rows of a table (rows, width) by index, or adds `count` rows to those of a table by index. */
export interface RowsCall {
  readonly kind: 'gather' | 'scatter';
  readonly rows: number;
  readonly width: number;
  readonly count: number;
  readonly data: Node;
  readonly indices: ArrayRef;
  readonly out: ArrayRef;
}

/** Fills an array with zeros. */
interface ClearCall {
  readonly kind: 'clear';
  readonly out: ArrayRef;
}

export type Call = LoopCall | ProductCall | RowsCall | ClearCall;

/** The nodes whose memory a call reads. */
export function reads(call: Call): Node[] {
  switch (call.kind) {
    case 'loop':
      return call.operands.flatMap(operand => ('base' in operand ? [operand.base] : []));
    case 'product':
      return [call.a.base, call.b.base];
    case 'gather':
    case 'scatter':
      return [call.data, call.indices.base];
    case 'clear':
      return [];
  }
}

export function writes(call: Call): Node[] {
  return call.kind === 'loop' ? call.results.map(result => result.base) : [call.out.base];
}
