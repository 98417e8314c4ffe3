import { clamp } from '../../draw/clamp';
import { element } from '../../draw/element';
import { cellAt, drawHeatmap, layOut, type MatrixLayout } from '../../draw/heatmap';
import { stepOf } from '../../draw/keys';
import { drawCursor, drawLabels, type MatrixText } from '../../draw/matrix-labels';
import type { Theme } from '../../draw/theme';

export interface MatrixPicture {
  readonly text: MatrixText;
  /** (n, n) from 0 to 1. */
  readonly shades: Float32Array;
  /** What it is, for those who do not see it. */
  readonly name: string;
  /** What the commands of the context menu are told of a cell, where there are any. */
  readonly menu?: (first: string, second: string) => Readonly<Record<string, string>>;
}

/** Where the pointer or the keyboard is, on all matrices of the same characters. */
export interface MatrixCursor {
  cell: number | undefined;
}

/** The picture of a square matrix of characters, with a cursor that the pointer or the arrow keys move. */
export class CharacterMatrix {
  readonly root: HTMLElement;
  /** The room it has, in CSS pixels. */
  width = 0;
  private readonly pixels = element('canvas', { class: 'pixels' });
  private readonly labels = element('canvas');
  private readonly marks = element('canvas');
  private readonly resized: ResizeObserver;
  private layout: MatrixLayout = layOut(0, 0);
  private tokens: readonly string[] = [];
  private menu: MatrixPicture['menu'];

  constructor(
    private readonly cursor: MatrixCursor,
    private readonly handlers: {
      /** The width or the cursor is another one: a frame is needed. */
      readonly onChange: () => void;
      /** A click, or Enter. */
      readonly onChoose: (cell: number) => void;
    },
    describedBy: string,
  ) {
    this.root = element(
      'div',
      {
        class: 'matrix',
        tabindex: 0,
        role: 'application',
        'aria-roledescription': 'matrix',
        'aria-describedby': describedBy,
      },
      this.pixels,
      this.labels,
      this.marks,
    );
    this.resized = new ResizeObserver(() => {
      if (this.root.clientWidth === this.width) return;
      this.width = this.root.clientWidth;
      this.handlers.onChange();
    });
    this.resized.observe(this.root);
    this.root.addEventListener('pointermove', event => this.point(event));
    this.root.addEventListener('pointerdown', event => this.point(event));
    this.root.addEventListener('click', event => this.choose(event));
    this.root.addEventListener('keydown', event => this.key(event));
    this.root.addEventListener('focus', () => {
      if (this.cursor.cell === undefined) this.moveTo(0);
    });
  }

  draw({ text, shades, name, menu }: MatrixPicture, theme: Theme): void {
    this.tokens = text.tokens;
    this.menu = menu;
    this.layout = layOut(text.tokens.length, this.width || this.root.clientWidth);
    this.root.style.height = `${this.layout.size}px`;
    this.root.setAttribute('aria-label', name);
    drawHeatmap(this.pixels, this.layout, shades, theme.scale);
    drawLabels(this.labels, this.layout, shades, text, theme);
  }

  drawCursor(theme: Theme): void {
    drawCursor(this.marks, this.layout, this.tokens, this.cursor.cell, theme);
    this.offerMenu(); // it may have been moved on another matrix
  }

  dispose(): void {
    this.resized.disconnect();
  }

  private moveTo(cell: number): void {
    if (cell === this.cursor.cell || this.tokens.length === 0) return;
    this.cursor.cell = cell;
    this.offerMenu();
    this.handlers.onChange();
  }

  private point(event: MouseEvent): void {
    const cell = this.cellUnder(event);
    if (cell !== undefined) this.moveTo(cell);
  }

  private choose(event: MouseEvent): void {
    const cell = this.cellUnder(event);
    if (cell !== undefined) this.handlers.onChoose(cell);
  }

  private cellUnder({ clientX, clientY }: MouseEvent): number | undefined {
    const { left, top } = this.root.getBoundingClientRect();
    return cellAt(this.layout, clientX - left, clientY - top);
  }

  private key(event: KeyboardEvent): void {
    const n = this.tokens.length;
    if (n === 0 || event.altKey || event.metaKey) return;
    const at = this.cursor.cell ?? 0;
    if (event.key === 'Enter') this.handlers.onChoose(at);
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault(); // the page would scroll
    const [row, column] = [Math.floor(at / n) + step.y, (at % n) + step.x];
    this.moveTo(clamp(row, 0, n - 1) * n + clamp(column, 0, n - 1));
  }

  /** VS Code hands this to the commands of the context menu, which it opens for the pointer and the menu key alike. */
  private offerMenu(): void {
    const at = this.cursor.cell;
    const n = this.tokens.length;
    const told = at === undefined ? {} : this.menu?.(this.tokens[Math.floor(at / n)], this.tokens[at % n]);
    this.root.dataset.vscodeContext = JSON.stringify({ preventDefaultContextMenuItems: true, ...told });
  }
}
