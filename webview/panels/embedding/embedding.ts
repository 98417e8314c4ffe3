import '../parts/legend.css';
import './embedding.css';
import { embeddingOf, startOf } from '../../../src/shared/model-parts';
import type { RunState } from '../../../src/shared/run-state';
import type { RunInfo, WatchedTensor } from '../../../src/shared/run';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { frameAround, type ScatterFrame } from '../../draw/points/scatter-frame';
import { DataTable } from '../parts/data-table';
import { EmbeddingFigure } from './figure';
import {
  embeddingTable,
  embeddingTokens,
  nearest,
  pointKind,
  pointLabels,
  type EmbeddingData,
  type EmbeddingPicture,
  type EmbeddingToken,
  type PointKind,
} from './picture';
import { EmbeddingPlanes, planeSentence, type PlaneChoice } from './plane';
import { EmbeddingToolbar } from './toolbar';
import { NeighborList } from './neighbor-list';
import { movesOf } from './moved';
import { nearestRows } from './neighbors';
import { SeenTables } from './seen-tables';
import { Slider } from '../parts/slider';
import type { Panel, PanelContext, PanelView } from '../panel';
import { waitingSentence } from '../parts/waiting-sentence';

export const embedding: Panel = {
  id: 'embedding',
  title: 'Embedding',
  place: 'second',
  isOffered: ({ info }) => info !== undefined && embeddingOf(info) !== undefined,
  hasLeft: ({ info, inspection }) => {
    const table = info && embeddingOf(info);
    return table !== undefined && inspection?.tensors[table.name] !== undefined;
  },
  fact: ({ info }) => {
    const table = info && embeddingOf(info);
    return table ? `${table.name} (${table.shape.join(', ')})` : '';
  },
  lookFor: () => ({
    short: 'Rows start at random, and only frequent characters move far.',
    more: 'Those that are followed by the same characters move together: look for the vowels. Rare ones stay near where they were drawn, and characters that the names lack never move. Where the plane holds less than half of the variance, trust the neighbors that are listed more than the eye. The table is a layer like W: its row of a character is one-hot @ table.',
  }),
  watches: ({ info }) => {
    const table = info && embeddingOf(info);
    return table ? { tensors: [table.name, startOf(table)] } : {};
  },
  mount: (root, context) => new EmbeddingView(root, context),
};

class EmbeddingView implements PanelView {
  private readonly toolbar: EmbeddingToolbar;
  private readonly legend = element('div', { class: 'legend' });
  private readonly variance = element('p', { class: 'fact-line' });
  private readonly figure: EmbeddingFigure;
  private readonly neighbors = new NeighborList('embedding-neighbors');
  private readonly table: DataTable<EmbeddingData>;
  private readonly waiting = element('p', { class: 'quiet' });
  private readonly content: HTMLElement;

  private readonly planes = new EmbeddingPlanes();
  private readonly changedRun = new Changes();
  private readonly changedTable = new Changes();
  private readonly changedPlane = new Changes();
  private readonly changedKinds = new Changes();
  private readonly changedNeighbors = new Changes();
  private tokens: readonly EmbeddingToken[] = [];
  private readonly seen = new SeenTables();
  private readonly steps: Slider;
  /** The step that a person has chosen; undefined for the last one that was seen. */
  private step: number | undefined;
  private shown: WatchedTensor | undefined;
  /** How far each row has moved. */
  private moves: readonly number[] | undefined;
  private frame: ScatterFrame | undefined;
  private picture: EmbeddingPicture | undefined;
  private links: readonly number[] = [];

  constructor(root: HTMLElement, context: PanelContext) {
    this.toolbar = new EmbeddingToolbar(context.settings);
    const steps = { label: 'step', name: 'After how many steps', min: 0, max: 0, step: 1 };
    this.steps = new Slider(steps, index => {
      this.step = index === this.seen.length - 1 ? undefined : this.seen.at(index).step;
      context.redraw();
    });
    this.figure = new EmbeddingFigure(context, 'embedding-neighbors');
    this.table = new DataTable('Embedding as a table', context.redraw, embeddingTable);
    this.content = element(
      'div',
      {},
      this.toolbar.root,
      this.legend,
      this.variance,
      this.figure.root,
      this.steps.root,
      this.neighbors.root,
      this.table.root,
    );
    root.append(this.waiting, this.content);
  }

  render(state: RunState): void {
    const { info, inspection } = state;
    const parameter = info && embeddingOf(info);
    if (this.changedRun.of(info)) this.begin(info);
    const table = parameter && inspection?.tensors[parameter.name];
    const start = parameter && inspection?.tensors[startOf(parameter)];
    if (inspection && this.changedTable.of(table, start)) this.see(inspection.step, table, start);
    this.choose(start);
    this.content.hidden = !this.shown;
    this.waiting.hidden = this.shown !== undefined;
    setText(this.waiting, waitingSentence(state));
    if (parameter && this.shown) this.draw(parameter.name, this.shown);
  }

  focus(): boolean {
    this.figure.root.focus();
    return true;
  }

  dispose(): void {
    this.figure.dispose();
  }

  private begin(info: RunInfo | undefined): void {
    this.tokens = info ? embeddingTokens(info) : [];
    this.planes.reset();
    this.seen.reset();
    this.shown = this.frame = this.figure.chosen = this.step = undefined;
  }

  /** Numbers that are none are not seen: the last picture stays. */
  private see(step: number, table: WatchedTensor | undefined, start: WatchedTensor | undefined): void {
    if (start && this.seen.length === 0 && step > 0) this.seen.add(0, start);
    if (table?.values.every(Number.isFinite)) this.seen.add(step, table);
  }

  private choose(start: WatchedTensor | undefined): void {
    const { seen, step } = this;
    this.steps.root.hidden = seen.length < 2;
    if (seen.length === 0) return;
    const last = seen.length - 1;
    const index = step === undefined ? last : seen.indexAt(step);
    const chosen = seen.at(index);
    this.steps.range(0, last, 1);
    this.steps.show(index, formatInteger(chosen.step));
    if (chosen.table === this.shown) return;
    this.shown = chosen.table;
    this.moves = movesOf(chosen.table, start);
  }

  private draw(name: string, table: WatchedTensor): void {
    const { tokens, figure, moves } = this;
    const { plane, colored } = this.toolbar.render(table);
    const kinds = tokens.map(token => pointKind(token, colored));
    const isRecolored = this.changedKinds.of(...kinds);
    if (isRecolored) this.drawLegend(kinds);
    if (this.changedPlane.of(table, String(plane))) this.picture = this.pictureOf(name, table, plane, kinds);
    else if (isRecolored && this.picture) this.picture = { ...this.picture, kinds };
    if (!this.picture) return;
    if (this.changedNeighbors.of(table, figure.chosen)) {
      const neighbors = figure.chosen === undefined ? [] : nearestRows(table, figure.chosen, nearest);
      this.links = neighbors.map(({ row }) => row);
      this.neighbors.show(tokens, figure.chosen, neighbors, moves);
    }
    const label = `${name}: ${tokens.length} characters in a plane. The arrow keys choose one.`;
    figure.draw(this.picture, this.links, label);
    this.table.draw({ name, tokens, table, points: this.picture.points, ...(moves && { moves }) });
  }

  private pictureOf(
    name: string,
    table: WatchedTensor,
    plane: PlaneChoice,
    kinds: readonly PointKind[],
  ): EmbeddingPicture {
    const shown = this.planes.next(table, plane);
    setText(this.variance, planeSentence(table, shown, plane));
    this.frame = frameAround(shown.coordinates, this.frame);
    return {
      points: shown.coordinates,
      glyphs: this.tokens.map(({ glyph }) => glyph),
      kinds,
      frame: this.frame,
      axes:
        plane === 'components'
          ? ['two principal components', '']
          : [`${name}[:, ${plane[0]}]`, `${name}[:, ${plane[1]}]`],
    };
  }

  private drawLegend(kinds: readonly PointKind[]): void {
    const labels = pointLabels.filter(([kind]) => kinds.includes(kind));
    this.legend.replaceChildren(
      ...labels.map(([kind, label]) =>
        element('span', { class: 'key' }, element('span', { class: `point ${kind}`, 'aria-hidden': 'true' }), label),
      ),
    );
  }
}
