import './bigrams.css';
import type { BigramCounts } from '../../../src/shared/run';
import { hasModel, type RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { countOf, formatInteger } from '../../draw/format';
import { BigramFigure } from './figure';
import type { MatrixCursor } from '../parts/character-matrix';
import { BigramReadout } from './readout';
import { bigramSentence, likelihoodSentence } from './sentences';
import { BigramToolbar } from './toolbar';
import { learnsTable, viewBigrams, type BigramView } from './view';
import { allShown } from './probabilities';
import type { Panel, PanelContext, PanelView } from '../panel';
import { PlacesList } from './places-list';
import { charactersOf, trigramSentence } from './trigrams';

export const bigrams: Panel = {
  id: 'bigrams',
  title: 'Bigrams',
  place: 'second',
  hasLeft: ({ counts }) => counts !== undefined,
  fact: ({ counts }) => (counts ? `${countOf(counts.vocabSize, 'character')}, ${countOf(counts.total, 'bigram')}` : ''),
  lookFor: ({ info }) => ({
    short: `Each row says what follows its character; “${info?.boundary ?? '.'}” is where names begin and end.`,
    more: 'Look for rows with few strong colors, which are easy to guess, and for counts of 0: without smoothing, one of them in a name makes its loss infinite.',
  }),
  watches: state => (learnsTable(state) ? { tensors: ['W'] } : {}),
  mount: (root, context) => new BigramsView(root, context),
};

class BigramsView implements PanelView {
  private readonly toolbar: BigramToolbar;
  private readonly loss = element('p', { class: 'fact-line' });
  private readonly sentence = element('p', { class: 'quiet look-for' });
  private readonly omitted = element('p', { class: 'quiet' });
  private readonly cursor: MatrixCursor = { cell: undefined };
  private readonly figures: readonly BigramFigure[];
  private readonly pictures: HTMLElement;
  private readonly readout = new BigramReadout('bigram-readout');
  private readonly places: PlacesList;
  private readonly waiting = element('p', { class: 'quiet' });
  private readonly matrices: HTMLElement;
  private readonly content: HTMLElement;

  private readonly changedTokens = new Changes();
  private readonly changedView = new Changes();
  private readonly changedReadout = new Changes();
  private view: BigramView | undefined;

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.toolbar = new BigramToolbar(context);
    this.places = new PlacesList(context);
    this.figures = ['Show as table', 'Show the other as table'].map(
      summary => new BigramFigure(context, this.cursor, 'bigram-readout', summary, cell => this.choose(cell)),
    );
    this.pictures = element('div', { class: 'figures' }, this.readout.root, ...this.figures.map(({ root }) => root));
    this.matrices = element(
      'div',
      {},
      this.loss,
      this.sentence,
      this.omitted,
      element('div', { class: 'container' }, this.pictures),
      this.places.root,
      ...this.figures.map(({ table }) => table.root),
    );
    this.content = element('div', {}, this.toolbar.root, this.matrices);
    root.append(this.content, this.waiting);
    root.addEventListener('keydown', event => {
      if (event.key === 'Escape') this.places.leave();
    });
  }

  render(state: RunState): void {
    const { counts } = state;
    const choice = this.toolbar.render(state);
    const slice = choice.after === undefined ? undefined : state.trigrams;
    const shown = choice.after === undefined ? counts : slice;
    this.content.hidden = !counts;
    this.matrices.hidden = !shown;
    setText(this.waiting, shown ? '' : waitingSentence(state));
    if (!counts || !shown) return;
    if (this.changedTokens.of(counts.tokens)) this.cursor.cell = undefined;
    const W = learnsTable(state) ? state.inspection?.tensors.W?.values : undefined;
    const { mode, smoothing, normalize, addConstants } = choice;
    if (this.changedView.of(shown, W, mode, smoothing, normalize, addConstants)) {
      this.view = viewBigrams(shown, { ...choice, after: slice?.first }, W); // the previous slice, until another one comes
      this.describe(state, counts, this.view);
    }
    if (this.view) this.draw(shown, this.view);
    this.places.render(state.places);
  }

  focus(): boolean {
    this.figures.at(0)?.matrix.root.focus();
    return true;
  }

  dispose(): void {
    for (const figure of this.figures) figure.dispose();
  }

  private choose(cell: number): void {
    if (!this.view) return;
    const { tokens, after } = this.view;
    this.context.post({ type: 'markPlaces', characters: charactersOf(tokens, cell, after) });
  }

  private draw(counts: BigramCounts, view: BigramView): void {
    const alone = view.pictures.length === 1;
    this.pictures.classList.toggle('pair', !alone);
    this.figures.forEach((figure, i) => {
      const picture = view.pictures.at(i);
      figure.hide(!picture);
      if (picture) figure.draw({ picture, tokens: counts.tokens, after: view.after }, alone);
    });
    if (this.changedReadout.of(view, this.cursor.cell)) this.readout.show(counts, view, this.cursor.cell);
  }

  private describe(state: RunState, counts: BigramCounts, view: BigramView): void {
    const { trigrams, preset } = state;
    const isSlice = trigrams !== undefined && view.after !== undefined;
    this.loss.hidden = isSlice;
    setText(this.loss, isSlice ? '' : likelihoodSentence(counts, view));
    setText(
      this.sentence,
      isSlice ? trigramSentence(trigrams, counts.total, preset) : bigramSentence(state, counts, view),
    );
    this.omitted.hidden = allShown(counts);
    const { tokens, vocabSize } = counts;
    setText(
      this.omitted,
      `The ${formatInteger(tokens.length)} most frequent of ${formatInteger(vocabSize)} characters.`,
    );
  }
}

function waitingSentence(state: RunState): string {
  if (!state.counts) return state.status === 'failed' ? '' : 'The bigrams are being counted…';
  return hasModel(state) ? 'The trigrams are being counted…' : 'No more trigrams can be counted: train again.';
}
