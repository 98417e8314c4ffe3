import './swatch.css';
import { Changes } from '../../draw/changes';
import { toCss } from '../../draw/color';
import type { CurveLook } from '../../draw/plot/curve-look';
import { element } from '../../draw/element';

/** The piece of a line that identifies a curve in a table or a legend. */
export class CurveSwatch {
  readonly root = element('span', { class: 'swatch', 'aria-hidden': 'true' });
  private readonly changed = new Changes();

  show({ color, stroke }: CurveLook): void {
    if (this.changed.of(stroke, ...color)) this.root.style.borderTop = `2px ${stroke} ${toCss(color)}`;
  }
}
