import { Changes } from '../../draw/changes';
import { barsHeight, drawCharacterBars, type CharacterBars } from '../../draw/character-bars';
import { element, setText } from '../../draw/element';
import { formatTick } from '../../draw/format';
import { Plot } from '../../draw/plot';
import type { Theme } from '../../draw/theme';

/** The last stations of a forward pass, which have a number for each character: as bars. */
export class DistributionBars {
  private readonly title = element('span', { class: 'number' });
  private readonly says = element('span', { class: 'quiet' });
  private readonly range = element('span', { class: 'quiet number limit' });
  private readonly plot: Plot;
  readonly root: HTMLElement;
  private readonly changed = new Changes();

  constructor(
    private readonly name: string,
    onResize: () => void,
  ) {
    this.plot = new Plot(name, onResize);
    this.root = element(
      'li',
      {},
      element('div', { class: 'station-head' }, this.title, this.says, this.range),
      this.plot.root,
    );
  }

  /** Of the room that it has, in CSS pixels. */
  get width(): number {
    return this.plot.width;
  }

  draw(bars: CharacterBars, says: string, theme: Theme): void {
    const { characters, values, marked } = bars;
    if (!this.changed.of(values, marked, says, theme, this.plot.width, window.devicePixelRatio)) return;
    setText(this.title, `${this.name} (${values.length})`);
    setText(this.says, says);
    const [least, most] = [Math.min, Math.max].map(end => values.reduce((a, b) => end(a, b)));
    setText(this.range, `${rounded(least)} … ${rounded(most)}`);
    this.plot.root.setAttribute(
      'aria-label',
      `${this.name}, a bar for each character; ${characters[marked]} is marked`,
    );
    drawCharacterBars(this.plot.begin(barsHeight), bars, this.plot.width, theme);
  }

  dispose(): void {
    this.plot.dispose();
  }
}

function rounded(value: number): string {
  return formatTick(Number(value.toFixed(3))).replace('-', '−');
}
