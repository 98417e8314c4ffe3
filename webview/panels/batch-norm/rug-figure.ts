import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';
import { Plot } from '../../draw/plot';
import { drawRug, rugHeight } from '../../draw/rug-plot';
import type { PanelContext } from '../panel';

/** A parameter of every neuron along a line. */
export class RugFigure {
  private readonly plot: Plot;
  readonly root: HTMLElement;
  private readonly changed = new Changes();

  constructor(
    title: string,
    private readonly context: PanelContext,
  ) {
    this.plot = new Plot(`${title} of every neuron along a line`, context.redraw);
    this.root = element('div', {}, element('h3', {}, title), this.plot.root);
  }

  draw(values: Float32Array, neuron: number): void {
    const { theme } = this.context;
    if (this.changed.of(values, neuron, theme, this.plot.width, window.devicePixelRatio))
      drawRug(this.plot.begin(rugHeight), values, neuron, this.plot.width, theme);
  }

  dispose(): void {
    this.plot.dispose();
  }
}
