import type { Walk } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { DataTable } from '../parts/data-table';
import { distributionColumns, distributionRows, likelySentence, type Distribution } from './distribution';
import { DistributionBars } from './distribution-bars';
import type { PanelContext } from '../panel';
import { logitsPhrase, probsPhrase } from './station-phrases';
import { StationView } from './station-view';
import { formOf, stationColumns, stationRows, stationsOf, type Station } from './stations';

/** A name's way through the model at one place, tensor by tensor, to the probabilities of what follows. */
export class ForwardPass {
  private readonly list = element('ol', { class: 'stations' });
  private readonly logits: DistributionBars;
  private readonly probs: DistributionBars;
  private readonly likely = element('p', { class: 'fact-line' });
  private readonly stationTable: DataTable;
  private readonly distributionTable: DataTable;
  readonly root: HTMLElement;

  private views: readonly StationView[] = [];
  private stations: readonly Station[] = [];
  private readonly changedWalk = new Changes();
  private readonly changedForm = new Changes();
  private readonly changedStations = new Changes();
  private readonly changedStationTable = new Changes();
  private readonly changedDistributionTable = new Changes();

  constructor(private readonly context: PanelContext) {
    const { redraw } = context;
    this.logits = new DistributionBars('logits', redraw);
    this.probs = new DistributionBars('probs', redraw);
    this.stationTable = new DataTable('Stations as a table', redraw, 'Show the stations as table');
    this.distributionTable = new DataTable('Probabilities as a table', redraw, 'Show the probabilities as table');
    const tables = [this.distributionTable, this.stationTable].map(({ root }) => root);
    this.root = element('div', {}, this.list, this.likely, ...tables);
  }

  draw(state: RunState, walk: Walk, distribution: Distribution): void {
    const { info, preset } = state;
    if (!info || !preset) return;
    if (this.changedWalk.of(walk, distribution)) {
      this.stations = stationsOf(state, walk);
      setText(this.likely, likelySentence(distribution));
    }
    this.drawStations(this.stations);
    this.drawDistribution(distribution, logitsPhrase(preset.model, info));
  }

  dispose(): void {
    this.logits.dispose();
    this.probs.dispose();
  }

  private drawStations(stations: readonly Station[]): void {
    const { theme } = this.context;
    const { width } = this.probs; // which is as wide as they are
    if (this.changedForm.of(formOf(stations))) {
      this.views = stations.map(station => new StationView(station));
      this.list.replaceChildren(...this.views.map(({ root }) => root), this.logits.root, this.probs.root);
    }
    if (this.changedStations.of(stations, width, theme))
      this.views.forEach((view, i) => view.draw(stations[i], width, theme));
    this.stationTable.root.hidden = stations.length === 0;
    if (this.stationTable.isOpen && this.changedStationTable.of(stations))
      this.stationTable.fill('Stations of the forward pass, row by row', stationColumns, stationRows(stations));
  }

  private drawDistribution(distribution: Distribution, logitsCaption: string): void {
    const { theme } = this.context;
    const { characters, logits, probs, target } = distribution;
    this.logits.root.hidden = !logits;
    if (logits) this.logits.draw({ characters, values: logits, marked: target }, logitsCaption, theme);
    this.probs.draw({ characters, values: probs, marked: target }, probsPhrase(logits !== undefined), theme);
    if (this.distributionTable.isOpen && this.changedDistributionTable.of(distribution))
      this.distributionTable.fill('What may follow', distributionColumns, distributionRows(distribution));
  }
}
