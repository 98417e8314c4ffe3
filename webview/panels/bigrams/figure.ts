import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { CharacterMatrix, type MatrixCursor } from '../parts/character-matrix';
import type { BigramPicture } from './picture';
import { bigramRows } from './table';
import { DataTable } from '../parts/data-table';
import type { PanelContext } from '../panel';
import { ScaleLegend } from '../parts/scale-legend';

/** A matrix with its title, its legend and its table. */
export class BigramFigure {
  readonly root: HTMLElement;
  readonly table: DataTable;
  readonly matrix: CharacterMatrix;
  private readonly title = element('h3');
  private readonly legend = new ScaleLegend();
  private readonly changedPicture = new Changes();
  private readonly changedCursor = new Changes();
  private readonly changedTable = new Changes();

  constructor(
    private readonly context: PanelContext,
    private readonly cursor: MatrixCursor,
    /** The id of what tells about the cell at the cursor. */
    describedBy: string,
    summary: string,
    onChoose: (cell: number) => void,
  ) {
    this.matrix = new CharacterMatrix(cursor, { onChange: context.redraw, onChoose }, describedBy);
    this.table = new DataTable('Bigrams as a table', context.redraw, summary);
    this.root = element('div', { class: 'figure' }, this.title, this.matrix.root, this.legend.root);
  }

  /**
   * @param alone whether there is no other one that it has to be told from
   * @param after the character before, where trigrams are drawn
   */
  draw(picture: BigramPicture, tokens: readonly string[], alone: boolean, after: string | undefined): void {
    const { theme } = this.context;
    const { matrix } = this;
    if (this.changedPicture.of(picture, tokens, alone, theme, matrix.width, window.devicePixelRatio)) {
      this.title.hidden = alone;
      setText(this.title, picture.title);
      const cells = `${formatInteger(tokens.length ** 2)} ${after === undefined ? 'bigrams' : `trigrams after “${after}”`}`;
      const name = `${picture.title} of ${cells}. The arrow keys move a cursor, Enter lists the names that hold it.`;
      const { short, isQuiet, shades } = picture;
      const offer = after === undefined && { menu: bigramMenu };
      matrix.draw({ text: { tokens, number: short, isQuiet }, shades, name, ...offer }, theme);
      this.legend.draw(picture.ticks, picture.says, theme.scale);
    }
    if (this.changedCursor.of(picture, theme, matrix.width, this.cursor.cell)) matrix.drawCursor(theme);
    if (this.table.isOpen && this.changedTable.of(picture))
      this.table.fill(
        `${picture.title}: rows are ${after === undefined ? 'first' : 'second'} characters`,
        ['', ...tokens],
        bigramRows(tokens, picture.long),
      );
  }

  hide(hidden: boolean): void {
    this.root.hidden = this.table.root.hidden = hidden;
  }

  dispose(): void {
    this.matrix.dispose();
  }
}

function bigramMenu(first: string, second: string): Readonly<Record<string, string>> {
  return { webviewSection: 'bigram', first, second };
}
