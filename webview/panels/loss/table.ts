import type { Evaluation } from '../../../src/shared/run';
import { formatFixed, formatInteger } from '../../draw/format';
import type { LossWindows } from '../../draw/loss-windows';

export const lossColumns = ['steps', 'mean', 'least', 'largest', 'dev'] as const;

/** The windows as rows, each with the last evaluation within it. */
export function lossRows({ windows, size }: LossWindows, evaluations: readonly Evaluation[]): string[][] {
  return windows.map(({ firstStep, mean, min, max }) => {
    const end = firstStep + size;
    const dev = evaluations.findLast(e => e.step > firstStep && e.step <= end)?.dev;
    const steps = size === 1 ? formatInteger(end) : `${formatInteger(firstStep + 1)} to ${formatInteger(end)}`;
    return [steps, ...[mean, min, max, dev].map(value => formatFixed(value, 4))];
  });
}
