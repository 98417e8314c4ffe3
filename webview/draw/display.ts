import { ThemeWatcher } from './theme-watcher';
import type { Theme } from './theme';

/** What every picture of a page depends on, besides its data and its width. */
export interface Display {
  readonly theme: Theme;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** Asks for another frame, in which whatever has changed is drawn. */
  readonly redraw: () => void;
}

/** The display of this page: a new theme, another screen, and zooming in or out each ask for a frame. */
export class PageDisplay implements Display {
  pixelRatio = 1;
  private readonly themes: ThemeWatcher;
  private readonly disposed = new AbortController();
  private query: MediaQueryList | undefined;

  constructor(readonly redraw: () => void) {
    this.themes = new ThemeWatcher(redraw);
    this.watchPixelRatio();
  }

  get theme(): Theme {
    return this.themes.current;
  }

  dispose(): void {
    this.themes.dispose();
    this.disposed.abort();
  }

  /** A media query matches a single ratio, so every change takes a new query. */
  private watchPixelRatio(): void {
    this.pixelRatio = window.devicePixelRatio;
    this.query = window.matchMedia(`(resolution: ${this.pixelRatio}dppx)`);
    const onChange = (): void => {
      this.watchPixelRatio();
      this.redraw();
    };
    this.query.addEventListener('change', onChange, { once: true, signal: this.disposed.signal });
  }
}
