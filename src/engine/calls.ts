/** The calls of a program: what one kernel does to which arrays. */
import type { MapFunction, Node, Shape } from './operations';
import type { View } from './views';

/** An array in memory, read or written: a node that has memory, from an element on. */
export interface ArrayRef {
  readonly base: Node;
  /** In elements. */
  readonly offset: number;
  /** In elements, per axis of the call's space. */
  readonly strides: readonly number[];
}

/**
 * Element-wise functions in one pass over a space, whose results are stored or reduced along axes `first` to `last`.
 * Values are numbered: operands first, then the steps.
 */
export interface LoopCall {
  readonly kind: 'loop';
  readonly space: Shape;
  readonly operands: readonly (ArrayRef | { readonly constant: number })[];
  readonly steps: readonly { readonly f: MapFunction; readonly of: readonly number[] }[];
  readonly results: readonly (ArrayRef & { readonly value: number; readonly reduce?: 'sum' | 'max' })[];
  readonly reduced?: { readonly first: number; readonly last: number };
}

/** (…, M, K) times (…, K, N): any strides but that b's rows lie in one piece. */
export interface ProductCall {
  readonly kind: 'product';
  readonly batch: Shape;
  readonly size: { readonly M: number; readonly N: number; readonly K: number };
  readonly a: View;
  readonly b: View;
  readonly out: ArrayRef;
}

/** Rows (width) of a table (rows) by index, or rows added up by index. */
export interface RowsCall {
  readonly kind: 'gather' | 'scatter';
  readonly rows: number;
  readonly width: number;
  readonly count: number;
  readonly data: Node;
  readonly indices: ArrayRef;
  readonly out: ArrayRef;
}

/** Zeros. */
interface ClearCall {
  readonly kind: 'clear';
  readonly out: ArrayRef;
}

export type Call = LoopCall | ProductCall | RowsCall | ClearCall;

/** What a call reads; constants in a loop are no memory. */
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
