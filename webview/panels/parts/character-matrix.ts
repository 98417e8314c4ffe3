import './character-matrix.css';
import { clamp } from '../../draw/clamp';
import type { Display } from '../../draw/display';
import { element, setText } from '../../draw/element';
import { Figure, type Sheet } from '../../draw/figure';
import { cellAt, drawHeatmap, layOut, type MatrixLayout } from '../../draw/matrix/heatmap';
import { stepOf } from '../../draw/keys';
import { drawCursor, drawLabels, type MatrixText } from '../../draw/matrix/matrix-labels';
import type { Theme } from '../../draw/theme';

export interface MatrixPicture {
  readonly text: MatrixText;
  /** (n, n) from 0 to 1. */
  readonly shades: Float32Array;
  /** What it is, for those who do not see it. */
  readonly name: string;
  /** What stands at the pointer over a cell. */
  readonly tip: (cell: number) => string;
  /** What the commands of the context menu get to know of a cell, where there are any. */
  readonly menu?: ((first: string, second: string) => Readonly<Record<string, string>>) | undefined;
}

/** Where the pointer or the keyboard is, on all matrices of the same characters. */
export interface MatrixCursor {
  cell: number | undefined;
}

/** What is drawn over the picture. It has a new layout object after every painting. */
interface Marks {
  readonly layout: MatrixLayout;
  readonly tokens: readonly string[];
  readonly cell: number | undefined;
}

interface MatrixOptions<Data> {
  readonly pictureOf: (data: Data, theme: Theme) => MatrixPicture;
  /** On a click, or Enter. */
  readonly onChoose?: (cell: number) => void;
  /** The id of the element that describes the cell at the cursor. */
  readonly describedBy: string;
}

/** The picture of a square matrix of characters, with a cursor that the pointer or the arrow keys move. */
export class CharacterMatrix<Data extends object> {
  readonly root: HTMLElement;
  private readonly pixels = element('canvas', { class: 'pixels' });
  private readonly labels = element('canvas');
  private readonly marks = element('canvas');
  private readonly tip = element('div', { class: 'matrix-tip characters', 'aria-hidden': 'true', hidden: true });
  private readonly picture: Figure<Data>;
  private readonly markings: Figure<Marks>;
  private layout: MatrixLayout = layOut(0, 0);
  private tokens: readonly string[] = [];
  private menu: MatrixPicture['menu'];
  private tipOf: MatrixPicture['tip'] = () => '';

  constructor(
    private readonly display: Display,
    private readonly cursor: MatrixCursor,
    private readonly options: MatrixOptions<Data>,
  ) {
    this.root = element(
      'div',
      {
        class: 'matrix',
        tabindex: 0,
        role: 'application',
        'aria-roledescription': 'matrix',
        'aria-describedby': options.describedBy,
      },
      this.pixels,
      this.labels,
      this.marks,
      this.tip,
    );
    this.picture = new Figure(display, (sheet, data) => this.paint(sheet, data), this.root);
    this.markings = new Figure(display, (sheet, marks) => this.paintMarks(sheet, marks));
    this.root.addEventListener('pointermove', event => this.point(event));
    this.root.addEventListener('pointerdown', event => this.point(event));
    this.root.addEventListener('pointerleave', () => (this.tip.hidden = true));
    this.root.addEventListener('click', event => this.choose(event));
    this.root.addEventListener('keydown', event => this.key(event));
    this.root.addEventListener('focus', () => {
      if (this.cursor.cell === undefined) this.moveTo(0);
    });
  }

  draw(data: Data): void {
    this.picture.draw(data);
    this.markings.draw({ layout: this.layout, tokens: this.tokens, cell: this.cursor.cell });
  }

  dispose(): void {
    this.picture.dispose();
  }

  private paint(sheet: Sheet, data: Data): void {
    const { text, shades, name, menu, tip } = this.options.pictureOf(data, sheet.theme);
    this.tokens = text.tokens;
    this.menu = menu;
    this.tipOf = tip;
    // The first picture comes before the room is measured, and would make the page jump.
    this.layout = layOut(text.tokens.length, sheet.width || this.root.clientWidth);
    this.root.style.height = `${this.layout.size}px`;
    this.root.setAttribute('aria-label', name);
    drawHeatmap(this.pixels, this.layout, shades, sheet.theme.scale);
    drawLabels(this.labels, this.layout, shades, text, sheet);
  }

  private paintMarks(sheet: Sheet, { layout, tokens, cell }: Marks): void {
    drawCursor(this.marks, layout, tokens, cell, sheet);
    this.offerMenu(); // the cursor may have been moved on another matrix
  }

  private moveTo(cell: number): void {
    if (cell === this.cursor.cell || this.tokens.length === 0) return;
    this.cursor.cell = cell;
    this.offerMenu();
    this.display.redraw();
  }

  private point(event: MouseEvent): void {
    const cell = this.cellUnder(event);
    this.tip.hidden = cell === undefined;
    if (cell === undefined) return;
    this.moveTo(cell);
    this.showTip(cell, event);
  }

  /** Beside the pointer, on the side with more room: what is below it stays in sight. */
  private showTip(cell: number, { clientX, clientY }: MouseEvent): void {
    setText(this.tip, this.tipOf(cell));
    const { left, top, width, height } = this.root.getBoundingClientRect();
    const [x, y] = [clientX - left, clientY - top];
    this.tip.style.left = `${x}px`;
    this.tip.style.top = `${y}px`;
    this.tip.classList.toggle('to-left', x > width / 2);
    this.tip.classList.toggle('above', y > height / 2);
  }

  private choose(event: MouseEvent): void {
    const cell = this.cellUnder(event);
    if (cell !== undefined) this.options.onChoose?.(cell);
  }

  private cellUnder({ clientX, clientY }: MouseEvent): number | undefined {
    const { left, top } = this.root.getBoundingClientRect();
    return cellAt(this.layout, clientX - left, clientY - top);
  }

  private key(event: KeyboardEvent): void {
    const n = this.tokens.length;
    if (n === 0 || event.altKey || event.metaKey) return;
    const at = this.cursor.cell ?? 0;
    if (event.key === 'Enter') this.options.onChoose?.(at);
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault(); // the page would scroll
    const [row, column] = [Math.floor(at / n) + step.y, (at % n) + step.x];
    this.moveTo(clamp(row, 0, n - 1) * n + clamp(column, 0, n - 1));
  }

  /** VS Code hands this to the commands of the context menu, which opens for the pointer and for the menu key. */
  private offerMenu(): void {
    const at = this.cursor.cell;
    const n = this.tokens.length;
    const [first, second] = at === undefined ? [] : [this.tokens[Math.floor(at / n)], this.tokens[at % n]];
    const cell = first !== undefined && second !== undefined ? this.menu?.(first, second) : {};
    this.root.dataset.vscodeContext = JSON.stringify({ preventDefaultContextMenuItems: true, ...cell });
  }
}
