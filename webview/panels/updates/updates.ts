import './updates.css';
import type { ParameterLook } from '../../../src/shared/inspection';
import { isCounting } from '../../../src/shared/presets';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { drawCurves } from '../../draw/curve-plot';
import { element } from '../../draw/element';
import { ReadablePlot } from '../../draw/readable-plot';
import { Alerts } from '../parts/alerts';
import { DataTable } from '../parts/data-table';
import { densityPicture, densityRows, readDensities } from '../parts/densities';
import type { Panel, PanelContext, PanelView } from '../panel';
import { ParameterTable } from './parameter-table';
import { updateAlerts } from './alerts';
import {
  gradientAxis,
  gradientDensities,
  readUpdates,
  updatePicture,
  updateRows,
  updatesFact,
  type ShownParameter,
} from './picture';

export const updates: Panel = {
  id: 'updates',
  title: 'Updates',
  place: 'first',
  startsFolded: true,
  isOffered: ({ preset }) => preset !== undefined && !isCounting(preset),
  fact: updatesFact,
  lookFor: () =>
    'A step should change every matrix by about a thousandth of itself: log10 of update:data near −3 (dashed), and between −4.5 and −1.5 (dotted).',
  watches: () => ({ updates: true }),
  mount: (root, context) => new UpdatesView(root, context),
};

const heights = { ratios: 240, gradients: 200 } as const;

class UpdatesView implements PanelView {
  private readonly alerts = new Alerts();
  private readonly ratios: ReadablePlot;
  private readonly parameters = new ParameterTable((name, shown) => this.context.settings.set(`show-${name}`, shown));
  private readonly gradients: ReadablePlot;
  private readonly ratioTable: DataTable;
  private readonly densityTable: DataTable;
  private readonly waiting = element('p', { class: 'quiet' }, 'Waiting for the first look inside…');
  private readonly content: HTMLElement;
  private readonly changed = new Changes();
  private readonly changedRatios = new Changes();
  private readonly changedGradients = new Changes();
  private readonly changedTable = new Changes();

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.ratios = new ReadablePlot('ratios', 'log10 of update:data over the steps', context.redraw);
    this.gradients = new ReadablePlot('weight-gradients', 'Density of the gradient of each matrix', context.redraw);
    this.ratioTable = new DataTable('log10 of update:data as a table', context.redraw);
    this.densityTable = new DataTable('Density of the gradients as a table', context.redraw);
    this.content = element(
      'div',
      {},
      this.alerts.root,
      this.ratios.root,
      this.parameters.root,
      this.ratioTable.root,
      element('h3', { class: 'plot-title' }, 'Gradients of the weights'),
      this.gradients.root,
      this.densityTable.root,
    );
    root.append(this.waiting, this.content);
  }

  render(state: RunState): void {
    const parameters = state.inspection?.parameters;
    this.content.hidden = !parameters;
    this.waiting.hidden = parameters !== undefined || state.status === 'failed';
    if (parameters) this.draw(state, parameters);
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.ratios.dispose();
    this.gradients.dispose();
  }

  private draw(state: RunState, parameters: readonly ParameterLook[]): void {
    const { settings, theme } = this.context;
    const history = state.updateHistory;
    const isShown = (name: string): boolean => settings.get(`show-${name}`, true);
    const shown = parameters
      .map((parameter, index): ShownParameter => ({ parameter, index }))
      .filter(({ parameter }) => isShown(parameter.name));
    const look = [parameters, history, shown.map(({ index }) => index).join(), theme, window.devicePixelRatio] as const;
    if (this.changed.of(...look)) {
      this.alerts.show(updateAlerts(state));
      this.parameters.show(parameters, isShown, theme);
    }
    const { ratios, gradients, ratioTable, densityTable } = this;
    if (this.changedRatios.of(...look, ratios.width, ratios.cursor)) {
      const picture = updatePicture(state, shown, parameters.length, theme);
      const says = `log10 of update:data over the steps, last ${updatesFact(state)}`;
      ratios.draw(heights.ratios, says, (...canvas) => drawCurves(...canvas, picture, theme), theme);
      ratios.read(({ x }) => readUpdates(history, shown, x));
    }
    if (this.changedGradients.of(...look, gradients.width, gradients.cursor, densityTable.isOpen)) {
      const densities = gradientDensities(shown, parameters.length, theme);
      const picture = densityPicture(densities, gradientAxis(shown));
      const names = shown.map(({ parameter }) => parameter.name);
      const says = `Density of the gradient of ${names.join(', ') || 'no matrix'}`;
      gradients.draw(heights.gradients, says, (...canvas) => drawCurves(...canvas, picture, theme), theme);
      gradients.read(({ x }) => readDensities(densities, x));
      if (densityTable.isOpen) densityTable.fill(says, ['gradient', ...names], densityRows(densities, picture.x));
    }
    if (ratioTable.isOpen && this.changedTable.of(history))
      ratioTable.fill('log10 of update:data', ['step', ...parameters.map(({ name }) => name)], updateRows(history));
  }
}
