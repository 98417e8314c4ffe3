import { clamp } from './clamp';
import { toCss } from './color';
import { element, setText } from './element';
import { stepOf } from './keys';
import { valueAt, xIn, type Cursor, type Ground } from './plane';
import { Plot } from './plot';
import { strokeLine } from './strokes';
import type { Theme } from './theme';

/** An arrow key goes through the whole axis in so many presses. */
const presses = 50;
const invitation = 'Point at the picture, or press an arrow key on it, to read it.';

/** A picture with a cursor that the pointer or the arrow keys move, and a line below it for what is read there. */
export class ReadablePlot {
  readonly root: HTMLElement;
  cursor: Cursor | undefined;
  private readonly plot: Plot;
  private readonly frame: HTMLElement;
  private readonly reading: HTMLElement;
  private ground: Ground | undefined;
  private told: Cursor | undefined;

  /** @param onChange asks for a frame: the width or the cursor is another one */
  constructor(
    id: string,
    name: string,
    private readonly onChange: () => void,
  ) {
    this.plot = new Plot(name, onChange);
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

  /** In CSS pixels; 0 as long as it has no place. */
  get width(): number {
    return this.plot.width;
  }

  /** @param says the picture in a sentence, for those who do not see it */
  draw(
    height: number,
    says: string,
    paint: (context: CanvasRenderingContext2D, width: number, height: number) => Ground,
    theme: Theme,
  ): void {
    this.plot.root.setAttribute('aria-label', says);
    const context = this.plot.begin(height);
    this.ground = paint(context, this.width, height);
    const { plane } = this.ground;
    if (!this.cursor || this.cursor.x < plane.x.min || this.cursor.x > plane.x.max) return; // the axis may be another one
    context.setLineDash([]);
    context.lineWidth = 1;
    context.strokeStyle = toCss(theme.foreground);
    const x = xIn(plane, this.cursor.x);
    strokeLine(context, x, plane.top, x, plane.bottom);
  }

  /**
   * Says what is read at the cursor, or how to read: aloud where the cursor has moved, and not with every new number.
   */
  read(tell: (cursor: Cursor) => string): void {
    this.reading.ariaLive = this.cursor === this.told ? 'off' : 'polite';
    this.told = this.cursor;
    setText(this.reading, this.cursor ? tell(this.cursor) : invitation);
  }

  dispose(): void {
    this.plot.dispose();
  }

  private moveTo(cursor: Cursor | undefined): void {
    if (cursor?.x === this.cursor?.x && cursor?.row === this.cursor?.row) return;
    this.cursor = cursor;
    this.onChange();
  }

  private point(event: PointerEvent): void {
    if (!this.ground) return;
    const { plane, rows } = this.ground;
    const box = this.frame.getBoundingClientRect();
    const y = event.clientY - box.top;
    const distance = (row: number): number => Math.abs(rows[row] - y);
    const nearest = rows.reduce((best, _, row) => (distance(row) < distance(best) ? row : best), 0);
    this.moveTo({ x: valueAt(plane, event.clientX - box.left), row: nearest });
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
