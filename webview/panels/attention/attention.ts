import type { Walk } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { formatShare } from '../../draw/format';
import { drawHeatmap } from '../../draw/heatmap';
import { stepOf } from '../../draw/keys';
import { attentionHeads, habitOf, lookSentence, type AttentionHead } from './heads';
import { CharacterMatrix, type MatrixCursor } from '../parts/character-matrix';
import { DataTable } from '../parts/data-table';
import type { Panel, PanelContext, PanelView } from '../panel';
import { probeOf } from '../parts/probe';
import { WalkRoom } from '../parts/walk-room';

/** Of a small picture, in CSS pixels. */
const smallSize = 56;

export const attention: Panel = {
  id: 'attention',
  title: 'Attention',
  place: 'second',
  startsFolded: true,
  isOffered: ({ preset }) => preset?.model === 'transformer',
  fact: ({ preset }) => {
    const { nLayer = 0, nHead = 0 } = preset?.hyperparameters ?? {};
    return `${nLayer} layers × ${nHead} heads`;
  },
  lookFor: () =>
    'Each row is a character that looks at itself and those before it, and sums to 1. Look for heads with a habit: always at itself, at the one before, or at the beginning, which is where a head rests that finds nothing.',
  watches: (state, _, shared) => ({ walk: probeOf(state, shared) }),
  mount: (root, context) => new AttentionView(root, context),
};

class AttentionView implements PanelView {
  private readonly room: WalkRoom;
  private readonly heads = element('div', { class: 'heads', role: 'radiogroup', 'aria-label': 'Head' });
  private readonly title = element('h3');
  private readonly cursor: MatrixCursor = { cell: undefined };
  private readonly matrix: CharacterMatrix;
  private readonly reading = element('p', { class: 'quiet', id: 'attention-reading', 'aria-live': 'polite' });
  private readonly table: DataTable;
  private readonly changedHeads = new Changes();
  private readonly changedLarge = new Changes();
  private readonly changedTable = new Changes();
  private all: readonly AttentionHead[] = [];

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    const handlers = { onChange: context.redraw, onChoose: () => undefined };
    this.matrix = new CharacterMatrix(this.cursor, handlers, this.reading.id);
    this.table = new DataTable('Attention as a table', context.redraw);
    this.heads.addEventListener('keydown', event => this.key(event));
    const content = element('div', {}, this.heads, this.title, this.matrix.root, this.reading, this.table.root);
    this.room = new WalkRoom(root, 'attention', context, content);
  }

  render(state: RunState): void {
    const shown = this.room.render(state);
    if (shown) this.draw(shown.walk, [shown.info.boundary, ...shown.walk.text]);
  }

  focus(): boolean {
    return this.room.focus();
  }

  dispose(): void {
    this.matrix.dispose();
  }

  private draw(walk: Walk, tokens: readonly string[]): void {
    const { theme, settings } = this.context;
    const chosen = Math.min(settings.get('head', 0), Math.max(0, this.all.length - 1));
    if (this.changedHeads.of(walk, theme, chosen)) {
      this.all = attentionHeads(walk);
      this.drawHeads(tokens.length, chosen);
    }
    const head = this.all.at(chosen);
    if (!head) return;
    if (this.table.isOpen && this.changedTable.of(head)) this.fill(head, tokens);
    const { matrix } = this;
    const at = this.cursor.cell;
    if (at !== undefined && at >= tokens.length ** 2) this.cursor.cell = undefined;
    if (!this.changedLarge.of(head, theme, matrix.width, this.cursor.cell, window.devicePixelRatio)) return;
    const habit = habitOf(head, tokens.length);
    setText(this.title, `Layer ${head.layer}, head ${head.head}${habit ? `: looks mostly at ${habit}` : ''}`);
    const isLater = (cell: number): boolean => cell % tokens.length > Math.floor(cell / tokens.length);
    const number = (cell: number): string => (isLater(cell) ? '' : formatShare(head.weights[cell]));
    const name = `${this.title.textContent}: ${tokens.length} characters and whom they look at`;
    matrix.draw({ text: { tokens, number, isQuiet: isLater }, shades: head.weights, name }, theme);
    matrix.drawCursor(theme);
    const hint = 'Point at the picture, or press an arrow key on it, to read it.';
    setText(this.reading, this.cursor.cell === undefined ? hint : lookSentence(head, tokens, this.cursor.cell));
  }

  private fill({ weights }: AttentionHead, tokens: readonly string[]): void {
    const n = tokens.length;
    const rows = tokens.map((token, row) => [
      token,
      ...tokens.map((_, column) => (column > row ? '' : weights[row * n + column].toFixed(3))),
    ]);
    this.table.fill('How much the character of a row looks at that of a column', ['', ...tokens], rows);
  }

  /** A small picture of each head, layer by layer. */
  private drawHeads(n: number, chosen: number): void {
    if (this.heads.children.length !== this.all.length) this.makeHeads();
    const columns = Math.max(1, ...this.all.map(({ head }) => head + 1));
    this.heads.style.gridTemplateColumns = `repeat(${columns}, max-content)`;
    [...this.heads.children].forEach((button, i) => {
      const layout = { cells: n, cell: smallSize / n, header: 0, size: smallSize };
      drawHeatmap(button.querySelector('canvas')!, layout, this.all[i].weights, this.context.theme.scale); // made with it
      button.setAttribute('aria-checked', String(i === chosen));
      (button as HTMLElement).tabIndex = i === chosen ? 0 : -1;
    });
  }

  private makeHeads(): void {
    this.heads.replaceChildren(
      ...this.all.map(({ layer, head }, i) => {
        const label = `Layer ${layer}, head ${head}`;
        const button = element(
          'button',
          { type: 'button', role: 'radio', 'aria-label': label, title: label },
          element('canvas', { 'aria-hidden': 'true' }),
        );
        button.addEventListener('click', () => this.context.settings.set('head', i));
        return button;
      }),
    );
  }

  private key(event: KeyboardEvent): void {
    const buttons = [...this.heads.children] as HTMLElement[]; // nothing else is put there
    const at = buttons.findIndex(button => button.tabIndex === 0);
    const columns = Math.max(1, ...this.all.map(({ head }) => head + 1));
    const step = stepOf(event);
    const to = step && at + step.x + step.y * columns;
    if (to === undefined || to < 0 || to >= buttons.length) return;
    event.preventDefault(); // the page would scroll
    this.context.settings.set('head', to);
    buttons[to].focus();
  }
}
