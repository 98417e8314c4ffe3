import type { RunState } from '../../../src/shared/run-state';
import { formatInteger, formatTick } from '../../draw/format';
import type { Axis, LineChartPicture } from '../../draw/line/line-picture';
import { roundEnd } from '../../draw/ticks';
import type { Range } from '../../draw/line/ranges';
import type { Theme } from '../../draw/theme';
import { asChoices } from './choices';
import { lineLook } from './line-look';
import type { LossLine } from './loss-lines';
import type { LossMark } from './loss-marks';

/** How the axes show the losses. */
export interface LossFrame {
  readonly logarithmic: boolean;
  /** The steps that show; undefined for all of them. */
  readonly zoom: Range | undefined;
  /** What the lines are held against; none where they are hidden. */
  readonly marks: readonly LossMark[];
}

/** The lines in the colors of the theme, on axes that hold all of them or, when zoomed, what is between two steps. */
export function lossPicture(
  { losses, preset, info }: RunState,
  lines: readonly LossLine[],
  { logarithmic, zoom, marks }: LossFrame,
  theme: Theme,
): Omit<LineChartPicture, 'says'> {
  const { min, max } = zoom ?? { min: 0, max: axisEnd(losses.length, info?.maxSteps) };
  const { learningRate = 0, regularization = 0 } = preset?.hyperparameters ?? {};
  const title = `nats per character${regularization > 0 ? ' + penalty' : ''}`;
  const axis = zoom ? closeAxis(lines, zoom, logarithmic) : wholeAxis(lines, marks, logarithmic);
  return {
    lines: lines.map(({ id, label, points }) => ({ ...lineLook(id, theme), label, points })),
    marks,
    x: { title: 'step', min, max, logarithmic: false, format: formatInteger },
    y: { ...axis, title },
    ...(lines.some(({ id }) => id === 'rate') && { right: rateAxis(learningRate) }),
    tooltipTitle: tellStep,
    tooltipFoot: asChoices,
  };
}

/** Holds all losses and the lines between which they are expected; what else they are held against has to fit in. */
function wholeAxis(lines: readonly LossLine[], marks: readonly LossMark[], logarithmic: boolean): Untitled {
  const losses = lines.flatMap(({ id, points }) => (id === 'rate' ? [] : points));
  const bounds = marks.filter(({ name, y }) => name === 'guess' || (name === 'floor' && !isOutOfReach(y, logarithmic)));
  const { least, largest } = extremes([...losses, ...bounds]);
  return lossAxis(
    logarithmic ? Math.max(1e-4, least * 0.92) : Math.max(0, Math.floor(least * 2) / 2),
    logarithmic ? largest * 1.08 : Math.ceil(largest * 2) / 2,
    logarithmic,
  );
}

/** Ignores losses of other steps, and the lines across. */
function closeAxis(lines: readonly LossLine[], { min, max }: Range, logarithmic: boolean): Untitled {
  const measured = lines.filter(({ id }) => id === 'minibatch' || id === 'smoothed' || id === 'dev');
  const { least, largest } = extremes(measured.flatMap(({ points }) => points.filter(({ x }) => x >= min && x <= max)));
  const margin = 0.05 * (largest - least) || 0.05;
  const lowest = logarithmic ? Math.max(1e-4, least * 0.95) : 0;
  return lossAxis(Math.max(lowest, least - margin), largest + margin, logarithmic);
}

type Untitled = Omit<Axis, 'title'>;

function lossAxis(min: number, max: number, logarithmic: boolean): Untitled {
  return { min, max, logarithmic, format: formatTick };
}

/** From 0, so that a tenth looks like a tenth. */
function rateAxis(learningRate: number): Axis {
  return { title: 'learning rate', min: 0, max: learningRate * 1.15 || 1, logarithmic: false, format: formatRate };
}

const formatRate = (rate: number): string => (rate > 0 && rate < 1e-3 ? rate.toExponential() : formatTick(rate));

function extremes(points: readonly { readonly y: number }[]): { least: number; largest: number } {
  const values = points.map(({ y }) => y).filter(Number.isFinite);
  if (values.length === 0) return { least: 1, largest: 4 };
  return { least: Math.min(...values), largest: Math.max(...values) };
}

/** A logarithmic axis never reaches 0, and would spend most of its length on getting close. */
const isOutOfReach = (floor: number, logarithmic: boolean): boolean => logarithmic && floor < 1e-3;

const tellStep = (step: number): string => `step ${formatInteger(step)}`;

/** The end of the axis of steps: a round number, so that it seldom changes, but never beyond the last step of the run. */
export function axisEnd(steps: number, maxSteps = Infinity): number {
  return Math.max(10, Math.min(maxSteps, roundEnd(Math.max(10, steps))));
}
