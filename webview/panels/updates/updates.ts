import './updates.css';
import type { ParameterLook } from '../../../src/shared/inspection';
import { isCounting } from '../../../src/shared/presets';
import type { RunInfo } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';
import { Figure } from '../../draw/figure';
import { ReadablePlot } from '../../draw/plot/readable-plot';
import { Alerts } from '../parts/alerts';
import { DataTable } from '../parts/data-table';
import type { Panel, PanelContext, PanelView } from '../panel';
import { ParameterTable } from './parameter-table';
import { updatesFact, type ShownParameter } from './picture';
import { updatesLookFor } from './sentences';
import { densityTable, gradientPicture, ratioPicture, ratioTable, type UpdatesData } from './readable';

export const updates: Panel = {
  id: 'updates',
  title: 'Updates',
  place: 'first',
  startsFolded: true,
  isOffered: ({ preset }) => preset !== undefined && !isCounting(preset),
  hasLeft: ({ updateHistory }) => updateHistory.length > 0,
  fact: updatesFact,
  lookFor: updatesLookFor,
  watches: () => ({ updates: true }),
  mount: (root, context) => new UpdatesView(root, context),
};

class UpdatesView implements PanelView {
  private readonly alerts = new Alerts();
  private readonly ratios: ReadablePlot<UpdatesData>;
  private readonly parameters = new ParameterTable((name, shown) => this.context.settings.set(`show-${name}`, shown));
  private readonly legend: Figure<UpdatesData>;
  private readonly gradients: ReadablePlot<UpdatesData>;
  private readonly ratioTable: DataTable<UpdatesData>;
  private readonly densityTable: DataTable<UpdatesData>;
  private readonly waiting = element('p', { class: 'quiet' }, 'Waiting for the first data…');
  private readonly content: HTMLElement;
  private readonly changedData = new Changes();
  private data: UpdatesData | undefined;

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.ratios = new ReadablePlot('ratios', 'log10 of update:data over the steps', context, ratioPicture);
    this.legend = new Figure(context, ({ theme }, data) => this.parameters.show(data.parameters, data.shown, theme));
    this.gradients = new ReadablePlot(
      'weight-gradients',
      'Density of the gradient of each matrix',
      context,
      gradientPicture,
    );
    this.ratioTable = new DataTable('log10 of update:data as a table', context.redraw, ratioTable);
    this.densityTable = new DataTable('Density of the gradients as a table', context.redraw, densityTable);
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
    const { info, inspection } = state;
    const parameters = inspection?.parameters;
    this.content.hidden = !parameters;
    this.waiting.hidden = parameters !== undefined || state.status === 'failed';
    this.alerts.show(this.context.alerts());
    if (parameters && info) this.draw(state, parameters, info);
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.ratios.dispose();
    this.gradients.dispose();
  }

  private draw(state: RunState, parameters: readonly ParameterLook[], info: RunInfo): void {
    const { updateHistory, preset } = state;
    const shown = parameters
      .map((parameter, index): ShownParameter => ({ parameter, index }))
      .filter(({ parameter }) => this.context.settings.get<boolean>(`show-${parameter.name}`, true));
    const indices = shown.map(({ index }) => index).join();
    if (this.changedData.of(parameters, updateHistory, info, indices)) {
      this.data = { parameters, shown, updateHistory, info, ...(preset && { preset }) };
    }
    if (!this.data) return;
    for (const part of [this.ratios, this.legend, this.ratioTable, this.gradients, this.densityTable])
      part.draw(this.data);
  }
}
