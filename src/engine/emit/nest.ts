/** Nested loops over arrays with strides: all kernels are made of them. */
import { at } from '../../shared/at';
import { addInts, int, opcode, type Expression } from './instructions';
import type { FunctionBuilder } from './wasm';

/** One axis of a space, and how far each array moves along it, in bytes. */
export interface Axis {
  readonly size: number;
  readonly strides: readonly number[];
}

/** Where each array stands, in bytes from its first element. Arrays that move alike share a local. */
export type Offsets = readonly Expression[];

export function startOffsets(arrays: number): Offsets {
  return Array.from({ length: arrays }, () => int(0));
}

/** An array's address at its current offset. */
export function addressOf(f: FunctionBuilder, array: number, offsets: Offsets): Expression {
  const offset = at(offsets, array);
  return isZero(offset) ? f.parameter(array) : addInts(f.parameter(array), offset);
}

/** Runs `body` for every position along the axes, the last of them innermost. */
export function nest(
  f: FunctionBuilder,
  axes: readonly Axis[],
  offsets: Offsets,
  body: (offsets: Offsets) => void,
): void {
  const [outer, ...inner] = axes;
  if (outer) loopOver(f, outer, outer.size, 1, offsets, now => nest(f, inner, now, body));
  else body(offsets);
}

/** Runs `body` at every `step`-th position along an axis, `count` times. */
export function loopOver(
  f: FunctionBuilder,
  axis: Axis,
  count: number,
  step: number,
  offsets: Offsets,
  body: (offsets: Offsets) => void,
): void {
  if (count === 0) return;
  if (count === 1) {
    body(offsets);
    return;
  }
  // One local for all arrays that start from the same offset and move alike.
  const moving = new Map<string, { local: Expression; bytes: number }>();
  const now = offsets.map((offset, array) => {
    const bytes = at(axis.strides, array) * step;
    if (bytes === 0) return offset;
    const key = `${offset.join()}+${bytes}`;
    const known = moving.get(key) ?? { local: f.integer(offset), bytes };
    moving.set(key, known);
    return known.local;
  });
  f.repeat(count, () => {
    body(now);
    for (const { local, bytes } of moving.values()) f.advance(local, bytes);
  });
}

/** The offsets `positions` further along an axis. */
export function ahead(axis: Axis, positions: number, offsets: Offsets): Offsets {
  return offsets.map((offset, array) => {
    const bytes = at(axis.strides, array) * positions;
    return bytes === 0 ? offset : isZero(offset) ? int(bytes) : addInts(offset, int(bytes));
  });
}

function isZero(offset: Expression): boolean {
  return offset.length === 2 && offset[0] === opcode.i32Const && offset[1] === 0;
}
