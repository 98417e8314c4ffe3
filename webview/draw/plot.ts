import './plot.css';
import { element } from './element';
import { sharpContext } from './sharp-context';

/** A picture as wide as its place, drawn at the resolution of the screen. */
export class Plot {
  private readonly canvas = element('canvas');
  readonly root = element('div', { class: 'plot', role: 'img' }, this.canvas);
  /** In CSS pixels; 0 as long as it has no place. */
  width = 0;
  private readonly resized: ResizeObserver;

  /** @param onResize asks for a frame */
  constructor(name: string, onResize: () => void) {
    this.root.setAttribute('aria-label', name);
    this.resized = new ResizeObserver(() => {
      if (this.root.clientWidth === this.width) return;
      this.width = this.root.clientWidth;
      onResize();
    });
    this.resized.observe(this.root);
  }

  /** Empties it for a new picture. */
  begin(height: number): CanvasRenderingContext2D {
    return sharpContext(this.canvas, this.width, height);
  }

  dispose(): void {
    this.resized.disconnect();
  }
}
