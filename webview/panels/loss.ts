import { isCounting } from '../../src/shared/presets';
import type { RunState } from '../../src/shared/run-state';
import { Changes } from '../draw/changes';
import { element, segmentedControl, setText } from '../draw/element';
import { formatInteger } from '../draw/format';
import { LineChart } from '../draw/line-chart';
import { LossWindows } from '../draw/loss-windows';
import { CalibrationTable } from './calibration-table';
import { DataTable } from './data-table';
import { LossLegend } from './loss-legend';
import { axisEnd, lossPicture, lossLines, lossSummary, type LossLineId } from './loss-lines';
import { comparability, countingSentence, lossFact, lossLookFor } from './loss-sentences';
import { lossColumns, lossRows } from './loss-table';
import type { Panel, PanelContext, PanelView } from './panel';

type Scale = 'linear' | 'log';

export const loss: Panel = {
  id: 'loss',
  title: 'Loss',
  place: 'first',
  fact: lossFact,
  lookFor: lossLookFor,
  mount: (root, context) => new LossView(root, context),
};

class LossView implements PanelView {
  private readonly scale = segmentedControl<Scale>('Scale of the loss', { linear: 'Linear', log: 'Log' }, value =>
    this.context.settings.set('scale', value),
  );
  private readonly canvas = element('canvas', { role: 'img', 'aria-label': 'Loss' });
  private readonly chart = new LineChart(this.canvas);
  private readonly legend = new LossLegend((id, shown) => this.context.settings.set(`show-${id}`, shown));
  private readonly smoothedBy = element('p', { class: 'quiet' });
  private readonly calibration = new CalibrationTable();
  private readonly comparability = element('p', { class: 'quiet look-for' });
  private readonly table: DataTable;
  private readonly content: HTMLElement;
  private readonly empty = element('p', { class: 'quiet' });

  private readonly windows = new LossWindows();
  private readonly changedRun = new Changes();
  private readonly changedPicture = new Changes();
  private readonly changedTable = new Changes();

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.table = new DataTable('Losses as a table', context.redraw);
    this.content = element(
      'div',
      {},
      element('div', { class: 'toolbar chart-head' }, this.legend.root, this.scale.root),
      element('div', { class: 'chart' }, this.canvas),
      this.smoothedBy,
      this.calibration.root,
      this.table.root,
    );
    root.append(this.empty, this.comparability, this.content);
  }

  render(state: RunState): void {
    const counting = state.preset !== undefined && isCounting(state.preset);
    this.empty.hidden = !counting;
    const elsewhere = state.purpose === 'rangeTest'; // one picture of the same losses is enough
    this.content.hidden = counting || elsewhere;
    setText(this.comparability, comparability(state));
    if (counting) {
      setText(this.empty, countingSentence(state));
      return;
    }
    if (elsewhere) return;

    if (this.changedRun.of(state.preset)) this.windows.reset();
    this.windows.update(state.losses.values, state.losses.length);
    const { settings, theme } = this.context;
    const scale: Scale = settings.get<string>('scale', 'log') === 'linear' ? 'linear' : 'log';
    const shown = (id: LossLineId): boolean => settings.get(`show-${id}`, true);
    this.scale.show(scale, ['linear', 'log']);
    const lines = lossLines(state, this.windows);
    this.legend.show(lines, shown);
    const visible = lines.filter(line => shown(line.id));
    const { size } = this.windows;
    const { length } = this.windows.windows;
    const key = [length, size, state.preset, state.info, state.evaluations, axisEnd(state.losses.length)] as const;
    if (this.changedPicture.of(...key, theme, scale, ...visible.map(line => line.id))) {
      this.chart.draw(lossPicture(state, visible, scale === 'log', theme), theme);
      this.canvas.setAttribute('aria-label', lossSummary(state, this.windows));
      setText(
        this.smoothedBy,
        size === 1
          ? 'Every step is a point: nothing is smoothed.'
          : `Smoothed over ${formatInteger(size)} steps; the band is their least and largest.`,
      );
    }
    this.calibration.render(state.purpose === 'train' ? state.evaluations : []);
    if (this.table.isOpen && this.changedTable.of(length, size, state.preset, state.evaluations))
      this.table.fill('Loss in nats per character', lossColumns, lossRows(this.windows, state.evaluations));
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.chart.dispose();
  }
}
