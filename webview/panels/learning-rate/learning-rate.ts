import '../parts/chart.css';
import '../parts/legend.css';
import './learning-rate.css';
import { rangeTestSteps, rateRangeOf } from '../../../src/shared/learning-rate';
import { isTraining, type RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, segmentedControl, setText } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { LineChart } from '../../draw/line/line-chart';
import { DataTable } from '../parts/data-table';
import { showKey } from '../parts/key';
import type { TableContent } from '../parts/table-content';
import type { Panel, PanelContext, PanelView } from '../panel';
import { RateForm } from './form';
import { findingsOf, type Findings } from './findings';
import { rangeTestColumns, rangeTestRows, smoothLosses, type Suggestion } from './range-test';
import { rangeTestKey, rangeTestPicture, type RangeTestData, type TestedLosses } from './picture';

type Scale = 'linear' | 'log';

export const learningRate: Panel = {
  id: 'learning-rate',
  title: 'Learning rate',
  place: 'first',
  isOffered: ({ purpose }) => purpose === 'rangeTest',
  fact: ({ step }) => `step ${formatInteger(step)} of ${formatInteger(rangeTestSteps)}`,
  lookFor: () => ({
    short: 'Choose a rate where the loss still falls steeply, before it becomes unstable.',
    more: 'That is left of the lowest point. Short of it, the loss falls because little has been learned yet; beyond it, each step goes too far.',
  }),
  mount: (root, context) => new LearningRateView(root, context),
};

class LearningRateView implements PanelView {
  private readonly chart: LineChart<RangeTestData>;
  private readonly key = element('div', { class: 'legend' });
  private readonly scale = segmentedControl<Scale>('Scale of the loss', { linear: 'Linear', log: 'Log' }, value =>
    this.context.settings.set('scale', value),
  );
  private readonly found = element('p', { role: 'status' });
  private readonly form: RateForm;
  private readonly table: DataTable<TestedLosses>;

  private readonly changedLosses = new Changes();
  private readonly changedKey = new Changes();
  private tested: TestedLosses = {
    losses: { values: new Float32Array(), length: 0 },
    smoothed: new Float64Array(),
    rates: rateRangeOf({}),
  };
  private suggestion: Suggestion | undefined;

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.form = new RateForm(context);
    this.chart = new LineChart('Loss by learning rate', context, rangeTestPicture);
    this.table = new DataTable('Losses by learning rate as a table', context.redraw, tableOf);
    root.append(
      element('div', { class: 'toolbar chart-head' }, this.key, this.scale.root),
      element('div', { class: 'chart' }, this.chart.canvas),
      this.found,
      this.form.root,
      this.table.root,
    );
  }

  render(state: RunState): void {
    const { losses, info, preset } = state;
    const running = isTraining(state);
    if (this.changedLosses.of(losses.length, info, running)) {
      this.tested = { losses, smoothed: smoothLosses(losses), rates: rateRangeOf(preset?.hyperparameters ?? {}) };
      const findings: Findings =
        running || !preset || !info
          ? { sentence: 'The suggestion comes at the end.' }
          : findingsOf(losses, this.tested.smoothed, preset, info);
      this.suggestion = findings.suggestion;
      setText(this.found, findings.sentence);
      this.form.show(this.suggestion?.suggested.learningRate);
    }
    this.draw();
  }

  focus(): boolean {
    return this.form.focus();
  }

  dispose(): void {
    this.chart.dispose();
  }

  private draw(): void {
    const { tested, suggestion } = this;
    const { settings } = this.context;
    const scale: Scale = settings.get<string>('scale', 'log') === 'linear' ? 'linear' : 'log';
    this.scale.show(scale, ['linear', 'log']);
    this.chart.draw({ ...tested, suggestion, logarithmic: scale === 'log' });
    if (this.changedKey.of(suggestion)) showKey(this.key, rangeTestKey(suggestion));
    this.table.draw(tested);
  }
}

function tableOf({ losses, smoothed, rates }: TestedLosses): TableContent {
  return { caption: 'Loss by learning rate', columns: rangeTestColumns, rows: rangeTestRows(losses, smoothed, rates) };
}
