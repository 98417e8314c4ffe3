import type { Display } from '../../draw/display';
import { element } from '../../draw/element';
import { Plot } from '../../draw/plot/plot';
import { drawRug, rugHeight, type RugPicture } from '../../draw/plot/rug-plot';

/** A parameter of every neuron along a line. */
export class RugFigure {
  private readonly plot: Plot<RugPicture>;
  readonly root: HTMLElement;

  constructor(title: string, display: Display) {
    this.plot = new Plot(
      `${title} of every neuron along a line`,
      display,
      ({ begin, width, theme }, picture: RugPicture) => drawRug(begin(rugHeight), picture, width, theme),
    );
    this.root = element('div', {}, element('h3', {}, title), this.plot.root);
  }

  draw(picture: RugPicture): void {
    this.plot.draw(picture);
  }

  dispose(): void {
    this.plot.dispose();
  }
}
