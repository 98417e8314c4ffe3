import '../parts/chart.css';
import '../parts/swatch.css';
import './compare.css';
import { bestOnDev, comparabilityProblem, lastLoss, type ComparedRun } from '../../../src/shared/comparison';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, setText, textButton } from '../../draw/element';
import { countOf, formatFixed } from '../../draw/format';
import { toCss } from '../../draw/color';
import { LineChart } from '../../draw/line-chart';
import { seriesLook } from '../../draw/series-look';
import { comparisonColumns, comparisonPicture, comparisonRows, comparisonSummary } from './picture';
import type { Panel, PanelContext, PanelView } from '../panel';

export const compare: Panel = {
  id: 'compare',
  title: 'Compare',
  place: 'first',
  needsNoRun: true,
  isOffered: ({ compared }) => compared.length > 0,
  fact: ({ compared }) => {
    const best = bestOnDev(compared);
    return best ? `best dev ${formatFixed(lastLoss(best, 'dev'), 4)}` : countOf(compared.length, 'run');
  },
  lookFor: () =>
    'Minibatch losses, smoothed. Judge by dev, not by the curve: a model that only remembers has the lowest curve and a dev loss that rises.',
  mount: (root, context) => new CompareView(root, context),
};

class CompareView implements PanelView {
  private readonly canvas = element('canvas', { role: 'img', 'aria-label': 'Losses of several runs' });
  private readonly chart = new LineChart(this.canvas);
  private readonly problem = element('p', { class: 'look-for' });
  private readonly table = element('table');
  private readonly changed = new Changes();

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    const scroller = { class: 'table-scroller', tabindex: 0, role: 'region', 'aria-label': 'The runs side by side' };
    const close = textButton('Close the comparison', () => context.post({ type: 'endComparison' }), 'secondary');
    root.append(
      this.problem,
      element('div', { class: 'chart' }, this.canvas),
      element('div', scroller, this.table),
      element('div', { class: 'actions' }, close),
    );
  }

  render({ compared }: RunState): void {
    const { theme } = this.context;
    if (!this.changed.of(compared, theme)) return;
    setText(this.problem, comparabilityProblem(compared) ?? '');
    this.chart.draw(comparisonPicture(compared, theme), theme);
    this.canvas.setAttribute('aria-label', comparisonSummary(compared));
    this.fill(compared);
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.chart.dispose();
  }

  private fill(runs: readonly ComparedRun[]): void {
    const columns = ['run', ...comparisonColumns(runs)].map(name => element('th', { scope: 'col' }, name));
    const rows = comparisonRows(runs).map(({ run, isBest, cells }, i) => {
      const { color, stroke } = seriesLook(i, this.context.theme);
      const swatch = element('span', { class: 'swatch', 'aria-hidden': 'true' });
      swatch.style.borderTop = `2px ${stroke} ${toCss(color)}`;
      const title = element('span', {}, run.title, ...(isBest ? [element('span', { class: 'best' }, 'best dev')] : []));
      return element(
        'tr',
        { class: isBest ? 'best-run' : '' },
        element('th', { scope: 'row' }, element('span', { class: 'key' }, swatch, title)),
        ...cells.map(text => element('td', {}, text)),
      );
    });
    this.table.replaceChildren(element('thead', {}, element('tr', {}, ...columns)), element('tbody', {}, ...rows));
  }
}
