import './chart-zoom.css';
import { clamp } from '../clamp';
import { element } from '../element';
import type { Range } from './ranges';
import { afterKey, between } from './zoom';

/** Where a chart draws its lines, and which values are there. */
export interface PlotArea {
  /** In CSS pixels from the left and top of the chart. */
  area(): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** The value of the horizontal axis at a distance from the left. */
  valueAt(x: number): number;
}

/** A shorter drag is a click. */
const leastDrag = 4;

/** Zooms into a part of the horizontal axis, by dragging over it or by the keyboard. */
export class ChartZoom {
  /** Undefined while the whole axis shows. */
  range: Range | undefined;
  whole: Range = { min: 0, max: 0 };
  private readonly selection = element('div', { class: 'chart-selection', hidden: true });
  /** Where dragging began. */
  private start: number | undefined;

  /** @param root the focusable element around the canvas */
  constructor(
    private readonly root: HTMLElement,
    private readonly plot: PlotArea,
    private readonly onChange: () => void,
  ) {
    root.append(this.selection);
    root.addEventListener('pointerdown', event => this.begin(event));
    root.addEventListener('pointermove', event => this.drag(event));
    root.addEventListener('pointerup', event => this.end(event));
    root.addEventListener('pointercancel', () => this.endSelection());
    root.addEventListener('dblclick', () => this.reset());
    root.addEventListener('keydown', event => this.key(event));
  }

  reset(): void {
    this.show(undefined);
  }

  private show(range: Range | undefined): void {
    if (range === this.range) return;
    this.range = range;
    this.onChange();
  }

  private begin(event: PointerEvent): void {
    if (event.button !== 0 || event.pointerType === 'touch') return; // a finger scrolls the page
    this.start = this.placeOf(event);
    this.root.setPointerCapture(event.pointerId);
  }

  private drag(event: PointerEvent): void {
    if (this.start === undefined) return;
    const { top, bottom } = this.plot.area();
    const x = this.placeOf(event);
    const { style } = this.selection;
    style.left = `${Math.min(x, this.start)}px`;
    style.width = `${Math.abs(x - this.start)}px`;
    style.top = `${top}px`;
    style.height = `${bottom - top}px`;
    this.selection.hidden = Math.abs(x - this.start) < leastDrag;
  }

  private end(event: PointerEvent): void {
    const { start } = this;
    if (start === undefined) return;
    this.endSelection();
    const x = this.placeOf(event);
    if (Math.abs(x - start) < leastDrag) return;
    const range = between(this.plot.valueAt(start), this.plot.valueAt(x), this.whole);
    if (range) this.show(range);
  }

  private endSelection(): void {
    this.start = undefined;
    this.selection.hidden = true;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape' && this.start !== undefined) {
      this.endSelection();
      return;
    }
    const range = afterKey(event.key, this.range, this.whole);
    if (range === null) return;
    event.preventDefault(); // the page would scroll
    this.show(range);
  }

  /** In pixels from the left, clamped to the area of the lines. */
  private placeOf(event: PointerEvent): number {
    const { left, right } = this.plot.area();
    return clamp(event.clientX - this.root.getBoundingClientRect().left, left, right);
  }
}
