import './loss.css';
import { heldOutLosses, heldOutOf, type HeldOut } from '../../../src/shared/held-out';
import { isCounting, type Preset } from '../../../src/shared/presets';
import type { Evaluation } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { formatFixed, formatInteger } from '../../draw/format';
import { LossWindows } from '../../draw/line/loss-windows';
import { CalibrationTable } from './calibration-table';
import { DataTable } from '../parts/data-table';
import { LossChart } from './chart';
import { comparability, lossFact, lossLookFor, meaning } from './sentences';
import { TestLoss } from './test-loss';
import type { Panel, PanelContext, PanelView } from '../panel';

export const loss: Panel = {
  id: 'loss',
  title: 'Loss',
  place: 'front',
  // A range test draws its losses against the rate.
  isOffered: ({ preset, purpose }) => purpose !== 'rangeTest' && (preset === undefined || !isCounting(preset)),
  fact: lossFact,
  mount: (root, context) => new LossView(root, context),
};

/** What changes with the table. Windows grow in place, but their number or size changes. */
interface LossTableData extends Pick<RunState, 'evaluations' | 'preset'> {
  readonly run: RunState['info'];
  readonly windows: number;
  readonly size: number;
}

class LossView implements PanelView {
  private readonly chart: LossChart;
  private readonly calibration = new CalibrationTable();
  private readonly test: TestLoss;
  private readonly lookFor = element('p', { class: 'quiet look-for' });
  private readonly comparability = element('p', { class: 'quiet look-for' });
  private readonly meaning = element('p', { class: 'quiet look-for' });
  private readonly table: DataTable<LossTableData>;

  private readonly windows = new LossWindows();
  private readonly changedRun = new Changes();

  constructor(root: HTMLElement, context: PanelContext) {
    const { comparability, lookFor, meaning, calibration } = this;
    this.test = new TestLoss(context);
    this.table = new DataTable('Losses as a table', context.redraw, ({ evaluations, preset }) => ({
      caption: 'Loss in nats per character',
      columns: lossColumns(preset && heldOutOf(preset)),
      rows: preset ? lossRows(this.windows, evaluations, preset) : [],
    }));
    this.chart = new LossChart(
      context,
      lookFor,
      comparability,
      meaning,
      calibration.root,
      this.test.root,
      this.table.root,
    );
    root.append(this.chart.root);
  }

  render(state: RunState): void {
    const { windows } = this;
    const { losses, preset, info, evaluations, purpose } = state;
    if (this.changedRun.of(preset)) windows.reset();
    windows.update(losses.values, losses.length);
    setText(this.lookFor, lossLookFor(state));
    setText(this.comparability, comparability(state));
    setText(this.meaning, meaning(state));
    this.chart.render(state, windows);
    this.calibration.render(purpose === 'train' ? evaluations : []);
    this.test.render(state);
    this.table.draw({
      windows: windows.windows.length,
      size: windows.size,
      run: info,
      evaluations,
      ...(preset && { preset }),
    });
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.chart.dispose();
  }
}

const lossColumns = (split: HeldOut | undefined): readonly string[] => [
  'steps',
  'mean',
  'least',
  'largest',
  split ?? 'dev',
];

/** The windows as rows, each with the last evaluation within it. */
function lossRows({ windows, size }: LossWindows, evaluations: readonly Evaluation[], preset: Preset): string[][] {
  const heldOut = heldOutLosses(evaluations, preset);
  return windows.map(({ firstStep, mean, min, max }) => {
    const end = firstStep + size;
    const dev = heldOut.findLast(({ step }) => step > firstStep && step <= end)?.loss;
    const steps = size === 1 ? formatInteger(end) : `${formatInteger(firstStep + 1)} to ${formatInteger(end)}`;
    return [steps, ...[mean, min, max, dev].map(value => formatFixed(value, 4))];
  });
}
