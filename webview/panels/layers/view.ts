import type { LayerLook } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { drawCurves } from '../../draw/curve-plot';
import { element, segmentedControl } from '../../draw/element';
import { ReadablePlot } from '../../draw/readable-plot';
import { drawRidge } from '../../draw/ridge-plot';
import type { Alert } from '../parts/alert';
import { Alerts } from '../parts/alerts';
import { DataTable } from '../parts/data-table';
import { densityPicture, densityRidge, densityRows, readDensities, readRidge } from '../parts/densities';
import {
  axisOf,
  densitiesAt,
  densitiesOf,
  historyOf,
  historyRows,
  historySummary,
  layerRows,
  layersSummary,
  type LayerAt,
} from './picture';
import { layersAt, type LayerQuantity, type Stage } from './quantity';
import { LayerTable } from './table';
import type { PanelContext, PanelView } from '../panel';

type When = 'now' | 'steps';

const heights: Readonly<Record<When, number>> = { now: 220, steps: 340 };

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
  private readonly plot: ReadablePlot;
  private readonly layers: LayerTable;
  private readonly table: DataTable;
  private readonly waiting = element('p', { class: 'quiet' }, 'Waiting for the first look inside…');
  private readonly content: HTMLElement;
  private readonly changedAlerts = new Changes();
  private readonly changedPicture = new Changes();
  private readonly changedTexts = new Changes();

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
    private readonly quantity: LayerQuantity,
    private readonly alertsOf: (state: RunState) => Alert[],
  ) {
    const { name } = quantity;
    this.plot = new ReadablePlot(name, `Density of each ${name}`, context.redraw);
    this.layers = new LayerTable(name, layer => context.settings.set('layer', layer));
    this.table = new DataTable(`Density of each ${name} as a table`, context.redraw);
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
    if (this.changedAlerts.of(state.layerHistory)) this.alerts.show(this.alertsOf(state));
    const stages = (['output', 'preactivation'] as const).filter(stage => layersAt(stage, all).length > 0);
    const wanted = this.context.settings.get<string>('stage', 'output');
    const stage = stages.find(stage => stage === wanted) ?? stages[0];
    this.stage.show(stage, stages);
    this.stage.root.hidden = stages.length < 2;
    this.draw(state, layersAt(stage, all), stage);
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.plot.dispose();
  }

  private draw(state: RunState, layers: readonly LayerLook[], stage: Stage): void {
    const { settings, theme } = this.context;
    const when: When = settings.get<string>('when', 'now') === 'steps' ? 'steps' : 'now';
    const layer = Math.min(settings.get('layer', 0), layers.length - 1);
    const look = [state.layerHistory, when, stage, layer, theme] as const;
    if (this.changedTexts.of(...look, this.table.isOpen)) {
      this.when.show(when, ['now', 'steps']);
      const columns = this.quantity.columns(layers);
      this.layers.show(columns, layerRows(layers, this.quantity), when === 'steps' ? layer : undefined, theme);
    }
    const { width, cursor } = this.plot;
    if (!this.changedPicture.of(...look, width, cursor, window.devicePixelRatio, this.table.isOpen)) return;
    if (when === 'now') this.drawNow(layers, stage);
    else this.drawSteps(historyOf(state, layers[layer].name), stage);
  }

  private drawNow(layers: readonly LayerLook[], stage: Stage): void {
    const { theme } = this.context;
    const { plot, quantity, table } = this;
    const densities = densitiesOf(layers, quantity, theme);
    const picture = densityPicture(densities, axisOf(layers, quantity, stage));
    plot.draw(
      heights.now,
      layersSummary(layers, quantity),
      (...canvas) => drawCurves(...canvas, picture, theme),
      theme,
    );
    plot.read(({ x }) => readDensities(densities, x));
    if (table.isOpen)
      table.fill(
        `Density of each ${quantity.name}`,
        [quantity.titles[stage], ...layers.map(({ name }) => name)],
        densityRows(densities, picture.x),
      );
  }

  private drawSteps(history: readonly LayerAt[], stage: Stage): void {
    const { theme } = this.context;
    const { plot, quantity, table } = this;
    const layers = history.map(({ layer }) => layer);
    const densities = densitiesAt(history, quantity, stage);
    const picture = densityRidge(densities, axisOf(layers, quantity, stage), plot.cursor?.row);
    plot.draw(
      heights.steps,
      historySummary(history, quantity),
      (...canvas) => drawRidge(...canvas, picture, theme),
      theme,
    );
    plot.read(cursor => readRidge(densities, cursor));
    if (table.isOpen)
      table.fill(
        `${layers[0].name} over the steps`,
        ['step', ...quantity.columns(layers)],
        historyRows(history, quantity),
      );
  }
}
