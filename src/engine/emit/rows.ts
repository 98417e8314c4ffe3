/** Emits the kernels of a `RowsCall`: rows of a table by index, and rows added up by index. */
import type { RowsCall } from '../calls';
import { isInteger } from '../operations';
import { addInts, f32x4, int, load, loadFloatAsInt, loadInt, multiplyInts } from './instructions';
import { addressOf, loopOver, startOffsets, type Axis, type Offsets } from './nest';
import { FunctionBuilder } from './wasm';

const lanes = 4;

/** A call without its addresses; strides in bytes. */
interface RowsShape {
  readonly kind: 'gather' | 'scatter';
  readonly rows: number;
  readonly width: number;
  readonly count: number;
  readonly indices: { readonly stride: number; readonly integer: boolean };
}

export function rowsShape({ kind, rows, width, count, indices }: RowsCall): RowsShape {
  const [stride = 0] = indices.strides;
  return { kind, rows, width, count, indices: { stride: stride * 4, integer: isInteger(indices.base) } };
}

/** Parameters are the addresses of data, indices and result. */
export function emitRows({ kind, rows, width, count, indices }: RowsShape): FunctionBuilder {
  const f = new FunctionBuilder(3);
  const [data, index, out] = [0, 1, 2];
  const bytes = width * 4;
  if (kind === 'scatter') f.fillWithZeros(f.parameter(out), rows * bytes);
  const gathers = kind === 'gather';
  const axis: Axis = { size: count, strides: [gathers ? 0 : bytes, indices.stride, gathers ? bytes : 0] };
  loopOver(f, axis, count, 1, startOffsets(3), offsets => {
    const at = addressOf(f, index, offsets);
    const row = f.integer(indices.integer ? loadInt(at) : loadFloatAsInt(at));
    const distance = multiplyInts(row, int(bytes));
    const moved = offsets.map((offset, array) =>
      array === (gathers ? data : out) ? f.integer(addInts(offset, distance)) : offset,
    );
    f.whenBelow(
      row,
      int(rows),
      () => copyRow(f, width, moved, !gathers),
      gathers ? () => f.fillWithZeros(addressOf(f, out, offsets), bytes) : undefined,
    );
  });
  return f;
}

function copyRow(f: FunctionBuilder, width: number, offsets: Offsets, adds: boolean): void {
  const axis: Axis = { size: width, strides: [4, 0, 4] };
  const vector = (now: Offsets, lanesUsed: number): void => {
    const [from, to] = [addressOf(f, 0, now), addressOf(f, 2, now)];
    f.store(to, adds ? f32x4.add(load(to), load(from)) : load(from), lanesUsed);
  };
  const full = Math.floor(width / lanes);
  loopOver(f, axis, full, lanes, offsets, now => vector(now, lanes));
  if (width % lanes > 0) vector(offsetsAt(f, full, offsets), width % lanes);
}

function offsetsAt(f: FunctionBuilder, vectors: number, offsets: Offsets): Offsets {
  return offsets.map((offset, array) =>
    array === 1 || vectors === 0 ? offset : f.integer(addInts(offset, int(vectors * lanes * 4))),
  );
}
