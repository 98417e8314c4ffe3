import './plot.css';
import type { Display } from '../display';
import { element } from '../element';
import { Figure, type Sheet } from '../figure';
import { sharpContext } from '../sharp-context';

export interface PlotSheet extends Sheet {
  /** Empties the canvas and makes it so high, in CSS pixels. */
  readonly begin: (height: number) => CanvasRenderingContext2D;
}

/** A figure on a single canvas, as wide as its place. */
export class Plot<Data extends object> {
  private readonly canvas = element('canvas');
  readonly root = element('div', { class: 'plot', role: 'img' }, this.canvas);
  private readonly figure: Figure<Data>;

  constructor(name: string, display: Display, paint: (sheet: PlotSheet, data: Data) => void) {
    this.describe(name);
    const paintSheet = (sheet: Sheet, data: Data): void => {
      const begin: PlotSheet['begin'] = height => sharpContext(this.canvas, sheet.width, height, sheet.pixelRatio);
      paint({ ...sheet, begin }, data);
    };
    this.figure = new Figure(display, paintSheet, this.root);
  }

  /** In CSS pixels; 0 until it is laid out. */
  get width(): number {
    return this.figure.width;
  }

  /** Says what the picture shows, for those who do not see it. */
  describe(says: string): void {
    this.root.setAttribute('aria-label', says);
  }

  draw(data: Data): void {
    this.figure.draw(data);
  }

  dispose(): void {
    this.figure.dispose();
  }
}
