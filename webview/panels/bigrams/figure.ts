import { at } from '../../../src/shared/at';
import { element, setText } from '../../draw/element';
import { Figure } from '../../draw/figure';
import { formatInteger } from '../../draw/format';
import { CharacterMatrix, type MatrixCursor, type MatrixPicture } from '../parts/character-matrix';
import type { BigramPicture } from './picture';
import { DataTable } from '../parts/data-table';
import type { PanelContext } from '../panel';
import { ScaleLegend } from '../parts/scale-legend';
import type { TableContent } from '../parts/table-content';

/** What a figure of bigrams shows. */
export interface BigramData {
  readonly picture: BigramPicture;
  readonly tokens: readonly string[];
  /** The character before the bigrams, where trigrams are drawn. */
  readonly after: string | undefined;
}

/** A matrix with its title, its legend and its table. */
export class BigramFigure {
  readonly root: HTMLElement;
  readonly table: DataTable<BigramData>;
  readonly matrix: CharacterMatrix<BigramData>;
  private readonly title = element('h3');
  private readonly legend: Figure<Pick<BigramData, 'picture'>>;

  constructor(
    context: PanelContext,
    cursor: MatrixCursor,
    /** The id of the element that describes the cell at the cursor. */
    describedBy: string,
    summary: string,
    onChoose: (cell: number) => void,
  ) {
    this.matrix = new CharacterMatrix(context, cursor, { pictureOf, onChoose, describedBy });
    this.table = new DataTable('Bigrams as a table', context.redraw, tableOf, summary);
    const legend = new ScaleLegend();
    this.legend = new Figure(context, ({ theme }, { picture }) =>
      legend.draw(picture.ticks, picture.says, theme.scale),
    );
    this.root = element('div', { class: 'figure' }, this.title, this.matrix.root, legend.root);
  }

  /** @param alone whether this is the only matrix, which needs no title */
  draw(data: BigramData, alone: boolean): void {
    const { picture } = data;
    this.title.hidden = alone;
    setText(this.title, picture.title);
    this.matrix.draw(data);
    this.legend.draw({ picture });
    this.table.draw(data);
  }

  hide(hidden: boolean): void {
    this.root.hidden = this.table.root.hidden = hidden;
  }

  dispose(): void {
    this.matrix.dispose();
  }
}

function pictureOf({ picture, tokens, after }: BigramData): MatrixPicture {
  const { title, short, long, isQuiet, shades } = picture;
  const n = tokens.length;
  const cells = `${formatInteger(tokens.length ** 2)} ${after === undefined ? 'bigrams' : `trigrams after “${after}”`}`;
  return {
    text: { tokens, number: short, isQuiet },
    shades,
    tip: cell => `${after ?? ''}${at(tokens, Math.floor(cell / n))}${at(tokens, cell % n)}  ${long(cell)}`,
    name: `${title} of ${cells}. The arrow keys move a cursor, Enter lists the names that hold it.`,
    menu: after === undefined ? bigramMenu : undefined,
  };
}

function bigramMenu(first: string, second: string): Readonly<Record<string, string>> {
  return { webviewSection: 'bigram', first, second };
}

function tableOf({ picture, tokens, after }: BigramData): TableContent {
  return {
    caption: `${picture.title}: rows are ${after === undefined ? 'first' : 'second'} characters`,
    columns: ['', ...tokens],
    rows: bigramRows(tokens, picture.long),
  };
}

function* bigramRows(tokens: readonly string[], write: (cell: number) => string): Generator<string[]> {
  for (const [row, token] of tokens.entries())
    yield [token, ...tokens.map((_, column) => write(row * tokens.length + column))];
}
