import type { Display } from '../../draw/display';
import { element } from '../../draw/element';
import { identityHeight, layOutIdentity, pointAt, type IdentityPicture } from '../../draw/plot/identity-layout';
import { drawIdentity } from '../../draw/plot/identity-plot';
import { Plot } from '../../draw/plot/plot';

/** Two values of every neuron against each other; a click chooses the nearest. */
export class IdentityFigure {
  private readonly plot: Plot<IdentityPicture>;
  readonly root: HTMLElement;
  private picture: IdentityPicture | undefined;

  constructor(title: string, display: Display, choose: (neuron: number) => void) {
    this.plot = new Plot(title, display, ({ begin, width, theme }, picture: IdentityPicture) => {
      const layout = layOutIdentity(picture, width);
      drawIdentity(begin(identityHeight(layout)), picture, layout, theme);
    });
    this.root = element('div', {}, element('h3', {}, title), this.plot.root);
    this.plot.root.addEventListener('click', event => {
      const box = this.plot.root.getBoundingClientRect();
      const place = { x: event.clientX - box.left, y: event.clientY - box.top };
      const { picture } = this;
      const found = picture && pointAt(picture, layOutIdentity(picture, this.plot.width), place);
      if (found !== undefined) choose(found);
    });
  }

  draw(running: Float32Array, batch: Float32Array, chosen: number): void {
    this.picture = { x: running, y: batch, xTitle: 'running', yTitle: 'batch', chosen };
    this.plot.draw(this.picture);
  }

  dispose(): void {
    this.plot.dispose();
  }
}
