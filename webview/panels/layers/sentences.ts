import { at } from '../../../src/shared/at';
import { hasTanh } from '../../../src/shared/model-parts';
import type { LayerLook } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import { formatFixed, formatScientific } from '../../draw/format';
import type { LookFor } from '../parts/look-for';
import { canSaturate, formatPercent, layersAt } from './quantity';

/** The largest saturation of all layers, or the spread where there is no tanh. */
export function activationsFact({ inspection }: RunState): string {
  const layers = outputsOf(inspection?.layers);
  if (layers.length === 0) return '';
  const tanhs = layers.filter(canSaturate);
  if (tanhs.length === 0) return `std ${formatFixed(at(layers, 0).std, 3)}`;
  const most = formatPercent(Math.max(...tanhs.map(({ saturated }) => saturated)));
  return tanhs.length > 1 ? `at most ${most} saturated` : `${most} saturated`;
}

export function activationsLookFor({ preset }: RunState): LookFor {
  if (preset?.hyperparameters.tanh === 0)
    return {
      short: 'Without tanh, the layers should keep their spread.',
      more: 'A gain of 1 keeps it: the std of every layer is that of the one before. With 5/3, which makes up for what a tanh squashes, it grows from layer to layer, and with 0.5 it shrinks; gradients do the same on their way back. And however many layers there are, together they are one linear function.',
    };
  return preset && hasTanh(preset)
    ? {
        short: 'Every tanh layer should spread about alike, without much at its ends.',
        more: 'A healthy std is near 0.65. Saturated means |h| > 0.97, as in part 3: less than 6% of the gradient passes there. At the start, a few percent are normal with BatchNorm and up to a fifth without; training raises that to 10% to 30%. What costs is saturation before anything is learned.',
      }
    : {
        short: 'The hidden state should keep its spread.',
        more: 'With a std below 0.1 it would carry hardly anything from one character to the next.',
      };
}

/** How far apart the layers are, or the spread of a single one. */
export function gradientsFact({ inspection }: RunState): string {
  const stds = outputsOf(inspection?.layers).map(({ gradStd }) => gradStd);
  if (stds.length === 0) return '';
  if (stds.length === 1) return `std ${formatScientific(stds.at(0), 2)}`;
  const factor = Math.max(...stds) / Math.min(...stds);
  if (!Number.isFinite(factor)) return '';
  return `stds within a factor of ${factor < 1000 ? formatFixed(factor, 1) : formatScientific(factor, 1)}`;
}

/** What the layers give to the next ones: where there is no tanh, what would go into it. */
function outputsOf(layers: readonly LayerLook[] = []): readonly LayerLook[] {
  const outputs = layersAt('output', layers);
  return outputs.length > 0 ? outputs : layersAt('preactivation', layers);
}
