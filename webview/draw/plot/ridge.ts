import type { PlaneAxis } from './curve-picture';

/** A density in equal bins from the least to the largest value. */
export interface RidgeRow {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly density: Float32Array;
}

export interface RidgePicture {
  /** From the back, at the top, to the front. */
  readonly rows: readonly RidgeRow[];
  readonly x: PlaneAxis;
  /** What the labels are. */
  readonly labels: string;
  /** The row that stands out. */
  readonly chosen: number | undefined;
}

/** Where the rows of a ridge are, in CSS pixels. */
export interface RidgeLayout {
  readonly baselines: readonly number[];
  /** The height of a density of 1. */
  readonly unit: number;
  /** Rows with room for a label, the front one first. */
  readonly labeled: readonly number[];
}

/** Room for the highest peak, as a share of the whole. */
const peakShare = 0.25;
/** A few rows do not spread over all of the room. */
const widestStep = 24;
const labelRoom = 15;

/** The front row is at the bottom, the others are evenly behind it, all on the same scale. */
export function layOutRidge(rows: readonly RidgeRow[], top: number, bottom: number): RidgeLayout {
  const peak = peakShare * (bottom - top);
  const step = rows.length > 1 ? Math.min(widestStep, (bottom - top - peak) / (rows.length - 1)) : 0;
  const baselines = rows.map((_, i) => bottom - (rows.length - 1 - i) * step);
  const highest = rows.reduce((most, { density }) => density.reduce((a, b) => Math.max(a, b), most), 0);
  return { baselines, unit: highest > 0 ? peak / highest : 0, labeled: labeledRows(baselines) };
}

/** The front row, as many behind it as there is room for, and the one at the back. */
function labeledRows(baselines: readonly number[]): number[] {
  const labeled: number[] = [];
  let last = Infinity;
  for (const [i, baseline] of [...baselines.entries()].reverse()) {
    if (last - baseline < labelRoom) continue;
    labeled.push(i);
    last = baseline;
  }
  return labeled.length > 1 ? labeled.with(-1, 0) : labeled;
}
