import { cellSize } from '../../draw/cell-size';
import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';
import { formatFixed } from '../../draw/format';
import { linearTicks } from '../../draw/scale-ticks';
import { drawStrip } from '../../draw/weight-strip';
import { DataTable } from '../parts/data-table';
import type { WeightGroup } from './incoming-weights';
import type { PanelContext } from '../panel';
import { ScaleLegend } from '../parts/scale-legend';

/** In CSS pixels. */
const widestCell = 14;

/** A neuron's incoming weights: a strip of colors for each group of them. */
export class IncomingStrips {
  private readonly strips = element('div', { class: 'weight-strips', role: 'img' });
  private readonly legend = new ScaleLegend();
  private readonly table: DataTable;
  readonly root: HTMLElement;
  private width = 0;
  private readonly resized: ResizeObserver;
  private readonly changedLabels = new Changes();
  private readonly changedPicture = new Changes();
  private readonly changedTable = new Changes();
  private canvases: readonly HTMLCanvasElement[] = [];

  constructor(private readonly context: PanelContext) {
    this.table = new DataTable('Incoming weights as a table', context.redraw, 'Show the weights as table');
    this.root = element('div', {}, this.strips, this.legend.root, this.table.root);
    this.resized = new ResizeObserver(() => {
      if (this.strips.clientWidth === this.width) return;
      this.width = this.strips.clientWidth;
      context.redraw();
    });
    this.resized.observe(this.strips);
  }

  /** @param groups a new array where the weights are others */
  render(groups: readonly WeightGroup[], neuron: number): void {
    const { theme } = this.context;
    if (this.changedLabels.of(...groups.map(({ label }) => label))) this.layOut(groups);
    if (this.changedPicture.of(groups, neuron, theme, this.width)) {
      const all = groups.flatMap(({ weights }) => [...weights]);
      const largest = all.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
      const widest = Math.max(...groups.map(({ weights }) => weights.length));
      const cell = cellSize(widest, this.canvases[0].parentElement!.clientWidth, widestCell); // layOut gave it one
      groups.forEach(({ weights }, i) => drawStrip(this.canvases[i], weights, largest, cell, theme.diverging));
      this.legend.draw(linearTicks(-largest, largest), '', theme.diverging);
      this.strips.setAttribute(
        'aria-label',
        `${all.length} weights into neuron ${neuron}, the largest ${largest.toFixed(2)}`,
      );
    }
    if (this.table.isOpen && this.changedTable.of(groups)) this.fillTable(groups, neuron);
  }

  dispose(): void {
    this.resized.disconnect();
  }

  private layOut(groups: readonly WeightGroup[]): void {
    this.canvases = groups.map(() => element('canvas'));
    this.strips.replaceChildren(
      ...groups.flatMap(({ label }, i) => [
        element('span', { class: 'quiet' }, label),
        element('div', {}, this.canvases[i]),
      ]),
    );
  }

  private fillTable(groups: readonly WeightGroup[], neuron: number): void {
    const columns = ['', ...Array.from(groups[0].weights.keys(), String)];
    const rows = groups.map(({ label, weights }) => [
      label,
      ...Array.from(weights, weight => formatFixed(weight, 4).replace('-', '−')),
    ]);
    this.table.fill(`Weights into neuron ${neuron}`, columns, rows);
  }
}
