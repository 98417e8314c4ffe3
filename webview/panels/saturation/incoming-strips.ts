import { at } from '../../../src/shared/at';
import { cellSize } from '../../draw/matrix/cell-size';
import { paintCells } from '../../draw/matrix/cells';
import { Changes } from '../../draw/changes';
import { colorAround } from '../../draw/color-scale';
import { element } from '../../draw/element';
import { Figure, type Sheet } from '../../draw/figure';
import { formatFixed } from '../../draw/format';
import { linearTicks } from '../../draw/matrix/scale-ticks';
import { DataTable } from '../parts/data-table';
import type { WeightGroup } from './incoming-weights';
import type { PanelContext } from '../panel';
import { ScaleLegend } from '../parts/scale-legend';
import type { TableContent } from '../parts/table-content';

/** In CSS pixels. */
const widestCell = 14;

/** The weights into a neuron. */
interface IncomingData {
  readonly groups: readonly WeightGroup[];
  readonly neuron: number;
}

interface Strip {
  readonly room: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

/** The incoming weights of a neuron: a strip of colors for each group of them. */
export class IncomingStrips {
  private readonly grid = element('div', { class: 'weight-strips', role: 'img' });
  private readonly legend = new ScaleLegend();
  private readonly figure: Figure<IncomingData>;
  private readonly table: DataTable<IncomingData>;
  readonly root: HTMLElement;
  private readonly changedLabels = new Changes();
  private strips: readonly Strip[] = [];

  constructor(context: PanelContext) {
    this.figure = new Figure(context, (sheet, data) => this.paint(sheet, data), this.grid);
    this.table = new DataTable('Incoming weights as a table', context.redraw, tableOf, 'Show the weights as table');
    this.root = element('div', {}, this.grid, this.legend.root, this.table.root);
  }

  draw(data: IncomingData): void {
    this.figure.draw(data);
    this.table.draw(data);
  }

  dispose(): void {
    this.figure.dispose();
  }

  private paint({ theme }: Sheet, { groups, neuron }: IncomingData): void {
    if (this.changedLabels.of(...groups.map(({ label }) => label))) this.build(groups);
    const all = groups.flatMap(({ weights }) => [...weights]);
    const largest = all.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    const widest = Math.max(...groups.map(({ weights }) => weights.length));
    // How much room the labels leave is known once they are laid out.
    const cell = cellSize(widest, this.strips.at(0)?.room.clientWidth ?? 0, widestCell);
    for (const [i, { weights }] of groups.entries()) {
      const { canvas } = at(this.strips, i);
      paintCells(canvas, weights.length, 1, weights, weight =>
        colorAround(theme.diverging, largest > 0 ? weight / largest : 0),
      );
      canvas.style.width = `${weights.length * cell}px`;
    }
    this.legend.draw(linearTicks(-largest, largest), '', theme.diverging);
    const says = `${all.length} weights into neuron ${neuron}, the largest ${largest.toFixed(2)}`;
    this.grid.setAttribute('aria-label', says);
  }

  private build(groups: readonly WeightGroup[]): void {
    const labels = groups.map(({ label }) => element('span', { class: 'quiet' }, label));
    this.strips = groups.map(() => {
      const canvas = element('canvas');
      return { canvas, room: element('div', {}, canvas) };
    });
    this.grid.replaceChildren(...this.strips.flatMap(({ room }, i) => [at(labels, i), room]));
  }
}

function tableOf({ groups, neuron }: IncomingData): TableContent {
  const columns = groups.at(0)?.weights.keys() ?? [];
  return {
    caption: `Weights into neuron ${neuron}`,
    columns: ['', ...Array.from(columns, String)],
    rows: groups.map(({ label, weights }) => [
      label,
      ...Array.from(weights, weight => formatFixed(weight, 4).replace('-', '−')),
    ]),
  };
}
