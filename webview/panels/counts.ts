import type { BigramCounts } from '../../src/shared/run';
import type { RunState } from '../../src/shared/run-state';
import { Changes } from '../draw/changes';
import { element, setText } from '../draw/element';
import { countOf, formatInteger } from '../draw/format';
import { BigramFigure } from './bigram-figure';
import type { BigramCursor } from './bigram-matrix';
import { BigramReadout } from './bigram-readout';
import { bigramSentence, likelihoodSentence } from './bigram-sentences';
import { BigramToolbar } from './bigram-toolbar';
import { learnsTable, viewBigrams, type BigramView } from './bigram-view';
import { allShown } from './bigrams';
import type { Panel, PanelContext, PanelView } from './panel';

export const counts: Panel = {
  id: 'counts',
  title: 'Bigrams',
  place: 'second',
  fact: ({ counts }) => (counts ? `${countOf(counts.vocabSize, 'character')}, ${countOf(counts.total, 'bigram')}` : ''),
  lookFor: ({ info }) =>
    `Each row says what follows its character; “${info?.boundary ?? '.'}” is where names begin and end. Look for rows with few strong colours, which are easy to guess, and for counts of 0: without smoothing, one of them in a name makes its loss infinite.`,
  watches: state => (learnsTable(state) ? { tensors: ['W'] } : {}),
  mount: (root, context) => new CountsView(root, context),
};

class CountsView implements PanelView {
  private readonly toolbar: BigramToolbar;
  private readonly loss = element('p', { class: 'fact-line' });
  private readonly sentence = element('p', { class: 'quiet look-for' });
  private readonly omitted = element('p', { class: 'quiet' });
  private readonly cursor: BigramCursor = { cell: undefined };
  private readonly figures: readonly BigramFigure[];
  private readonly pictures: HTMLElement;
  private readonly readout = new BigramReadout('bigram-readout');
  private readonly waiting = element('p', { class: 'quiet' }, 'The bigrams are being counted…');
  private readonly content: HTMLElement;

  private readonly changedTokens = new Changes();
  private readonly changedView = new Changes();
  private readonly changedReadout = new Changes();
  private view: BigramView | undefined;

  constructor(root: HTMLElement, context: PanelContext) {
    this.toolbar = new BigramToolbar(context);
    this.figures = ['Show as table', 'Show the other as table'].map(
      summary => new BigramFigure(context, this.cursor, 'bigram-readout', summary),
    );
    this.pictures = element('div', { class: 'figures' }, ...this.figures.map(({ root }) => root), this.readout.root);
    this.content = element(
      'div',
      {},
      this.toolbar.root,
      this.loss,
      this.sentence,
      this.omitted,
      element('div', { class: 'figures-room' }, this.pictures),
      ...this.figures.map(({ table }) => table.root),
    );
    root.append(this.waiting, this.content);
  }

  render(state: RunState): void {
    const { counts } = state;
    this.waiting.hidden = counts !== undefined || state.status === 'failed';
    this.content.hidden = !counts;
    const choice = this.toolbar.render(state);
    if (!counts) return;
    if (this.changedTokens.of(counts.tokens)) this.cursor.cell = undefined;
    const W = learnsTable(state) ? state.inspection?.tensors.W?.values : undefined;
    const { mode, smoothing, normalise, addConstants } = choice;
    if (this.changedView.of(counts, W, mode, smoothing, normalise, addConstants)) {
      this.view = viewBigrams(counts, choice, W);
      this.describe(state, counts, this.view);
    }
    if (this.view) this.draw(counts, this.view);
  }

  focus(): boolean {
    this.figures[0].matrix.root.focus();
    return true;
  }

  dispose(): void {
    for (const figure of this.figures) figure.dispose();
  }

  private draw(counts: BigramCounts, view: BigramView): void {
    const alone = view.pictures.length === 1;
    this.pictures.classList.toggle('pair', !alone);
    this.figures.forEach((figure, i) => {
      const picture = view.pictures.at(i);
      figure.hide(!picture);
      if (picture) figure.draw(picture, counts.tokens, alone);
    });
    if (this.changedReadout.of(view, this.cursor.cell)) this.readout.show(counts, view, this.cursor.cell);
  }

  private describe(state: RunState, counts: BigramCounts, view: BigramView): void {
    setText(this.loss, likelihoodSentence(counts, view));
    setText(this.sentence, bigramSentence(state, counts, view));
    this.omitted.hidden = allShown(counts);
    const { tokens, vocabSize } = counts;
    setText(
      this.omitted,
      `The ${formatInteger(tokens.length)} most frequent of ${formatInteger(vocabSize)} characters.`,
    );
  }
}
