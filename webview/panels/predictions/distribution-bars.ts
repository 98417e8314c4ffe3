import { at } from '../../../src/shared/at';
import { barsHeight, drawCharacterBars, type CharacterBars } from '../../draw/plot/character-bars';
import type { Display } from '../../draw/display';
import { element, setText } from '../../draw/element';
import { formatTick } from '../../draw/format';
import { Plot, type PlotSheet } from '../../draw/plot/plot';

interface Bars extends CharacterBars {
  /** How they were made, in a few words. */
  readonly says: string;
}

/** One of the last stations of a forward pass, which have a number for each character, as bars. */
export class DistributionBars {
  private readonly title = element('span', { class: 'number' });
  private readonly says = element('span', { class: 'quiet' });
  private readonly range = element('span', { class: 'quiet number limit' });
  private readonly plot: Plot<Bars>;
  readonly root: HTMLElement;

  constructor(
    private readonly name: string,
    display: Display,
  ) {
    this.plot = new Plot(name, display, (sheet, bars) => this.paint(sheet, bars));
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

  draw(bars: Bars): void {
    this.plot.draw(bars);
  }

  dispose(): void {
    this.plot.dispose();
  }

  private paint({ begin, width, theme }: PlotSheet, bars: Bars): void {
    const { characters, values, marked, says } = bars;
    setText(this.title, `${this.name} (${values.length})`);
    setText(this.says, says);
    const ends = [Math.min, Math.max].map(end => rounded(values.reduce((a, b) => end(a, b))));
    setText(this.range, ends.join(' … '));
    this.plot.describe(`${this.name}, a bar for each character; ${at(characters, marked)} is marked`);
    drawCharacterBars(begin(barsHeight), bars, width, theme);
  }
}

function rounded(value: number): string {
  return formatTick(Number(value.toFixed(3))).replace('-', '−');
}
