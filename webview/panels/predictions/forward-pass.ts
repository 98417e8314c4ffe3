import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { Figure, type Sheet } from '../../draw/figure';
import { DataTable } from '../parts/data-table';
import type { TableContent } from '../parts/table-content';
import type { ShownWalk } from '../parts/walk-room';
import { distributionColumns, distributionRows, likelySentence, type Distribution } from './distribution';
import { DistributionBars } from './distribution-bars';
import type { PanelContext } from '../panel';
import { logitsPhrase, probsPhrase } from './station-phrases';
import { StationView } from './station-view';
import { formOf, stationColumns, stationRows, stationsOf, type Station } from './stations';

interface Stations {
  readonly stations: readonly Station[];
  /** Of the room for each of them, in CSS pixels. */
  readonly room: number;
}

/** The way of a name through the model at one place, tensor by tensor, to the probabilities of what follows. */
export class ForwardPass {
  private readonly list = element('ol', { class: 'stations' });
  private readonly logits: DistributionBars;
  private readonly probs: DistributionBars;
  private readonly likely = element('p', { class: 'fact-line' });
  private readonly stationTable: DataTable<Pick<Stations, 'stations'>>;
  private readonly distributionTable: DataTable<Distribution>;
  readonly root: HTMLElement;

  private views: readonly StationView[] = [];
  private stations: readonly Station[] = [];
  private readonly figure: Figure<Stations>;
  private readonly changedWalk = new Changes();
  private readonly changedForm = new Changes();

  constructor(context: PanelContext) {
    const { redraw } = context;
    this.figure = new Figure(context, (sheet, stations) => this.paint(sheet, stations));
    this.logits = new DistributionBars('logits', context);
    this.probs = new DistributionBars('probs', context);
    this.stationTable = new DataTable('Stations as a table', redraw, stationTable, 'Show the stations as table');
    this.distributionTable = new DataTable(
      'Probabilities as a table',
      redraw,
      distributionTable,
      'Show the probabilities as table',
    );
    const tables = [this.distributionTable, this.stationTable].map(({ root }) => root);
    this.root = element('div', {}, this.list, this.likely, ...tables);
  }

  draw(state: RunState, { walk, info }: ShownWalk, distribution: Distribution): void {
    if (this.changedWalk.of(walk, distribution)) {
      this.stations = stationsOf(state, walk);
      setText(this.likely, likelySentence(distribution));
      this.build(this.stations);
    }
    const { stations } = this;
    this.figure.draw({ stations, room: this.probs.width }); // which are as wide
    this.stationTable.root.hidden = stations.length === 0;
    this.stationTable.draw({ stations });
    this.drawDistribution(distribution, state.preset ? logitsPhrase(state.preset.model, info) : '');
  }

  dispose(): void {
    this.logits.dispose();
    this.probs.dispose();
  }

  /** Stations of another form need other elements. */
  private build(stations: readonly Station[]): void {
    if (!this.changedForm.of(formOf(stations))) return;
    this.views = stations.map(station => new StationView(station));
    this.list.replaceChildren(...this.views.map(({ root }) => root), this.logits.root, this.probs.root);
  }

  private paint({ theme }: Sheet, { stations, room }: Stations): void {
    for (const [i, station] of stations.entries()) this.views[i]?.draw(station, room, theme);
  }

  private drawDistribution(distribution: Distribution, logitsCaption: string): void {
    const { characters, logits, probs, target } = distribution;
    this.logits.root.hidden = !logits;
    if (logits) this.logits.draw({ characters, values: logits, marked: target, says: logitsCaption });
    this.probs.draw({ characters, values: probs, marked: target, says: probsPhrase(logits !== undefined) });
    this.distributionTable.draw(distribution);
  }
}

function stationTable({ stations }: Pick<Stations, 'stations'>): TableContent {
  return {
    caption: 'Stations of the forward pass, row by row',
    columns: stationColumns,
    rows: stationRows(stations),
  };
}

function distributionTable(distribution: Distribution): TableContent {
  return { caption: 'What may follow', columns: distributionColumns, rows: distributionRows(distribution) };
}
