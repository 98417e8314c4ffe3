import '../parts/chart.css';
import '../parts/legend.css';
import './smoothing-curve.css';
import { isCounting } from '../../../src/shared/presets';
import type { SmoothingCurve } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';
import { formatFixed, formatSetting } from '../../draw/format';
import { LineChart } from '../../draw/line-chart';
import { DataTable } from '../parts/data-table';
import { showKey } from '../parts/key';
import type { Panel, PanelContext, PanelView } from '../panel';
import { bestSmoothing, formatCount, smoothingColumns, smoothingKey, smoothingPicture, smoothingRows } from './picture';

export const smoothingCurve: Panel = {
  id: 'smoothing',
  title: 'Smoothing',
  place: 'first',
  isOffered: ({ preset }) => preset !== undefined && isCounting(preset),
  fact: ({ smoothingCurve }) => {
    const best = smoothingCurve && bestSmoothing(smoothingCurve);
    return best ? `dev ${formatFixed(best.dev, 4)} at ${formatCount(best.smoothing)}` : '';
  },
  lookFor: () =>
    'Counted on 80 % of the names: the more smoothing, the worse for these (train); for names that were not counted (dev) there is a best one.',
  mount: (root, context) => new SmoothingCurveView(root, context),
};

class SmoothingCurveView implements PanelView {
  private readonly canvas = element('canvas', { role: 'img', 'aria-label': 'Loss by smoothing' });
  private readonly chart = new LineChart(this.canvas);
  private readonly key = element('div', { class: 'legend' });
  private readonly table: DataTable;
  private readonly waiting = element('p', { class: 'quiet' }, 'The names are being counted…');
  private readonly content: HTMLElement;
  private readonly changedPicture = new Changes();
  private readonly changedTable = new Changes();

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.table = new DataTable('Losses by smoothing as a table', context.redraw);
    this.content = element(
      'div',
      {},
      element('div', { class: 'toolbar chart-head' }, this.key),
      element('div', { class: 'chart short' }, this.canvas),
      this.table.root,
    );
    root.append(this.waiting, this.content);
  }

  render({ smoothingCurve: curve, smoothing, preset, status }: RunState): void {
    this.content.hidden = !curve;
    this.waiting.hidden = curve !== undefined || status === 'failed';
    if (curve) this.draw(curve, smoothing ?? preset?.hyperparameters.smoothing ?? 0);
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.chart.dispose();
  }

  private draw(curve: SmoothingCurve, present: number): void {
    const { theme } = this.context;
    const best = bestSmoothing(curve);
    if (this.changedPicture.of(curve, present, theme)) {
      this.chart.draw(smoothingPicture(curve, present, theme), theme);
      showKey(this.key, smoothingKey(curve, present));
      const least = best ? `; dev is least, ${formatFixed(best.dev, 4)}, at ${formatCount(best.smoothing)}` : '';
      this.canvas.setAttribute('aria-label', `Loss by smoothing, which is ${formatSetting(present)} now${least}`);
    }
    if (this.table.isOpen && this.changedTable.of(curve))
      this.table.fill('Loss by smoothing, in nats per character', smoothingColumns, smoothingRows(curve));
  }
}
