import { clamp } from '../../draw/clamp';
import type { Display } from '../../draw/display';
import { element } from '../../draw/element';
import { Figure, type Sheet } from '../../draw/figure';
import { stepOf } from '../../draw/keys';
import { drawMarks, drawMask } from '../../draw/matrix/mask-image';
import { layOutMask, maskCellAt, type MaskLayout } from '../../draw/matrix/mask-layout';
import type { SaturationLook } from './look';

/** A value of the image: a row, and a neuron as its column. */
export interface ImageCell {
  readonly row: number;
  readonly column: number;
}

interface MaskData {
  /** (rows, columns) of 1 and 0. */
  readonly mask: Uint8Array;
  readonly columns: number;
  /** What it shows, for those who do not see it. */
  readonly says: string;
}

/** What is drawn over the image. It has a new layout object after every painting. */
interface Marks {
  readonly layout: MaskLayout;
  readonly look: SaturationLook;
  readonly neuron: number | undefined;
  readonly cursor: ImageCell | undefined;
}

/** The image of a layer, with a cursor that the pointer or the arrow keys move. */
export class SaturationImage {
  readonly root: HTMLElement;
  cursor: ImageCell | undefined;
  private readonly pixels = element('canvas', { class: 'pixels', 'data-colors': 'fixed' });
  private readonly marks = element('canvas', { class: 'marks' });
  private readonly image: HTMLElement;
  private readonly picture: Figure<MaskData>;
  private readonly markings: Figure<Marks>;
  private layout: MaskLayout = layOutMask(0, 0, 0);

  /** @param choose a neuron: it was clicked, or Enter was pressed at it */
  constructor(
    describedBy: string,
    private readonly display: Display,
    private readonly choose: (neuron: number) => void,
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
    this.root = element('div', { class: 'mask-room' }, this.image); // the image may take less than its room
    this.picture = new Figure(display, (sheet, data) => this.paint(sheet, data), this.root);
    this.markings = new Figure(display, (sheet, marks) => this.paintMarks(sheet, marks));
    this.image.addEventListener('pointermove', event => this.moveTo(this.cellAt(event)));
    this.image.addEventListener('pointerleave', () => {
      if (document.activeElement !== this.image) this.moveTo(undefined);
    });
    this.image.addEventListener('click', event => this.choose(this.cellAt(event).column));
    this.image.addEventListener('keydown', event => this.key(event));
    this.image.addEventListener('focus', () => {
      if (!this.cursor) this.moveTo({ row: 0, column: 0 });
    });
    this.image.addEventListener('blur', () => this.moveTo(undefined));
  }

  draw(look: SaturationLook, neuron: number | undefined, says: string): void {
    this.picture.draw({ mask: look.mask.mask, columns: look.layer.activations.width, says });
    this.markings.draw({ layout: this.layout, look, neuron, cursor: this.cursor });
  }

  focus(): void {
    this.image.focus();
  }

  dispose(): void {
    this.picture.dispose();
  }

  private paint({ width }: Sheet, { mask, columns, says }: MaskData): void {
    this.layout = layOutMask(mask.length / columns, columns, width);
    const { rows, cellWidth, cellHeight, header, footer } = this.layout;
    this.image.style.width = `${columns * cellWidth}px`;
    this.image.style.height = `${header + rows * cellHeight + footer}px`;
    this.image.setAttribute('aria-label', says);
    drawMask(this.pixels, this.layout, mask);
    if (this.cursor && (this.cursor.row >= rows || this.cursor.column >= columns)) this.cursor = undefined;
  }

  /** Dead neurons have a full mark, possibly dead ones a hollow one. */
  private paintMarks(sheet: Sheet, { layout, look, neuron, cursor }: Marks): void {
    const { layer, mask, dead } = look;
    const full = dead.find(found => found.layer === layer.name)?.neurons ?? [];
    const hollow = mask.throughout.filter(other => !full.includes(other));
    const chosen = neuron !== undefined && neuron < layout.columns ? neuron : undefined;
    drawMarks(this.marks, layout, { full, hollow, chosen, cursor }, sheet);
  }

  private cellAt(event: MouseEvent): ImageCell {
    const box = this.image.getBoundingClientRect();
    return maskCellAt(this.layout, event.clientX - box.left, event.clientY - box.top);
  }

  private moveTo(cell: ImageCell | undefined): void {
    if (cell?.row === this.cursor?.row && cell?.column === this.cursor?.column) return;
    this.cursor = cell;
    this.display.redraw();
  }

  private key(event: KeyboardEvent): void {
    const { rows, columns } = this.layout;
    if (rows === 0 || event.altKey || event.metaKey) return;
    const { row, column } = this.cursor ?? { row: 0, column: 0 };
    const step = stepOf(event);
    if (!step && event.key !== 'Enter') return;
    event.preventDefault(); // the page would scroll
    if (step) this.moveTo({ row: clamp(row + step.y, 0, rows - 1), column: clamp(column + step.x, 0, columns - 1) });
    else this.choose(column);
  }
}
