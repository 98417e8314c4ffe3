import type { Histogram, LayerLook } from '../../../src/shared/inspection';
import { formatFixed, formatScientific, formatSigned } from '../../draw/format';
import { reachOf, reachOfGradient } from '../parts/densities';

/** Where to look at a layer: at its output, or at the input of its tanh. */
export type Stage = 'output' | 'preactivation';

/** What to look at there: the values, or their gradient. */
export interface LayerQuantity {
  readonly name: 'activation' | 'gradient';
  /** The titles of its axis. */
  readonly titles: Readonly<Record<Stage, string>>;
  readonly histogram: (layer: LayerLook) => Histogram;
  /** How far its picture has to reach from 0. */
  readonly reach: (layer: LayerLook) => number;
  /** How many bins a line of a ridge merges: a tanh fills its range evenly, but a peak takes only a few bins. */
  readonly together: (stage: Stage) => number;
  /** The headings of the numbers: mean, std, and whatever else there is. */
  readonly columns: (layers: readonly LayerLook[]) => readonly string[];
  readonly numbers: (layer: LayerLook) => readonly string[];
}

export const activation: LayerQuantity = {
  name: 'activation',
  titles: { output: 'activation', preactivation: 'pre-activation' },
  histogram: ({ histogram }) => histogram,
  reach: ({ kind, histogram }) => (kind === 'preactivation' ? reachOf(histogram) : 1), // the hidden state of a GRU is a mean of tanhs
  together: stage => (stage === 'output' ? 4 : 2),
  columns: layers => ['mean', 'std', ...(layers.some(canSaturate) ? ['saturated'] : [])],
  numbers: layer => [
    formatSigned(layer.mean, 3),
    formatFixed(layer.std, 3),
    ...(canSaturate(layer) ? [formatPercent(layer.saturated)] : []),
  ],
};

export const gradient: LayerQuantity = {
  name: 'gradient',
  titles: { output: 'gradient at the activation', preactivation: 'gradient at the pre-activation' },
  histogram: ({ gradHistogram }) => gradHistogram,
  reach: ({ gradHistogram, gradStd }) => reachOfGradient(gradHistogram, gradStd),
  together: () => 2,
  columns: () => ['mean', 'std'],
  numbers: ({ gradMean, gradStd }) => [formatScientific(gradMean, 2), formatScientific(gradStd, 2)],
};

export function layersAt(stage: Stage, layers: readonly LayerLook[]): readonly LayerLook[] {
  return layers.filter(({ kind }) => (kind === 'preactivation') === (stage === 'preactivation'));
}

export function canSaturate({ kind }: LayerLook): boolean {
  return kind === 'tanh';
}

/** In the format of the lecture. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}
