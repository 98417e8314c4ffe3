import '../parts/legend.css';
import './embedding.css';
import { embeddingOf } from '../../../src/shared/model-parts';
import type { RunState } from '../../../src/shared/run-state';
import type { RunInfo, WatchedTensor } from '../../../src/shared/run';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { frameAround, type ScatterFrame } from '../../draw/scatter-frame';
import type { ScatterPicture } from '../../draw/scatter-picture';
import { DataTable } from '../parts/data-table';
import { EmbeddingFigure } from './figure';
import {
  embeddingColumns,
  embeddingRows,
  embeddingTokens,
  nearest,
  pointKind,
  pointLabels,
  pointLook,
  type EmbeddingToken,
} from './picture';
import { EmbeddingPlanes, planeSentence, type EmbeddingPlane } from './plane';
import { EmbeddingToolbar, type EmbeddingChoice } from './toolbar';
import { NeighborList } from './neighbor-list';
import { nearestRows } from './neighbors';
import type { Panel, PanelContext, PanelView } from '../panel';
import { waitingSentence } from '../parts/waiting-sentence';

export const embedding: Panel = {
  id: 'embedding',
  title: 'Embedding',
  place: 'second',
  isOffered: ({ info }) => info !== undefined && embeddingOf(info) !== undefined,
  fact: ({ info }) => {
    const table = info && embeddingOf(info);
    return table ? `${table.name} (${table.shape.join(', ')})` : '';
  },
  lookFor: () =>
    'Characters that are followed by the same ones move together: look for the vowels as a group, and for the boundary and rare characters alone. Where the plane holds less than half of the variance, trust the neighbors that are listed more than the eye.',
  watches: ({ info }) => {
    const table = info && embeddingOf(info);
    return table ? { tensors: [table.name] } : {};
  },
  mount: (root, context) => new EmbeddingView(root, context),
};

class EmbeddingView implements PanelView {
  private readonly toolbar: EmbeddingToolbar;
  private readonly legend = element('div', { class: 'legend' });
  private readonly variance = element('p', { class: 'fact-line' });
  private readonly figure: EmbeddingFigure;
  private readonly neighbors = new NeighborList('embedding-neighbors');
  private readonly table: DataTable;
  private readonly waiting = element('p', { class: 'quiet' });
  private readonly content: HTMLElement;

  private readonly planes = new EmbeddingPlanes();
  private readonly changedRun = new Changes();
  private readonly changedPicture = new Changes();
  private readonly changedLegend = new Changes();
  private readonly changedNeighbors = new Changes();
  private readonly changedTable = new Changes();
  private tokens: readonly EmbeddingToken[] = [];
  private shown: WatchedTensor | undefined;
  private frame: ScatterFrame | undefined;
  private picture: ScatterPicture | undefined;

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.toolbar = new EmbeddingToolbar(context.settings);
    this.figure = new EmbeddingFigure(context.redraw, 'embedding-neighbors');
    this.table = new DataTable('Embedding as a table', context.redraw);
    this.content = element(
      'div',
      {},
      this.toolbar.root,
      this.legend,
      this.variance,
      this.figure.root,
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
    if (table?.values.every(Number.isFinite)) this.shown = table; // else the last picture stays
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
    this.shown = this.frame = this.figure.at = undefined;
  }

  private draw(name: string, table: WatchedTensor): void {
    const { theme } = this.context;
    const { tokens, figure } = this;
    const choice = this.toolbar.render(table);
    const { plane, colored } = choice;
    if (this.changedPicture.of(table, String(plane), colored, theme)) {
      const shown = this.planes.next(table, plane);
      this.picture = this.pictureOf(name, shown, choice);
      setText(this.variance, planeSentence(table, shown, plane));
    }
    const { picture } = this;
    if (!picture) return;
    if (this.changedLegend.of(tokens, colored)) this.drawLegend(colored);
    const neighbors = figure.at === undefined ? [] : nearestRows(table, figure.at, nearest);
    const label = `${name}: ${tokens.length} characters in a plane. The arrow keys choose one.`;
    figure.draw(
      picture,
      neighbors.map(({ row }) => row),
      label,
      theme,
    );
    if (this.changedNeighbors.of(table, figure.at)) this.neighbors.show(tokens, figure.at, neighbors);
    if (this.table.isOpen && this.changedTable.of(picture))
      this.table.fill(
        `${name} in the plane, and the nearest in all dimensions`,
        embeddingColumns,
        embeddingRows(tokens, picture, table),
      );
  }

  private pictureOf(
    name: string,
    { coordinates }: EmbeddingPlane,
    { plane, colored }: EmbeddingChoice,
  ): ScatterPicture {
    this.frame = frameAround(coordinates, this.frame);
    return {
      points: coordinates,
      glyphs: this.tokens.map(({ glyph }) => glyph),
      looks: this.tokens.map(token => pointLook(pointKind(token, colored), this.context.theme)),
      frame: this.frame,
      axes:
        plane === 'components'
          ? ['two principal components', '']
          : [`${name}[:, ${plane[0]}]`, `${name}[:, ${plane[1]}]`],
    };
  }

  private drawLegend(colored: boolean): void {
    const kinds = new Set(this.tokens.map(token => pointKind(token, colored)));
    this.legend.replaceChildren(
      ...Object.entries(pointLabels)
        .filter(([kind]) => kinds.has(kind as keyof typeof pointLabels))
        .map(([kind, label]) =>
          element('span', { class: 'key' }, element('span', { class: `point ${kind}`, 'aria-hidden': 'true' }), label),
        ),
    );
  }
}
