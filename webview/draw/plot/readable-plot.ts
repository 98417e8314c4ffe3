import './readable-plot.css';
import { clamp } from '../clamp';
import { toCss } from '../color';
import type { Display } from '../display';
import { element, setText } from '../element';
import { stepOf } from '../keys';
import { indexOfNearest } from '../line/nearest';
import { valueAt, xIn, type Cursor, type Ground } from './plane';
import { Plot, type PlotSheet } from './plot';
import { strokeLine } from '../strokes';
import type { Theme } from '../theme';

/** A picture that is read at a cursor. */
export interface ReadablePicture {
  /** In CSS pixels. */
  readonly height: number;
  /** The picture in a sentence, for those who do not see it. */
  readonly says: string;
  readonly paint: (context: CanvasRenderingContext2D, width: number, height: number) => Ground;
  /** Says what is at a place. */
  readonly read: (cursor: Cursor) => string;
}

/** This many presses of an arrow key cross the whole axis. */
const presses = 50;
const invitation = 'Point at the picture, or press an arrow key on it, to read it.';

/** A picture with a cursor that the pointer or the arrow keys move, and a line below it that says what is there. */
export class ReadablePlot<Data extends object> {
  readonly root: HTMLElement;
  private readonly plot: Plot<Data & { readonly cursor: Cursor | undefined }>;
  private readonly frame: HTMLElement;
  private readonly reading: HTMLElement;
  private ground: Ground | undefined;
  private cursor: Cursor | undefined;
  private lastRead: Cursor | undefined;

  constructor(
    id: string,
    name: string,
    private readonly display: Display,
    private readonly pictureOf: (data: Data, theme: Theme, cursor: Cursor | undefined) => ReadablePicture,
  ) {
    this.plot = new Plot(name, display, (sheet, data) => this.paint(sheet, data));
    this.frame = element(
      'div',
      {
        class: 'readable',
        tabindex: 0,
        role: 'application',
        'aria-roledescription': 'chart',
        'aria-label': name,
        'aria-describedby': `${id}-reading`,
      },
      this.plot.root,
    );
    this.reading = element('p', { class: 'reading quiet', id: `${id}-reading` });
    this.root = element('div', {}, this.frame, this.reading);
    this.frame.addEventListener('pointermove', event => this.point(event));
    this.frame.addEventListener('pointerdown', event => this.point(event));
    this.frame.addEventListener('pointerleave', () => this.moveTo(undefined));
    this.frame.addEventListener('keydown', event => this.key(event));
  }

  draw(data: Data): void {
    this.plot.draw({ ...data, cursor: this.cursor });
  }

  dispose(): void {
    this.plot.dispose();
  }

  private paint({ begin, width, theme }: PlotSheet, data: Data): void {
    const { height, says, paint, read } = this.pictureOf(data, theme, this.cursor);
    this.plot.describe(says);
    const context = begin(height);
    this.ground = paint(context, width, height);
    if (this.cursor) drawCursor(context, this.ground, this.cursor, theme);
    this.read(read);
  }

  /** Read aloud when the cursor has moved, but not for every new number under it. */
  private read(read: ReadablePicture['read']): void {
    this.reading.ariaLive = this.cursor === this.lastRead ? 'off' : 'polite';
    this.lastRead = this.cursor;
    setText(this.reading, this.cursor ? read(this.cursor) : invitation);
  }

  private moveTo(cursor: Cursor | undefined): void {
    if (cursor?.x === this.cursor?.x && cursor?.row === this.cursor?.row) return;
    this.cursor = cursor;
    this.display.redraw();
  }

  private point(event: PointerEvent): void {
    if (!this.ground) return;
    const { plane, rows } = this.ground;
    const box = this.frame.getBoundingClientRect();
    const row = indexOfNearest(rows, event.clientY - box.top);
    this.moveTo({ x: valueAt(plane, event.clientX - box.left), row });
  }

  private key(event: KeyboardEvent): void {
    if (!this.ground || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') {
      this.moveTo(undefined);
      return;
    }
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault(); // the page would scroll
    const { plane, rows } = this.ground;
    const { min, max } = plane.x;
    const last = rows.length - 1;
    const { x, row } = this.cursor ?? { x: (min + max) / 2, row: last };
    const width = (max - min) / presses;
    this.moveTo({ x: clamp(x + step.x * width, min, max), row: clamp(row + step.y, 0, last) });
  }
}

/** A vertical line; none where the axis has changed and no longer has the place. */
function drawCursor(context: CanvasRenderingContext2D, { plane }: Ground, cursor: Cursor, theme: Theme): void {
  if (cursor.x < plane.x.min || cursor.x > plane.x.max) return;
  context.setLineDash([]);
  context.lineWidth = 1;
  context.strokeStyle = toCss(theme.foreground);
  const x = xIn(plane, cursor.x);
  strokeLine(context, x, plane.top, x, plane.bottom);
}
