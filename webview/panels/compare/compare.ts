import '../parts/chart.css';
import '../parts/swatch.css';
import './compare.css';
import { bestRun, comparability, lastHeldOutLoss, type ComparedRun } from '../../../src/shared/comparison';
import type { RunState } from '../../../src/shared/run-state';
import { element, setText, textButton } from '../../draw/element';
import { countOf, formatFixed } from '../../draw/format';
import { toCss } from '../../draw/color';
import { Figure } from '../../draw/figure';
import { LineChart } from '../../draw/line/line-chart';
import { seriesLook } from '../../draw/line/series-look';
import type { Theme } from '../../draw/theme';
import { comparisonColumns, comparisonPicture, comparisonRows } from './picture';
import type { Panel, PanelContext, PanelView } from '../panel';

export const compare: Panel = {
  id: 'compare',
  title: 'Compare',
  place: 'first',
  needsNoRun: true,
  isOffered: ({ compared }) => compared.length > 0,
  fact: ({ compared }) => {
    const best = bestRun(compared);
    return best ? `best ${formatFixed(lastHeldOutLoss(best), 4)}` : countOf(compared.length, 'run');
  },
  lookFor: () => ({
    short: 'Judge by dev, not by the curve.',
    more: 'The curves are minibatch losses, smoothed: a model that only remembers has the lowest curve and a dev loss that rises. The presets of makemore.py have no dev names and are judged by their test names. Choosing among many runs uses the held-out names up: the best of them looks better than it is.',
  }),
  mount: (root, context) => new CompareView(root, context),
};

type Compared = Pick<RunState, 'compared'>;

class CompareView implements PanelView {
  private readonly chart: LineChart<Compared>;
  private readonly problem = element('p', { class: 'look-for' });
  private readonly table = element('table');
  private readonly figure: Figure<Compared>;

  constructor(root: HTMLElement, context: PanelContext) {
    this.chart = new LineChart('Losses of several runs', context, ({ compared }: Compared, theme) =>
      comparisonPicture(compared, theme),
    );
    this.figure = new Figure(context, ({ theme }, { compared }) => this.fill(compared, theme));
    const scroller = { class: 'table-scroller', tabindex: 0, role: 'region', 'aria-label': 'The runs side by side' };
    const close = textButton('Close Comparison', () => context.post({ type: 'endComparison' }), 'secondary');
    root.append(
      this.problem,
      element('div', { class: 'chart' }, this.chart.canvas),
      element('div', scroller, this.table),
      element('div', { class: 'actions' }, close),
    );
  }

  render({ compared }: RunState): void {
    this.chart.draw({ compared });
    this.figure.draw({ compared });
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.chart.dispose();
  }

  private fill(runs: readonly ComparedRun[], theme: Theme): void {
    setText(this.problem, comparability(runs));
    const columns = ['run', ...comparisonColumns(runs)].map(name => element('th', { scope: 'col' }, name));
    const rows = comparisonRows(runs).map(({ run, isBest, cells }, i) => {
      const { color, stroke } = seriesLook(i, theme);
      const swatch = element('span', { class: 'swatch', 'aria-hidden': 'true' });
      swatch.style.borderTop = `2px ${stroke} ${toCss(color)}`;
      const star = element(
        'span',
        { class: 'best', role: 'img', 'aria-label': 'Best held-out loss', title: 'Best held-out loss' },
        '★',
      );
      const title = element('span', {}, run.title, ...(isBest ? [star] : []));
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
