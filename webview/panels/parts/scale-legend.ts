import './scale-legend.css';
import type { ColorScale } from '../../draw/color-scale';
import { drawScale } from '../../draw/matrix/heatmap';
import { element, setText } from '../../draw/element';
import type { ScaleTick } from '../../draw/matrix/scale-ticks';

/** What the colors of a matrix mean: the scale with a few values along it. */
export class ScaleLegend {
  private readonly bar = element('canvas', { 'aria-hidden': 'true' });
  private readonly ticks = element('div', { class: 'ticks' });
  private readonly says = element('span', { class: 'quiet' });
  readonly root = element(
    'div',
    { class: 'scale-legend' },
    element('div', { class: 'scale' }, this.bar, this.ticks),
    this.says,
  );

  draw(ticks: readonly ScaleTick[], says: string, scale: ColorScale): void {
    drawScale(this.bar, scale);
    this.ticks.replaceChildren(
      ...ticks.map(({ at, text }) => {
        const tick = element('span', {}, text);
        tick.style.left = `${100 * at}%`;
        tick.style.translate = at === 0 ? '0' : '-50%'; // centered on its value, but never left of the scale
        return tick;
      }),
    );
    setText(this.says, says);
    this.says.hidden = says === '';
  }
}
