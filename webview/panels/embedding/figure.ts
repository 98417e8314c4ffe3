import { at } from '../../../src/shared/at';
import { clamp } from '../../draw/clamp';
import type { Display } from '../../draw/display';
import { stepOf } from '../../draw/keys';
import { Plot, type PlotSheet } from '../../draw/plot/plot';
import { drawScatter } from '../../draw/points/scatter';
import { heightOf, placesOf, radiusOf } from '../../draw/points/scatter-picture';
import { pointLook, type EmbeddingPicture } from './picture';

/** Wider, and the points would lie too far apart to be seen together. */
const widest = 560;

interface EmbeddingData {
  readonly picture: EmbeddingPicture;
  readonly name: string;
  readonly chosen: number | undefined;
  /** The points that the chosen one is joined to. */
  readonly links: readonly number[];
}

/** The picture of points in a plane, one of which the pointer or the keyboard chooses. */
export class EmbeddingFigure {
  chosen: number | undefined;
  private readonly plot: Plot<EmbeddingData>;
  private picture: EmbeddingPicture | undefined;

  constructor(
    private readonly display: Display,
    describedBy: string,
  ) {
    this.plot = new Plot('Embedding', display, (sheet, data) => this.paint(sheet, data));
    const { root } = this.plot;
    root.classList.add('scatter');
    root.tabIndex = 0;
    root.setAttribute('role', 'application');
    root.setAttribute('aria-roledescription', 'scatter plot');
    root.setAttribute('aria-describedby', describedBy);
    root.addEventListener('pointermove', event => this.point(event));
    root.addEventListener('pointerdown', event => this.point(event));
    root.addEventListener('keydown', event => this.key(event));
    root.addEventListener('focus', () => this.choose(this.chosen ?? 0));
  }

  get root(): HTMLElement {
    return this.plot.root;
  }

  draw(picture: EmbeddingPicture, links: readonly number[], name: string): void {
    this.picture = picture;
    this.plot.draw({ picture, links, name, chosen: this.chosen });
  }

  dispose(): void {
    this.plot.dispose();
  }

  private paint({ begin, width, theme }: PlotSheet, { picture, links, name, chosen }: EmbeddingData): void {
    this.plot.describe(name);
    const side = Math.min(widest, width);
    const looks = picture.kinds.map(kind => pointLook(kind, theme));
    const cursor = chosen === undefined ? undefined : { at: chosen, links };
    drawScatter(begin(heightOf(side)), { ...picture, looks }, side, cursor, theme);
  }

  private choose(point: number): void {
    if (point === this.chosen || !this.picture) return;
    this.chosen = point;
    this.display.redraw();
  }

  private point(event: PointerEvent): void {
    if (!this.picture) return;
    const box = this.root.getBoundingClientRect();
    const places = placesOf(this.picture, Math.min(widest, this.plot.width));
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const distances = this.picture.glyphs.map((_, i) => Math.hypot(at(places, 2 * i) - x, at(places, 2 * i + 1) - y));
    const least = Math.min(...distances);
    if (least <= radiusOf(distances.length) + 3) this.choose(distances.indexOf(least));
  }

  /** Through the characters in their order, or to one by typing it. */
  private key(event: KeyboardEvent): void {
    if (!this.picture || event.ctrlKey || event.altKey || event.metaKey) return;
    const { glyphs } = this.picture;
    const step = stepOf(event);
    const typed = glyphs.indexOf(event.key);
    if (!step && typed < 0) return;
    event.preventDefault(); // the page would scroll
    this.choose(step ? clamp((this.chosen ?? 0) + step.x + step.y, 0, glyphs.length - 1) : typed);
  }
}
