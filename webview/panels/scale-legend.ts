import { drawScale } from '../draw/heatmap';
import { element } from '../draw/element';
import type { Theme } from '../draw/theme';

/** What the colours of a matrix mean: the scale with a few values along it, at their square roots. */
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

  draw(largest: number, format: (value: number) => string, says: string, theme: Theme): void {
    drawScale(this.bar, theme.scale);
    const round = (value: number): number => Number(value.toPrecision(1));
    const values = [0, round(0.04 * largest), round(0.25 * largest), largest];
    this.ticks.replaceChildren(...values.map(value => element('span', {}, format(value))));
    values.forEach((value, i) => {
      const at = largest > 0 ? Math.sqrt(value / largest) : i / (values.length - 1);
      (this.ticks.children[i] as HTMLElement).style.left = `${100 * at}%`;
    });
    this.says.textContent = says;
  }
}
