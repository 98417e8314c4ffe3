import { at } from '../../../src/shared/at';
import { element, setText } from '../../draw/element';
import { drawStrip } from '../../draw/matrix/strip';
import { layOutStrip } from '../../draw/matrix/strip-layout';
import type { Theme } from '../../draw/theme';
import type { Station } from './stations';

/** Room for a character of a label, and the most for a whole label. Longer ones are cut off. */
const labelCharacter = 8;
const widestLabel = 72;
/** Between a label and its strip, as in predictions.css. */
const gap = 8;

/** A station of the forward pass: its name, and its numbers as colors, row by row. */
export class StationView {
  private readonly says = element('span', { class: 'quiet' });
  private readonly limit = element('span', { class: 'quiet number limit' });
  private readonly canvases: readonly HTMLCanvasElement[];
  private readonly picture: HTMLElement;
  private readonly labelWidth: number;
  readonly root: HTMLElement;

  /** @param station with the name, the shape and the labels of every one that is drawn here */
  constructor({ name, shape, rows }: Station) {
    const longest = Math.max(...rows.map(({ label }) => [...label].length));
    this.labelWidth = Math.min(widestLabel, labelCharacter * longest);
    this.picture = element('div', { class: 'strips', role: 'img' });
    this.canvases = rows.map(({ label }) => {
      const canvas = element('canvas', { class: 'pixels' });
      if (longest > 0) this.picture.append(element('span', { class: 'quiet characters' }, label));
      this.picture.append(canvas);
      return canvas;
    });
    if (longest > 0) this.picture.style.gridTemplateColumns = `${this.labelWidth}px auto`;
    const title = element('span', { class: 'number' }, `${name} (${shape.join(', ')})`);
    this.root = element(
      'li',
      {},
      element('div', { class: 'station-head' }, title, this.says, this.limit),
      this.picture,
    );
  }

  draw({ name, says, rows, limit }: Station, width: number, theme: Theme): void {
    setText(this.says, says);
    setText(this.limit, `±${limit}`);
    this.picture.setAttribute('aria-label', `${name}, ${says}: colors from minus ${limit} to ${limit}`);
    const room = this.labelWidth > 0 ? width - this.labelWidth - gap : width;
    this.canvases.forEach((canvas, i) => {
      const { values } = at(rows, i);
      drawStrip(canvas, layOutStrip(values.length, room), values, limit, theme.diverging);
    });
  }
}
