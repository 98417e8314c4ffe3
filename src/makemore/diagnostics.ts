/** What the lectures look at inside a net: plain arithmetic on copies of its tensors. */
import type { LayerDiagnostics, ParameterDiagnostics } from '../shared/diagnostics';

/** A tanh output beyond this is called saturated: hardly any gradient passes. */
export const saturationThreshold = 0.97;

/** Mean and unbiased standard deviation, in float64; NaN where there are too few numbers. */
export function meanAndStd(values: ArrayLike<number>): { mean: number; std: number } {
  const all = Array.from(values);
  const mean = all.reduce((sum, v) => sum + v, 0) / all.length;
  const squares = all.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, std: Math.sqrt(squares / (all.length - 1)) };
}

/** The share (0 to 1) of the values whose size is above the threshold. */
export function saturation(values: Float32Array, threshold = saturationThreshold): number {
  return values.reduce((count, v) => count + Number(Math.abs(v) > threshold), 0) / values.length;
}

/** Of a tanh layer's output and the gradient there. */
export function diagnoseLayer(name: string, values: Float32Array, gradient: Float32Array): LayerDiagnostics {
  const { mean: gradMean, std: gradStd } = meanAndStd(gradient);
  return { name, ...meanAndStd(values), saturated: saturation(values), gradMean, gradStd };
}

/** Of a matrix before and after an update; the data is what it is after it, the update the real change. */
export function diagnoseParameter(
  name: string,
  shape: readonly number[],
  gradient: Float32Array,
  before: Float32Array,
  after: Float32Array,
): ParameterDiagnostics {
  const { mean: gradMean, std: gradStd } = meanAndStd(gradient);
  const data = meanAndStd(after).std;
  const update = meanAndStd(after.map((v, i) => v - before[i])).std;
  return { name, shape, gradMean, gradStd, gradToData: gradStd / data, log10UpdateToData: Math.log10(update / data) };
}
