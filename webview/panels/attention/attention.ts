import './attention.css';
import { at } from '../../../src/shared/at';
import type { RunState } from '../../../src/shared/run-state';
import { element, setText } from '../../draw/element';
import { Changes } from '../../draw/changes';
import { formatShare } from '../../draw/format';
import { CharacterMatrix, type MatrixCursor, type MatrixPicture } from '../parts/character-matrix';
import { DataTable } from '../parts/data-table';
import type { TableContent } from '../parts/table-content';
import { WalkRoom, type ShownWalk } from '../parts/walk-room';
import type { Panel, PanelContext, PanelView } from '../panel';
import { probeOf } from '../parts/probe';
import { HeadPicker } from './head-picker';
import { attentionHeads, headTitle, lookSentence, type AttentionHead } from './heads';

export const attention: Panel = {
  id: 'attention',
  title: 'Attention',
  place: 'second',
  startsFolded: true,
  isOffered: ({ preset }) => preset?.hyperparameters.nHead !== undefined,
  hasLeft: ({ inspection }) => inspection?.walk !== undefined,
  fact: ({ preset }) => {
    const { nLayer = 0, nHead = 0 } = preset?.hyperparameters ?? {};
    return `${nLayer} layers × ${nHead} heads`;
  },
  lookFor: () => ({
    short: 'Each row is a character that looks at itself and those before it.',
    more: 'A row sums to 1. Look for heads with a habit in this name: at itself, at the one before, or at the beginning, which is often read as rest. What a head changes also depends on its values and on c_proj, which follow. Attention knows no order by itself: places come in by wpe, which is added to the embeddings.',
  }),
  watches: (state, _, shared) => ({ walk: probeOf(state, shared) }),
  mount: (root, context) => new AttentionView(root, context),
};

/** A head, and the characters that look at each other. */
interface HeadData {
  readonly head: AttentionHead;
  readonly tokens: readonly string[];
}

class AttentionView implements PanelView {
  private readonly room: WalkRoom;
  private readonly heads: HeadPicker;
  private readonly title = element('h3');
  private readonly cursor: MatrixCursor = { cell: undefined };
  private readonly matrix: CharacterMatrix<HeadData>;
  private readonly reading = element('p', { class: 'quiet', id: 'attention-reading', 'aria-live': 'polite' });
  private readonly table: DataTable<HeadData>;
  private readonly changedWalk = new Changes();
  private all: readonly AttentionHead[] = [];
  private tokens: readonly string[] = [];

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.heads = new HeadPicker(context, head => context.settings.set('head', head));
    this.matrix = new CharacterMatrix(context, this.cursor, { pictureOf, describedBy: this.reading.id });
    this.table = new DataTable('Attention as a table', context.redraw, tableOf);
    const parts = [this.heads.root, this.title, this.matrix.root, this.reading, this.table.root];
    this.room = new WalkRoom(root, 'attention', context, element('div', {}, ...parts));
  }

  render(state: RunState): void {
    const shown = this.room.render(state);
    if (shown) this.draw(shown);
  }

  focus(): boolean {
    return this.room.focus();
  }

  dispose(): void {
    this.matrix.dispose();
  }

  private draw({ walk, info }: ShownWalk): void {
    if (this.changedWalk.of(walk, info)) {
      this.all = attentionHeads(walk);
      this.tokens = [info.boundary, ...walk.text];
    }
    const { all, tokens, cursor } = this;
    const chosen = Math.min(this.context.settings.get('head', 0), Math.max(0, all.length - 1));
    this.heads.draw({ heads: all, chosen });
    const head = all.at(chosen);
    if (!head) return;
    if (cursor.cell !== undefined && cursor.cell >= tokens.length ** 2) cursor.cell = undefined; // of a longer name
    setText(this.title, headTitle(head, tokens.length));
    this.matrix.draw({ head, tokens });
    setText(this.reading, cursor.cell === undefined ? invitation : lookSentence(head, tokens, cursor.cell));
    this.table.draw({ head, tokens });
  }
}

const invitation = 'Point at the picture, or press an arrow key on it, to read it.';

function pictureOf({ head, tokens }: HeadData): MatrixPicture {
  const n = tokens.length;
  const isLater = (cell: number): boolean => cell % n > Math.floor(cell / n);
  const number = (cell: number): string => (isLater(cell) ? '' : formatShare(at(head.weights, cell)));
  return {
    text: { tokens, number, isQuiet: isLater },
    shades: head.weights,
    tip: cell =>
      `${at(tokens, Math.floor(cell / n))} → ${at(tokens, cell % n)}  ${isLater(cell) ? '–' : at(head.weights, cell).toFixed(3)}`,
    name: `${headTitle(head, n)}: ${n} characters and whom they look at`,
  };
}

function tableOf({ head, tokens }: HeadData): TableContent {
  const n = tokens.length;
  return {
    caption: 'How much the character of a row looks at that of a column',
    columns: ['', ...tokens],
    rows: tokens.map((token, row) => {
      const weights = Array.from(head.weights.subarray(row * n, (row + 1) * n), (weight, column) =>
        column > row ? '' : weight.toFixed(3),
      );
      return [token, ...weights];
    }),
  };
}
