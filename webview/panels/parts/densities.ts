import { at } from '../../../src/shared/at';
import type { Histogram } from '../../../src/shared/inspection';
import type { CurveLook } from '../../draw/plot/curve-look';
import type { Curve, CurvePicture, PlaneAxis } from '../../draw/plot/curve-picture';
import { formatFixed, formatInteger, formatTick } from '../../draw/format';
import type { Cursor } from '../../draw/plot/plane';
import type { RidgePicture } from '../../draw/plot/ridge';
import { roundEnd } from '../../draw/ticks';

/** Histograms as pictures. */

/** A density with the name of what it is of. */
export interface NamedDensity {
  readonly name: string;
  readonly histogram: Histogram;
}

export interface DrawnDensity extends NamedDensity {
  /** Of its line. */
  readonly look: CurveLook;
}

/** The density of the bin that a value is in, 0 outside all of them. The last bin holds the largest value as well. */
export function densityAt({ min, max, density }: Histogram, value: number): number {
  if (!(value >= min && value <= max) || min === max) return 0;
  return at(density, Math.min(density.length - 1, Math.floor(((value - min) / (max - min)) * density.length)));
}

/** An axis with 0 in its middle. @param largest the values that it has to hold, as distances from 0 */
export function densityAxis(largest: readonly number[], title: string): PlaneAxis {
  const end = roundEnd(Math.max(...largest.filter(Number.isFinite)));
  return { min: -end, max: end, title, format: formatValue };
}

/** How far values reach from 0. */
export function reachOf({ min, max }: Histogram): number {
  return Math.max(-min, max);
}

/** A few gradients are far from all others. What matters is within this many stds. */
const stds = 3;

export function reachOfGradient(histogram: Histogram, std: number): number {
  return Math.min(reachOf(histogram), Number.isFinite(std) ? stds * std : Infinity);
}

/** A layer whose values vanish is a needle: a higher one than this many times the lowest curve goes beyond the top, or all others would be flat. */
const mostTimes = 60;

/** All of them over one axis, each as a line, like in part 3. */
export function densityPicture(densities: readonly DrawnDensity[], x: PlaneAxis): CurvePicture {
  const peaks = densities.map(({ histogram }) => highestOf(histogram)).filter(peak => peak > 0);
  const highest = Math.max(0, ...peaks.filter(peak => peak <= mostTimes * Math.min(...peaks)));
  return {
    curves: densities.map(({ look, histogram }) => ({ look, ...densityCurve(histogram) })),
    guides: [],
    x,
    y: { min: 0, max: roundEnd(highest), title: 'density', format: formatTick },
  };
}

/** The density at an earlier step. */
export interface DensityAt {
  readonly step: number;
  readonly histogram: Histogram;
}

/** The same density in wider bins: with few values in each bin, a ridge of many lines would be noise. @param together bins that become one */
export function coarsen({ min, max, density }: Histogram, together: number): Histogram {
  const means = Array.from({ length: density.length / together }, (_, i) =>
    density.subarray(i * together, (i + 1) * together).reduce((sum, d) => sum + d / together, 0),
  );
  return { min, max, density: Float32Array.from(means) };
}

export function densityRidge(history: readonly DensityAt[], x: PlaneAxis, chosen: number | undefined): RidgePicture {
  return {
    rows: history.map(({ step, histogram }) => ({ label: formatInteger(step), ...histogram })),
    x,
    labels: 'step',
    chosen,
  };
}

const tableRows = 40;

/** The densities at evenly spaced values. */
export function densityRows(densities: readonly NamedDensity[], { min, max }: PlaneAxis): string[][] {
  return Array.from({ length: tableRows + 1 }, (_, i) => {
    const value = min + ((max - min) * i) / tableRows;
    return [formatValue(value), ...densities.map(({ histogram }) => formatDensity(densityAt(histogram, value)))];
  });
}

/** "At 0.5: h1 0.43, h2 0.41." */
export function readDensities(densities: readonly NamedDensity[], value: number): string {
  const each = densities.map(({ name, histogram }) => `${name} ${formatDensity(densityAt(histogram, value))}`);
  return `Density at ${formatValue(value)}: ${each.join(', ')}.`;
}

/** "Step 1,001, at 0.5: density 0.43." */
export function readRidge(history: readonly DensityAt[], { x, row }: Cursor): string {
  const { step, histogram } = at(history, Math.min(row, history.length - 1)); // there may be fewer rows by now
  return `Step ${formatInteger(step)}, at ${formatValue(x)}: density ${formatDensity(densityAt(histogram, x))}.`;
}

export function formatValue(value: number): string {
  return formatTick(Number(value.toPrecision(2))).replaceAll('-', '−');
}

function formatDensity(density: number): string {
  return density >= 100 ? formatInteger(density) : formatFixed(density, density >= 10 ? 1 : 3);
}

/** A line through the middle of each bin. */
function densityCurve({ min, max, density }: Histogram): Pick<Curve, 'x' | 'y'> {
  const width = (max - min) / density.length;
  return { x: Float64Array.from(density, (_, bin) => min + (bin + 0.5) * width), y: density };
}

function highestOf({ density }: Histogram): number {
  return density.reduce((a, b) => (Number.isFinite(b) ? Math.max(a, b) : a), 0);
}
