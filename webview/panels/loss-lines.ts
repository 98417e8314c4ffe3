import type { RunState } from '../../src/shared/run-state';
import { formatInteger, formatTick } from '../draw/format';
import type { LineChartPicture, Point } from '../draw/line-picture';
import type { LossWindows } from '../draw/loss-windows';
import type { Theme } from '../draw/theme';
import { lineLook } from './line-look';

export type LossLineId = 'minibatch' | 'smoothed' | 'dev' | 'baseline' | 'floor';

export interface LossLine {
  readonly id: LossLineId;
  readonly label: string;
  readonly points: readonly Point[];
}

/** What there is to draw so far. */
export function lossLines(
  { preset, info, evaluations, purpose }: RunState,
  { windows, size }: LossWindows,
): readonly LossLine[] {
  const lines: LossLine[] = [];
  if (size > 1) {
    // Down and up again in every window: a band that holds every loss, however many there are.
    const points = windows.flatMap(w => [
      { x: w.firstStep, y: w.max },
      { x: w.firstStep + size / 2, y: w.min },
    ]);
    lines.push({
      id: 'minibatch',
      label: preset?.hyperparameters.batchSize === 0 ? 'Full batch' : 'Minibatch',
      points,
    });
  }
  const middle = (size - 1) / 2;
  const means = windows.map(w => ({ x: w.firstStep + middle, y: w.mean }));
  lines.push({ id: 'smoothed', label: size > 1 ? 'Smoothed' : 'Every step', points: means });
  // A model that is being broken, or that sees one batch only, has a dev loss of no interest.
  if (info && info.examples.dev !== null && purpose === 'train') {
    const dev = evaluations.flatMap(e => (typeof e.dev === 'number' ? [{ x: e.step, y: e.dev }] : []));
    lines.push({ id: 'dev', label: 'Dev', points: dev });
  }
  if (info) {
    const lnV = Math.log(info.vocabSize);
    const across = (y: number): Point[] => [0, Math.max(info.maxSteps, 1)].map(x => ({ x, y }));
    const label = `ln ${info.vocabSize} = ${lnV.toFixed(4)}, a model that knows nothing`;
    lines.push({ id: 'baseline', label, points: across(lnV) });
    if (info.floor !== undefined)
      lines.push({
        id: 'floor',
        label: `${info.floor.toFixed(4)}, the least that the batch allows`,
        points: across(info.floor),
      });
  }
  return lines;
}

/** The lines in the theme's colours, on axes that hold all of them. */
export function lossPicture(
  { losses }: RunState,
  lines: readonly LossLine[],
  logarithmic: boolean,
  theme: Theme,
): LineChartPicture {
  const values = lines
    .flatMap(({ id, points }) => points.filter(({ y }) => !(id === 'floor' && isOutOfReach(y, logarithmic))))
    .map(({ y }) => y)
    .filter(Number.isFinite);
  const largest = values.length > 0 ? Math.max(...values) : 4;
  const least = values.length > 0 ? Math.min(...values) : 1;
  return {
    lines: lines.map(({ id, label, points }) => ({ ...lineLook(id, theme), label, points })),
    x: { title: 'step', min: 0, max: axisEnd(losses.length), logarithmic: false, format: formatInteger },
    y: {
      title: 'nats per character',
      min: logarithmic ? Math.max(1e-4, least * 0.92) : Math.max(0, Math.floor(least * 2) / 2),
      max: logarithmic ? largest * 1.08 : Math.ceil(largest * 2) / 2,
      logarithmic,
      format: formatTick,
    },
    tellPlace: tellStep,
  };
}

/** A floor of nothing would take most of a logarithmic axis, which never gets there. */
const isOutOfReach = (floor: number, logarithmic: boolean): boolean => logarithmic && floor < 1e-3;

const tellStep = (step: number): string => `step ${formatInteger(step)}`;

/** An axis that grew with every frame would never be still. */
export function axisEnd(steps: number): number {
  for (let power = 10; ; power *= 10)
    for (const digit of [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8]) if (steps <= digit * power) return digit * power;
}

/** The curve in a sentence. */
export function lossSummary({ losses }: RunState, { windows }: LossWindows): string {
  const first = losses.length > 0 ? losses.values[0] : undefined;
  const last = windows.at(-1)?.mean;
  if (first === undefined || last === undefined) return 'Loss: no step has been made yet.';
  const how = last < first ? 'fell' : 'rose';
  return `Loss ${how} from ${first.toFixed(2)} to ${last.toFixed(2)} over ${formatInteger(losses.length)} steps`;
}
