import type { ParameterLook } from '../../../src/shared/inspection';
import type { RunState, UpdatesAt } from '../../../src/shared/run-state';
import { curveLook } from '../../draw/plot/curve-look';
import type { Curve, CurvePicture, PlaneAxis } from '../../draw/plot/curve-picture';
import { formatInteger, formatScientific, formatSigned, formatTick } from '../../draw/format';
import type { Theme } from '../../draw/theme';
import { densityAxis, reachOfGradient, type DrawnDensity } from '../parts/densities';
import { axisEnd } from '../parts/loss-picture';
import { goal, healthyRatios } from '../../alerts/update-rules';

/** A matrix that is shown. */
export interface ShownParameter {
  /** Its index among all of them, and that of its ratio. */
  readonly index: number;
  readonly parameter: ParameterLook;
}

/** log10 of update:data of the matrices over the steps. */
export function updatePicture(
  { updateHistory: history, info, preset }: Pick<RunState, 'updateHistory' | 'info' | 'preset'>,
  shown: readonly ShownParameter[],
  count: number,
  theme: Theme,
): CurvePicture {
  const steps = Float64Array.from(history, ({ step }) => step);
  const { min, max } = healthyRatios({ ...(preset && { preset }) });
  return {
    curves: shown.map(({ index }): Curve => ({
      look: curveLook(index, count, theme),
      x: steps,
      y: Float64Array.from(history, ({ ratios }) => finiteOrNaN(ratios[index])),
    })),
    guides: [
      { y: goal, stroke: 'dashed' },
      { y: min, stroke: 'dotted' },
      { y: max, stroke: 'dotted' },
    ],
    x: { min: 0, max: axisEnd(history.at(-1)?.step ?? 0, info?.maxSteps), title: 'step', format: formatInteger },
    y: ratioAxis(history),
  };
}

/** From -5 to -1, and on to whole numbers around values beyond. */
export function ratioAxis(history: readonly UpdatesAt[]): PlaneAxis {
  let [min, max] = [-5, -1];
  for (const { ratios } of history)
    for (const ratio of ratios) {
      if (!Number.isFinite(ratio)) continue;
      min = Math.min(min, Math.floor(ratio));
      max = Math.max(max, Math.ceil(ratio));
    }
  return { min, max, title: 'log10 of update:data', format: formatRatioTick };
}

/** The densities of the gradients of what is shown. */
export function gradientDensities(shown: readonly ShownParameter[], count: number, theme: Theme): DrawnDensity[] {
  return shown.map(({ index, parameter }) => ({
    name: parameter.name,
    look: curveLook(index, count, theme),
    histogram: parameter.gradHistogram,
  }));
}

export function gradientAxis(shown: readonly ShownParameter[]): PlaneAxis {
  const reaches = shown.map(({ parameter }) => reachOfGradient(parameter.gradHistogram, parameter.gradStd));
  return densityAxis(reaches, 'gradient');
}

export const parameterColumns = ['shape', 'grad mean', 'grad std', 'grad:data', 'log10 update:data'] as const;

/** A matrix in the format of the lecture. */
export function parameterNumbers(parameter: ParameterLook): string[] {
  const { shape, gradMean, gradStd, gradToData, log10UpdateToData } = parameter;
  return [
    `(${shape.join(', ')})`,
    formatScientific(gradMean, 2),
    formatScientific(gradStd, 2),
    formatScientific(gradToData, 3),
    formatRatio(log10UpdateToData),
  ];
}

/** "Step 504: C −3.10, W1 −2.31." */
export function readUpdates(history: readonly UpdatesAt[], shown: readonly ShownParameter[], at: number): string {
  if (history.length === 0) return '';
  const { step, ratios } = history.reduce((a, b) => (Math.abs(b.step - at) < Math.abs(a.step - at) ? b : a));
  const each = shown.map(({ index, parameter }) => `${parameter.name} ${formatRatio(ratios[index])}`);
  return `Step ${formatInteger(step)}: ${each.join(', ')}.`;
}

/** More rows than this nobody reads. */
const mostRows = 100;

/** Steps with the ratio of each matrix. Of many steps, only some. */
export function updateRows(history: readonly UpdatesAt[]): string[][] {
  const every = Math.ceil(history.length / mostRows);
  return history
    .filter((_, i) => (history.length - 1 - i) % every === 0)
    .map(({ step, ratios }) => [formatInteger(step), ...ratios.map(ratio => formatRatio(ratio))]);
}

/** The least and the largest ratio of the last look. */
export function updatesFact({ updateHistory }: Pick<RunState, 'updateHistory'>): string {
  const last = updateHistory.at(-1)?.ratios ?? [];
  const ratios = last.filter(ratio => Number.isFinite(ratio) || ratio === -Infinity);
  if (ratios.length === 0) return '';
  const [least, largest] = [Math.min(...ratios), Math.max(...ratios)].map(ratio => formatRatio(ratio));
  if (least === noUpdate) return largest === noUpdate ? noUpdate : `${noUpdate} to log10 ${largest}`;
  return least === largest ? `log10 ${least}` : `log10 ${least} to ${largest}`;
}

const noUpdate = 'no update (0)';

/** An update of 0 is a value, though its logarithm is none that could be drawn. */
function formatRatio(ratio = NaN): string {
  if (ratio === -Infinity) return noUpdate;
  return Number.isFinite(ratio) ? formatSigned(ratio, 2) : '–';
}

/** Numbers that are not finite come out of JSON as null. */
function finiteOrNaN(ratio = NaN): number {
  return Number.isFinite(ratio) ? ratio : NaN;
}

const formatRatioTick = (ratio: number): string => formatTick(ratio).replace('-', '−');
