import '../parts/chart.css';
import '../parts/legend.css';
import './learning-rate.css';
import { rangeTestSteps } from '../../../src/shared/learning-rate';
import { isCounting } from '../../../src/shared/presets';
import { isTraining, type RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, segmentedControl, setText, textButton } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { LineChart } from '../../draw/line-chart';
import { DataTable } from '../parts/data-table';
import { showKey } from '../parts/key';
import type { Panel, PanelContext, PanelView } from '../panel';
import { RateForm } from './form';
import {
  rangeTestColumns,
  rangeTestRows,
  reach,
  smoothLosses,
  suggestLearningRate,
  type Suggestion,
} from './range-test';
import { formatRate, rangeTestKey, rangeTestPicture } from './picture';

type Scale = 'linear' | 'log';

export const learningRate: Panel = {
  id: 'learning-rate',
  title: 'Learning rate',
  place: 'first',
  isOffered: ({ preset }) => preset === undefined || !isCounting(preset),
  fact: state =>
    state.purpose === 'rangeTest' ? `step ${formatInteger(state.step)} of ${formatInteger(rangeTestSteps)}` : '',
  lookFor: ({ purpose }) =>
    purpose === 'rangeTest'
      ? 'Choose a rate where the loss still falls steeply, before it becomes unstable: usually a little left of the lowest point.'
      : `How large may a step be? A run of ${formatInteger(rangeTestSteps)} steps raises the learning rate from 0.001 to 1 and draws the loss against it.`,
  mount: (root, context) => new LearningRateView(root, context),
};

class LearningRateView implements PanelView {
  private readonly canvas = element('canvas', { role: 'img', 'aria-label': 'Loss by learning rate' });
  private readonly chart = new LineChart(this.canvas);
  private readonly key = element('div', { class: 'legend' });
  private readonly scale = segmentedControl<Scale>('Scale of the loss', { linear: 'Linear', log: 'Log' }, value =>
    this.context.settings.set('scale', value),
  );
  private readonly found = element('p', { role: 'status' });
  private readonly form: RateForm;
  private readonly table: DataTable;
  private readonly content: HTMLElement;
  private readonly find: HTMLButtonElement;

  private readonly changedLosses = new Changes();
  private readonly changedPicture = new Changes();
  private readonly changedTable = new Changes();
  private smoothed: Float64Array = new Float64Array(0);
  private suggestion: Suggestion | undefined;

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.form = new RateForm(context);
    this.table = new DataTable('Losses by learning rate as a table', context.redraw);
    this.find = textButton('Find the learning rate', () => context.post({ type: 'findLearningRate' }), 'secondary');
    this.content = element(
      'div',
      {},
      element('div', { class: 'toolbar chart-head' }, this.key, this.scale.root),
      element('div', { class: 'chart' }, this.canvas),
      this.found,
      this.form.root,
      this.table.root,
    );
    root.append(this.find, this.content);
  }

  render(state: RunState): void {
    const isTest = state.purpose === 'rangeTest';
    this.content.hidden = !isTest;
    this.find.hidden = isTest;
    this.find.disabled = !state.preset;
    if (!isTest) return;
    const { losses, info } = state;
    const running = isTraining(state);
    if (this.changedLosses.of(losses.length, info, running)) {
      this.smoothed = smoothLosses(losses);
      this.suggestion = running ? undefined : suggestLearningRate(this.smoothed);
      setText(this.found, running ? 'The suggestion comes at the end.' : sentenceOf(this.suggestion));
      this.form.show(this.suggestion?.learningRate);
    }
    this.draw(state);
  }

  focus(): boolean {
    return this.form.focus();
  }

  dispose(): void {
    this.chart.dispose();
  }

  private draw({ losses }: RunState): void {
    const { smoothed, suggestion } = this;
    const { theme, settings } = this.context;
    const scale: Scale = settings.get<string>('scale', 'log') === 'linear' ? 'linear' : 'log';
    this.scale.show(scale, ['linear', 'log']);
    if (this.changedPicture.of(smoothed, suggestion, theme, scale)) {
      this.chart.draw(rangeTestPicture(losses, smoothed, suggestion, { logarithmic: scale === 'log', theme }), theme);
      showKey(this.key, rangeTestKey(suggestion));
      const lowest = suggestion ? `, lowest at ${formatRate(suggestion)}` : '';
      this.canvas.setAttribute('aria-label', `Loss of ${formatInteger(losses.length)} steps by learning rate${lowest}`);
    }
    if (this.table.isOpen && this.changedTable.of(smoothed))
      this.table.fill('Loss by learning rate', rangeTestColumns, rangeTestRows(losses, smoothed));
  }
}

function sentenceOf(suggestion: Suggestion | undefined): string {
  if (!suggestion) return 'There is no loss to choose by.';
  const lowest = `The smoothed loss, a mean of ${2 * reach + 1} steps, is lowest at ${formatRate(suggestion)}: this is the suggestion.`;
  return suggestion.rises ? lowest : `${lowest} It was still falling at the end, so a larger rate may be better.`;
}
