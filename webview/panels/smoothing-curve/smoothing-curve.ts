import '../parts/chart.css';
import '../parts/legend.css';
import './smoothing-curve.css';
import { isCounting } from '../../../src/shared/presets';
import type { SmoothingCurve } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';
import { formatFixed } from '../../draw/format';
import { LineChart } from '../../draw/line/line-chart';
import { DataTable } from '../parts/data-table';
import { showKey } from '../parts/key';
import type { Panel, PanelContext, PanelView } from '../panel';
import {
  bestSmoothing,
  formatCount,
  lookFor,
  smoothingColumns,
  smoothingKey,
  smoothingPicture,
  smoothingRows,
} from './picture';

export const smoothingCurve: Panel = {
  id: 'smoothing',
  title: 'Smoothing',
  place: 'first',
  isOffered: ({ preset }) => preset !== undefined && isCounting(preset),
  hasLeft: ({ smoothingCurve }) => smoothingCurve !== undefined,
  fact: ({ smoothingCurve }) => {
    const best = smoothingCurve && bestSmoothing(smoothingCurve);
    return best ? `dev ${formatFixed(best.dev, 4)} at ${formatCount(best.smoothing)}` : '';
  },
  lookFor: ({ smoothingCurve }) => (smoothingCurve ? lookFor(smoothingCurve) : { short: '' }),
  mount: (root, context) => new SmoothingCurveView(root, context),
};

interface SmoothingData {
  readonly curve: SmoothingCurve;
  /** The smoothing that the model has now. */
  readonly present: number;
}

class SmoothingCurveView implements PanelView {
  private readonly chart: LineChart<SmoothingData>;
  private readonly key = element('div', { class: 'legend' });
  private readonly table: DataTable<Pick<SmoothingData, 'curve'>>;
  private readonly waiting = element('p', { class: 'quiet' }, 'The names are being counted…');
  private readonly content: HTMLElement;
  private readonly changedKey = new Changes();

  constructor(root: HTMLElement, context: PanelContext) {
    this.chart = new LineChart('Loss by smoothing', context, ({ curve, present }: SmoothingData, theme) =>
      smoothingPicture(curve, present, theme),
    );
    this.table = new DataTable('Losses by smoothing as a table', context.redraw, ({ curve }) => ({
      caption: 'Loss by smoothing, in nats per character',
      columns: smoothingColumns,
      rows: smoothingRows(curve),
    }));
    this.content = element(
      'div',
      {},
      element('div', { class: 'toolbar chart-head' }, this.key),
      element('div', { class: 'chart short' }, this.chart.canvas),
      this.table.root,
    );
    root.append(this.waiting, this.content);
  }

  render({ smoothingCurve: curve, smoothing, preset, status }: RunState): void {
    this.content.hidden = !curve;
    this.waiting.hidden = curve !== undefined || status === 'failed';
    if (curve) this.draw({ curve, present: smoothing ?? preset?.hyperparameters.smoothing ?? 0 });
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.chart.dispose();
  }

  private draw(data: SmoothingData): void {
    const { curve, present } = data;
    if (this.changedKey.of(curve, present)) showKey(this.key, smoothingKey(curve, present));
    this.chart.draw(data);
    this.table.draw({ curve });
  }
}
