import { clamp } from '../../draw/clamp';
import { element } from '../../draw/element';
import { stepOf } from '../../draw/keys';
import { drawMarks, drawMask, type MaskMarks } from '../../draw/mask-image';
import { layOutMask, maskCellAt, type MaskLayout } from '../../draw/mask-layout';
import type { Theme } from '../../draw/theme';

/** A value of the image: a row, and a neuron as its column. */
export interface ImageCell {
  readonly row: number;
  readonly column: number;
}

interface ImageActions {
  /** Asks for a frame: the width or the cursor is another one. */
  readonly redraw: () => void;
  /** A neuron was clicked, or Enter was pressed at it. */
  readonly choose: (neuron: number) => void;
}

/** The image of a layer, with a cursor that the pointer or the arrow keys move. */
export class SaturationImage {
  readonly root: HTMLElement;
  /** The room it has, in CSS pixels; the image may take less. */
  width = 0;
  cursor: ImageCell | undefined;
  private readonly pixels = element('canvas', { class: 'pixels', 'data-colors': 'fixed' });
  private readonly marks = element('canvas', { class: 'marks' });
  private readonly image: HTMLElement;
  private readonly resized: ResizeObserver;
  private layout: MaskLayout = layOutMask(0, 0, 0);

  constructor(
    describedBy: string,
    private readonly actions: ImageActions,
  ) {
    this.image = element(
      'div',
      {
        class: 'mask',
        tabindex: 0,
        role: 'application',
        'aria-roledescription': 'image',
        'aria-label': 'Saturation',
        'aria-describedby': describedBy,
      },
      this.pixels,
      this.marks,
    );
    this.root = element('div', { class: 'mask-room' }, this.image);
    this.resized = new ResizeObserver(() => {
      if (this.root.clientWidth === this.width) return;
      this.width = this.root.clientWidth;
      actions.redraw();
    });
    this.resized.observe(this.root);
    this.image.addEventListener('pointermove', event => this.moveTo(this.cellAt(event)));
    this.image.addEventListener('pointerleave', () => {
      if (document.activeElement !== this.image) this.moveTo(undefined);
    });
    this.image.addEventListener('click', event => actions.choose(this.cellAt(event).column));
    this.image.addEventListener('keydown', event => this.key(event));
    this.image.addEventListener('focus', () => {
      if (!this.cursor) this.moveTo({ row: 0, column: 0 });
    });
    this.image.addEventListener('blur', () => this.moveTo(undefined));
  }

  /** @param mask (rows, columns) of 1 and 0 */
  draw(mask: Uint8Array, columns: number, name: string): void {
    this.layout = layOutMask(mask.length / columns, columns, this.width);
    const { rows, cellWidth, cellHeight, header, footer } = this.layout;
    this.image.style.width = `${columns * cellWidth}px`;
    this.image.style.height = `${header + rows * cellHeight + footer}px`;
    this.image.setAttribute('aria-label', name);
    drawMask(this.pixels, this.layout, mask);
    if (this.cursor && (this.cursor.row >= rows || this.cursor.column >= columns)) this.cursor = undefined;
  }

  drawMarks(marks: Omit<MaskMarks, 'cursor'>, theme: Theme): void {
    drawMarks(this.marks, this.layout, { ...marks, cursor: this.cursor }, theme);
  }

  focus(): void {
    this.image.focus();
  }

  dispose(): void {
    this.resized.disconnect();
  }

  private cellAt(event: MouseEvent): ImageCell {
    const box = this.image.getBoundingClientRect();
    return maskCellAt(this.layout, event.clientX - box.left, event.clientY - box.top);
  }

  private moveTo(cell: ImageCell | undefined): void {
    if (cell?.row === this.cursor?.row && cell?.column === this.cursor?.column) return;
    this.cursor = cell;
    this.actions.redraw();
  }

  private key(event: KeyboardEvent): void {
    const { rows, columns } = this.layout;
    if (rows === 0 || event.altKey || event.metaKey) return;
    const { row, column } = this.cursor ?? { row: 0, column: 0 };
    const step = stepOf(event);
    if (!step && event.key !== 'Enter') return;
    event.preventDefault(); // the page would scroll
    if (step) this.moveTo({ row: clamp(row + step.y, 0, rows - 1), column: clamp(column + step.x, 0, columns - 1) });
    else this.actions.choose(column);
  }
}
