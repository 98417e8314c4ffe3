/** Emits the kernel of a `ProductCall`: a tile of the result stays in registers while k advances. */
import { at } from '../../shared/at';
import type { ArrayRef, ProductCall } from '../calls';
import { load, loadSplat, multiplyAdd, type SimdFlavor } from './instructions';
import { addressOf, ahead, loopOver, nest, startOffsets, type Axis, type Offsets } from './nest';
import { FunctionBuilder } from './wasm';

const lanes = 4;
/**
 * The width of a tile in vectors, by its height: one row, two rows, and so on. Twelve sums, two vectors of b and one of
 * a fit into the 15 registers that V8 uses on x86-64, and no sum waits for another; three vectors of b would be spilled.
 */
const tileVectors = [6, 4, 3, 2, 2, 2] as const;
/** Steps of k per turn of the loop. */
const unroll = 4;

/** A call without its addresses; strides in bytes. */
interface ProductShape {
  readonly batch: readonly Axis[];
  readonly M: number;
  readonly N: number;
  readonly K: number;
  readonly a: { readonly row: number; readonly column: number };
  /** From row to row: within a row the elements are contiguous. */
  readonly b: number;
  readonly out: number;
}

export function productShape({ batch, size: { M, N, K }, a, b, out }: ProductCall): ProductShape {
  const bytes = ({ strides }: ArrayRef, axis: number): number => at(strides, axis) * 4;
  const [row, column] = [batch.length, batch.length + 1];
  return {
    batch: batch.map((size, axis) => ({ size, strides: [a, b, out].map(array => bytes(array, axis)) })),
    M,
    N,
    K,
    a: { row: bytes(a, row), column: bytes(a, column) },
    b: bytes(b, row),
    out: bytes(out, row),
  };
}

export function emitProduct(shape: ProductShape, flavor: SimdFlavor): FunctionBuilder {
  const f = new FunctionBuilder(3);
  if (shape.M === 0 || shape.N === 0) return f;
  const rows: Axis = { size: shape.M, strides: [shape.a.row, 0, shape.out] };
  const columns: Axis = { size: shape.N, strides: [0, 4, 4] };
  nest(f, shape.batch, startOffsets(3), batch => {
    const vectors = Math.ceil(shape.N / lanes);
    const rowsOfTile = Math.min(tileVectors.length, shape.M);
    split(f, columns, vectors, at(tileVectors, rowsOfTile - 1), lanes, batch, (width, isLast, panel) => {
      const lastLanes = isLast ? shape.N - (vectors - 1) * lanes : lanes;
      split(f, rows, shape.M, rowsOfTile, 1, panel, (height, _, tile) =>
        emitTile(f, flavor, shape, height, width, lastLanes, tile),
      );
    });
  });
  return f;
}

/**
 * Divides `count` units into parts of almost equal size, at most `most`. If the last unit is not a whole one, the part
 * that it belongs to comes by itself.
 */
function split(
  f: FunctionBuilder,
  axis: Axis,
  count: number,
  most: number,
  unit: number,
  offsets: Offsets,
  body: (size: number, isLast: boolean, offsets: Offsets) => void,
): void {
  const parts = Math.ceil(count / most);
  const small = Math.floor(count / parts);
  const large = count % parts;
  const ragged = axis.size % unit !== 0 ? 1 : 0;
  let done = 0;
  const run = (size: number, times: number, isLast: boolean): void => {
    const begin = ahead(axis, done * unit, offsets);
    loopOver(f, axis, times, size * unit, begin, now => body(size, isLast, now));
    done += size * times;
  };
  run(small + 1, large, false);
  run(small, parts - large - ragged, false);
  if (ragged) run(small, 1, true);
}

function emitTile(
  f: FunctionBuilder,
  flavor: SimdFlavor,
  { K, a, b, out: outRow }: ProductShape,
  height: number,
  width: number,
  lastLanes: number,
  offsets: Offsets,
): void {
  const zero = f.splat(0);
  const sums = Array.from({ length: height }, () => Array.from({ length: width }, () => f.vector(zero)));
  const rowOfA = f.integer(addressOf(f, 0, offsets));
  const rowOfB = f.integer(addressOf(f, 1, offsets));
  const turn = (steps: number): void => {
    for (let k = 0; k < steps; k++) {
      const vectors = Array.from({ length: width }, (_, j) => f.vector(load(rowOfB, k * b + j * lanes * 4)));
      sums.forEach((row, i) => {
        const x = f.vector(loadSplat(rowOfA, i * a.row + k * a.column));
        row.forEach((sum, j) => f.assign(sum, multiplyAdd(flavor, x, at(vectors, j), sum)));
      });
    }
  };
  const turns = Math.floor(K / unroll);
  if (turns > 0)
    f.repeat(turns, () => {
      turn(unroll);
      f.advance(rowOfA, unroll * a.column);
      f.advance(rowOfB, unroll * b);
    });
  turn(K % unroll);
  const out = addressOf(f, 2, offsets);
  sums.forEach((row, i) =>
    row.forEach((sum, j) => f.store(out, sum, j === width - 1 ? lastLanes : lanes, i * outRow + j * lanes * 4)),
  );
}
