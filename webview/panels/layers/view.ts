import type { LayerLook } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, segmentedControl } from '../../draw/element';
import { Figure } from '../../draw/figure';
import { ReadablePlot } from '../../draw/plot/readable-plot';
import type { Theme } from '../../draw/theme';
import { Alerts } from '../parts/alerts';
import { DataTable } from '../parts/data-table';
import type { PanelContext, PanelView } from '../panel';
import { historyOf, layerRows } from './picture';
import { layersAt, type LayerQuantity, type Stage } from './quantity';
import { layersPicture, layersTable, type LayersData, type When } from './readable';
import { LayerTable } from './table';

/** Densities of every layer now, or of one of them over the steps, with the numbers of each. */
export class LayerDensities implements PanelView {
  private readonly alerts = new Alerts();
  private readonly when = segmentedControl<When>('When', { now: 'Now', steps: 'Over steps' }, when =>
    this.context.settings.set('when', when),
  );
  private readonly stage = segmentedControl<Stage>(
    'Where',
    { output: 'Activations', preactivation: 'Pre-activations' },
    stage => this.context.settings.set('stage', stage),
  );
  private readonly plot: ReadablePlot<LayersData>;
  private readonly layers: LayerTable;
  private readonly legend: Figure<LayersData>;
  private readonly table: DataTable<LayersData>;
  private readonly waiting = element('p', { class: 'quiet' }, 'Waiting for the first data…');
  private readonly content: HTMLElement;
  private readonly changedData = new Changes();
  private data: LayersData | undefined;

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
    private readonly quantity: LayerQuantity,
  ) {
    const { name } = quantity;
    const title = `Density of each ${name}`;
    this.plot = new ReadablePlot(name, title, context, (data: LayersData, theme, cursor) =>
      layersPicture(data, quantity, theme, cursor),
    );
    this.layers = new LayerTable(name, layer => context.settings.set('layer', layer));
    this.legend = new Figure(context, ({ theme }, data) => this.showLegend(data, theme));
    this.table = new DataTable(`${title} as a table`, context.redraw, data => layersTable(data, quantity));
    this.content = element(
      'div',
      {},
      this.alerts.root,
      element('div', { class: 'toolbar' }, this.when.root, this.stage.root),
      this.plot.root,
      this.layers.root,
      this.table.root,
    );
    root.append(this.waiting, this.content);
  }

  render(state: RunState): void {
    const all = state.inspection?.layers;
    this.content.hidden = !all;
    this.waiting.hidden = all !== undefined || state.status === 'failed';
    if (!all) return;
    this.alerts.show(this.context.alerts());
    const stages = (['output', 'preactivation'] as const).filter(stage => layersAt(stage, all).length > 0);
    const wanted = this.context.settings.get<string>('stage', 'output');
    const stage = stages.find(stage => stage === wanted) ?? stages.at(0);
    if (!stage) return;
    this.stage.show(stage, stages);
    this.stage.root.hidden = stages.length < 2;
    this.draw(state, all, stage);
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.plot.dispose();
  }

  private draw(state: RunState, all: readonly LayerLook[], stage: Stage): void {
    const { settings } = this.context;
    const when: When = settings.get<string>('when', 'now') === 'steps' ? 'steps' : 'now';
    const layer = settings.get('layer', 0);
    if (this.changedData.of(state.layerHistory, all, when, stage, layer)) {
      this.when.show(when, ['now', 'steps']);
      const layers = layersAt(stage, all);
      const chosen = Math.min(layer, layers.length - 1);
      const history = when === 'now' ? [] : historyOf(state, layers.at(chosen)?.name ?? '');
      this.data = { when, stage, layers, chosen, history };
    }
    if (!this.data) return;
    this.legend.draw(this.data);
    this.plot.draw(this.data);
    this.table.draw(this.data);
  }

  private showLegend({ when, layers, chosen }: LayersData, theme: Theme): void {
    const rows = layerRows(layers, this.quantity);
    this.layers.show(this.quantity.columns(layers), rows, when === 'steps' ? chosen : undefined, theme);
  }
}
