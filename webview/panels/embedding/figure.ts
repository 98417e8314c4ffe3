import { Changes } from '../../draw/changes';
import { clamp } from '../../draw/clamp';
import { stepOf } from '../../draw/keys';
import { Plot } from '../../draw/plot';
import { drawScatter } from '../../draw/scatter';
import { heightOf, placesOf, radiusOf, type ScatterPicture } from '../../draw/scatter-picture';
import type { Theme } from '../../draw/theme';

/** Wider, and the points would lie too far apart to be seen together. */
const widest = 560;

/** The picture of points in a plane, one of which the pointer or the keyboard chooses. */
export class EmbeddingFigure {
  /** The point that is chosen. */
  at: number | undefined;
  private readonly plot: Plot;
  private readonly changed = new Changes();
  private picture: ScatterPicture | undefined;

  constructor(
    /** Asks for a frame. */
    private readonly onChange: () => void,
    describedBy: string,
  ) {
    this.plot = new Plot('Embedding', onChange);
    const { root } = this.plot;
    root.classList.add('scatter');
    root.tabIndex = 0;
    root.setAttribute('role', 'application');
    root.setAttribute('aria-roledescription', 'scatter plot');
    root.setAttribute('aria-describedby', describedBy);
    root.addEventListener('pointermove', event => this.point(event));
    root.addEventListener('pointerdown', event => this.point(event));
    root.addEventListener('keydown', event => this.key(event));
    root.addEventListener('focus', () => this.choose(this.at ?? 0));
  }

  get root(): HTMLElement {
    return this.plot.root;
  }

  /** @param links the points that the chosen one is joined to */
  draw(picture: ScatterPicture, links: readonly number[], name: string, theme: Theme): void {
    this.picture = picture;
    const { side } = this;
    if (!this.changed.of(picture, this.at, theme, side, window.devicePixelRatio)) return;
    this.root.setAttribute('aria-label', name);
    const cursor = this.at === undefined ? undefined : { at: this.at, links };
    drawScatter(this.plot.begin(heightOf(side)), picture, side, cursor, theme);
  }

  dispose(): void {
    this.plot.dispose();
  }

  private get side(): number {
    return Math.min(widest, this.plot.width);
  }

  private choose(at: number): void {
    if (at === this.at || !this.picture) return;
    this.at = at;
    this.onChange();
  }

  private point(event: PointerEvent): void {
    if (!this.picture) return;
    const box = this.root.getBoundingClientRect();
    const places = placesOf(this.picture, this.side);
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const distance = (i: number): number => Math.hypot(places[2 * i] - x, places[2 * i + 1] - y);
    const nearest = this.picture.glyphs.reduce((best, _, i) => (distance(i) < distance(best) ? i : best), 0);
    if (distance(nearest) <= radiusOf(this.picture.glyphs.length) + 3) this.choose(nearest);
  }

  /** Through the characters in their order, or to one by typing it. */
  private key(event: KeyboardEvent): void {
    if (!this.picture || event.ctrlKey || event.altKey || event.metaKey) return;
    const { glyphs } = this.picture;
    const step = stepOf(event);
    const typed = glyphs.indexOf(event.key);
    if (!step && typed < 0) return;
    event.preventDefault(); // the page would scroll
    this.choose(step ? clamp((this.at ?? 0) + step.x + step.y, 0, glyphs.length - 1) : typed);
  }
}
