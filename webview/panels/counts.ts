import type { BigramCounts } from '../../src/shared/run';
import { isCounting } from '../../src/shared/presets';
import type { RunState } from '../../src/shared/run-state';
import { Changes } from '../draw/changes';
import { disclosure, element, segmentedControl, setText } from '../draw/element';
import { countOf, formatInteger } from '../draw/format';
import { BigramMatrix } from './bigram-matrix';
import { BigramReadout } from './bigram-readout';
import { fillBigramTable } from './bigram-table';
import { offeredModes, viewBigrams, type BigramMode, type BigramView } from './bigram-view';
import { allShown } from './bigrams';
import type { Panel, PanelContext, PanelView } from './panel';
import { ScaleLegend } from './scale-legend';
import { RunSmoothing, SmoothingSlider } from './smoothing';

const modeLabels: Readonly<Record<BigramMode, string>> = {
  counts: 'Counts',
  probability: 'Probability',
  learned: 'Learned',
};

export const counts: Panel = {
  id: 'counts',
  title: 'Bigrams',
  place: 'second',
  fact: ({ counts }) => (counts ? `${countOf(counts.vocabSize, 'character')}, ${countOf(counts.total, 'bigram')}` : ''),
  lookFor: ({ info }) =>
    `Each row says what follows its character; “${info?.boundary ?? '.'}” is where names begin and end. Look for rows with few strong colours, which are easy to guess, and for counts of 0: without smoothing, one of them in a name makes its loss infinite.`,
  watches: state => (offeredModes(state).includes('learned') ? ['W'] : []),
  mount: (root, context) => new CountsView(root, context),
};

class CountsView implements PanelView {
  private readonly modes = segmentedControl('What the cells show', modeLabels, mode =>
    this.context.settings.set('mode', mode),
  );
  private readonly smoothing: RunSmoothing;
  private readonly slider = new SmoothingSlider(value => this.smoothing.change(value, this.counting));
  private readonly loss = element('p', { class: 'fact-line' });
  private readonly omitted = element('p', { class: 'quiet' });
  private readonly matrix: BigramMatrix;
  private readonly readout = new BigramReadout('bigram-readout');
  private readonly legend = new ScaleLegend();
  private readonly table = element('table', { class: 'bigram-table' });
  private readonly tableSection: HTMLDetailsElement;
  private readonly waiting = element('p', { class: 'quiet' }, 'The bigrams are being counted…');
  private readonly content: HTMLElement;

  private readonly changedView = new Changes();
  private readonly changedPicture = new Changes();
  private readonly changedCursor = new Changes();
  private readonly changedTable = new Changes();
  private view: BigramView | undefined;
  private counting = false;

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.smoothing = new RunSmoothing(context);
    this.matrix = new BigramMatrix(context.redraw, 'bigram-readout');
    const scroller = element(
      'div',
      { class: 'table-scroller', tabindex: 0, role: 'region', 'aria-label': 'Bigrams as a table' },
      this.table,
    );
    this.tableSection = disclosure('Show as table', scroller, context.redraw);
    this.content = element(
      'div',
      {},
      element('div', { class: 'toolbar' }, this.modes.root, this.slider.root),
      this.loss,
      this.omitted,
      this.matrix.root,
      this.readout.root,
      this.legend.root,
      this.tableSection,
    );
    root.append(this.waiting, this.content);
  }

  render(state: RunState): void {
    const { counts } = state;
    this.counting = state.preset !== undefined && isCounting(state.preset);
    this.waiting.hidden = counts !== undefined || state.status === 'failed';
    this.content.hidden = !counts;
    const smoothing = this.smoothing.of(state);
    if (!counts) return;
    const offered = offeredModes(state);
    const chosen = this.context.settings.get<string>('mode', 'counts');
    const mode = offered.find(known => known === chosen) ?? 'counts';
    this.modes.show(mode, offered);
    this.slider.show(smoothing);
    this.slider.root.classList.toggle('invisible', mode === 'learned');

    const W = mode === 'learned' ? learnedTable(state) : undefined;
    if (this.changedView.of(counts, mode, smoothing, W)) {
      this.view = viewBigrams(counts, mode, smoothing, W);
      this.describe(counts, this.view);
    }
    if (this.view) this.draw(counts, this.view);
  }

  focus(): boolean {
    this.matrix.root.focus();
    return true;
  }

  dispose(): void {
    this.matrix.dispose();
  }

  private draw(counts: BigramCounts, view: BigramView): void {
    const { theme } = this.context;
    const { tokens } = counts;
    if (this.changedPicture.of(view, theme, this.matrix.width, window.devicePixelRatio)) {
      const name = `${modeLabels[view.mode]} of ${formatInteger(tokens.length ** 2)} bigrams. The arrow keys move a cursor.`;
      this.matrix.draw(
        { text: { tokens, number: view.short, isQuiet: view.isQuiet }, shades: view.shades, name },
        theme,
      );
      const what = view.mode === 'counts' ? 'counts' : 'probabilities';
      this.legend.draw(view.largest, view.format, `colours follow the square root of the ${what}`, theme);
    }
    if (this.changedCursor.of(view, theme, this.matrix.width, this.matrix.cursor)) {
      this.matrix.drawCursor(theme);
      this.readout.show(counts, view, this.matrix.cursor);
    }
    if (this.tableSection.open && this.changedTable.of(view))
      fillBigramTable(this.table, `${modeLabels[view.mode]}: rows are first characters`, tokens, view.long);
  }

  private describe(counts: BigramCounts, { loss }: BigramView): void {
    const nats = loss !== undefined && Number.isFinite(loss) ? loss.toFixed(4) : '∞';
    setText(this.loss, loss === undefined ? '' : `Negative log-likelihood ${nats} nats per character`);
    this.omitted.hidden = allShown(counts);
    const { tokens, vocabSize } = counts;
    setText(
      this.omitted,
      `The ${formatInteger(tokens.length)} most frequent of ${formatInteger(vocabSize)} characters.`,
    );
  }
}

/** W comes a moment after it is asked for. */
function learnedTable({ tensors }: RunState): Float32Array | undefined {
  return 'W' in tensors ? tensors.W.values : undefined;
}
