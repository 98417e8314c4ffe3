import {
  bestRun,
  differingHyperparameters,
  lastHeldOutLoss,
  lastLoss,
  type ComparedRun,
} from '../../../src/shared/comparison';
import { hyperparameters } from '../../../src/shared/hyperparameters';
import { formatFixed, formatInteger, formatSetting, formatTick } from '../../draw/format';
import type { Line, LineChartPicture } from '../../draw/line/line-picture';
import { LossWindows } from '../../draw/line/loss-windows';
import { seriesLook } from '../../draw/line/series-look';
import type { Theme } from '../../draw/theme';
import { axisEnd } from '../parts/loss-picture';

/** The smoothed minibatch losses of each run, as a line each. */
export function comparisonPicture(runs: readonly ComparedRun[], theme: Theme): LineChartPicture {
  const lines = runs.map((run, i): Line => {
    const smoothed = new LossWindows();
    smoothed.update(run.losses, run.losses.length);
    const middle = (smoothed.size - 1) / 2;
    const points = smoothed.windows
      .map(({ firstStep, mean }) => ({ x: firstStep + middle, y: mean }))
      .filter(({ y }) => Number.isFinite(y));
    const width = theme.highContrast ? 2.5 : 1.75;
    return { ...seriesLook(i, theme), label: run.title, points, opacity: 1, width, dots: false, inTooltip: true };
  });
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y)).filter(y => y > 0);
  const [least, largest] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [1, 4];
  return {
    says: comparisonSummary(runs),
    lines,
    x: {
      title: 'step',
      min: 0,
      max: axisEnd(Math.max(...runs.map(({ losses }) => losses.length))),
      logarithmic: false,
      format: formatInteger,
    },
    y: {
      title: 'nats per character',
      min: least * 0.97,
      max: largest * 1.03,
      logarithmic: true,
      format: formatTick,
    },
    tooltipTitle: step => `step ${formatInteger(step)}`,
  };
}

/** A row of texts. */
export interface ComparisonRow {
  readonly run: ComparedRun;
  readonly isBest: boolean;
  readonly cells: readonly string[];
}

/** What a run has in a column. */
interface Column {
  readonly name: string;
  readonly of: (run: ComparedRun) => string;
}

/** How well each run did, then what differs between them: a column that says the same of all is left out. */
function columnsOf(runs: readonly ComparedRun[]): readonly Column[] {
  const losses = (['dev', 'train', 'test'] as const)
    .map((split): Column => ({ name: split, of: run => formatFixed(lastLoss(run, split), 4) }))
    .filter(({ of }) => runs.some(run => of(run) !== '–'));
  const facts: readonly Column[] = [
    { name: 'file', of: ({ file }) => file },
    { name: 'preset', of: ({ preset }) => preset.id },
    ...differingHyperparameters(runs).map((name): Column => ({
      name: hyperparameters[name].label,
      of: ({ preset }) => {
        const value = preset.hyperparameters[name];
        return value === undefined ? '–' : formatSetting(value);
      },
    })),
    // Where every run has made its steps, they stand there already.
    ...(runs.every(hasEnded) ? [] : [{ name: 'step', of: ({ step }: ComparedRun) => formatInteger(step) }]),
  ];
  return [...losses, ...facts.filter(({ of }) => new Set(runs.map(of)).size > 1)];
}

function hasEnded({ step, preset }: ComparedRun): boolean {
  return step === preset.hyperparameters.maxSteps;
}

/** The headings of the cells. */
export function comparisonColumns(runs: readonly ComparedRun[]): string[] {
  return columnsOf(runs).map(({ name }) => name);
}

export function comparisonRows(runs: readonly ComparedRun[]): ComparisonRow[] {
  const best = bestRun(runs);
  const columns = columnsOf(runs);
  return runs.map(run => ({
    run,
    isBest: run === best && runs.length > 1,
    cells: columns.map(({ of }) => of(run)),
  }));
}

/** The picture in a sentence. */
export function comparisonSummary(runs: readonly ComparedRun[]): string {
  const best = bestRun(runs);
  const of = `Losses of ${runs.length} runs`;
  return best ? `${of}; the least held-out loss is ${formatFixed(lastHeldOutLoss(best), 4)}, of ${best.title}` : of;
}
