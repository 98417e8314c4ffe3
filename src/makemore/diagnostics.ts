/** What the lectures plot of the inside of a net: plain arithmetic on copies of its tensors. */
import { at } from '../shared/at';
import type { LayerDiagnostics, ParameterDiagnostics } from '../shared/diagnostics';
import type { Histogram } from '../shared/inspection';

/** A tanh output beyond this counts as saturated: hardly any gradient passes. */
const saturationThreshold = 0.97;

/** Mean and unbiased standard deviation, in float64; NaN if there are too few numbers. */
function meanAndStd(values: ArrayLike<number>): { mean: number; std: number } {
  const all = Array.from(values);
  const mean = all.reduce((sum, v) => sum + v, 0) / all.length;
  const squares = all.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, std: Math.sqrt(squares / (all.length - 1)) };
}

/** Of each column of (rows, width), as `x.mean(0)` and `x.std(0)`. In bounds: a column is less than `width`. */
export function meanAndStdOfColumns(values: Float32Array, width: number): { mean: Float32Array; std: Float32Array } {
  const rows = values.length / width;
  const mean = new Float64Array(width);
  values.forEach((v, i) => (mean[i % width]! += v / rows));
  const squares = new Float64Array(width);
  values.forEach((v, i) => (squares[i % width]! += (v - mean[i % width]!) ** 2));
  return { mean: Float32Array.from(mean), std: Float32Array.from(squares, s => Math.sqrt(s / (rows - 1))) };
}

/** The share (0 to 1) of the values that are larger in size than the threshold, rounded to float32 as they are. */
export function saturation(values: Float32Array, threshold = saturationThreshold): number {
  const most = Math.fround(threshold);
  return values.reduce((count, v) => count + Number(Math.abs(v) > most), 0) / values.length;
}

/** Of a layer's output and its gradient. */
export function diagnoseLayer(name: string, values: Float32Array, gradient: Float32Array): LayerDiagnostics {
  const { mean: gradMean, std: gradStd } = meanAndStd(gradient);
  return { name, ...meanAndStd(values), saturated: saturation(values), gradMean, gradStd };
}

/** Of a matrix before and after an update: the data is the matrix after it, the update the actual change. */
export function diagnoseParameter(
  name: string,
  shape: readonly number[],
  gradient: Float32Array,
  before: Float32Array,
  after: Float32Array,
): ParameterDiagnostics {
  const { mean: gradMean, std: gradStd } = meanAndStd(gradient);
  const data = meanAndStd(after).std;
  const update = meanAndStd(after.map((v, i) => v - at(before, i))).std;
  return { name, shape, gradMean, gradStd, gradToData: gradStd / data, log10UpdateToData: Math.log10(update / data) };
}

/** The default of torch.histogram. */
const bins = 100;

/**
 * As `torch.histogram(t, density=True)` of float32: equal bins from the least to the largest value, with the edges of
 * torch.linspace; if all values are equal, bins reach half a unit to both sides. Values that are not finite are left out,
 * where PyTorch would refuse, and bins so narrow that float32 has no number for their
 * density have none.
 */
export function histogram(values: Float32Array): Histogram {
  let min = Infinity;
  let max = -Infinity;
  let count = 0;
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    if (v < min) min = v;
    if (v > max) max = v;
    count++;
  }
  const density = new Float32Array(bins);
  if (count === 0) return { min: 0, max: 0, density };
  if (min === max) [min, max] = [Math.fround(min - 0.5), Math.fround(max + 0.5)];
  const edges = linspace(min, max, bins + 1); // in bounds below: bins are clamped to 0 … bins - 1
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    let bin = Math.min(bins - 1, Math.max(0, Math.floor(((v - min) * bins) / (max - min))));
    // The edges are rounded, so the right one may be next to it.
    if (v < edges[bin]!) bin--;
    else if (bin < bins - 1 && v >= edges[bin + 1]!) bin++;
    density[bin]!++;
  }
  for (let i = 0; i < bins; i++) {
    const share = Math.fround(density[i]! / (count * (edges[i + 1]! - edges[i]!)));
    density[i] = Number.isFinite(share) ? share : 0;
  }
  return { min, max, density };
}

/** torch.linspace in float32, which counts from both ends towards the middle. */
function linspace(start: number, end: number, steps: number): Float32Array {
  const f = Math.fround;
  const step = f(f(end - start) / (steps - 1));
  return Float32Array.from({ length: steps }, (_, i) =>
    i < steps / 2 ? f(start + f(step * i)) : f(end - f(step * (steps - 1 - i))),
  );
}
