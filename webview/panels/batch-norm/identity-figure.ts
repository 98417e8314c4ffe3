import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';
import { identityHeight, layOutIdentity, pointAt, type IdentityPicture } from '../../draw/identity-layout';
import { drawIdentity } from '../../draw/identity-plot';
import { Plot } from '../../draw/plot';
import type { PanelContext } from '../panel';

/** Two values of every neuron against each other; a click chooses the nearest. */
export class IdentityFigure {
  private readonly plot: Plot;
  readonly root: HTMLElement;
  private readonly changed = new Changes();
  private picture: IdentityPicture | undefined;

  constructor(
    title: string,
    private readonly context: PanelContext,
    choose: (neuron: number) => void,
  ) {
    this.plot = new Plot(title, context.redraw);
    this.root = element('div', {}, element('h3', {}, title), this.plot.root);
    this.plot.root.addEventListener('click', event => {
      const box = this.plot.root.getBoundingClientRect();
      const place = { x: event.clientX - box.left, y: event.clientY - box.top };
      const { picture } = this;
      const found = picture && pointAt(picture, layOutIdentity(picture, this.plot.width), place);
      if (found !== undefined) choose(found);
    });
  }

  draw(running: Float32Array, batch: Float32Array, neuron: number): void {
    const { theme } = this.context;
    if (!this.changed.of(running, batch, neuron, theme, this.plot.width, window.devicePixelRatio)) return;
    this.picture = { x: running, y: batch, xTitle: 'running', yTitle: 'batch', chosen: neuron };
    const layout = layOutIdentity(this.picture, this.plot.width);
    drawIdentity(this.plot.begin(identityHeight(layout)), this.picture, layout, theme);
  }

  dispose(): void {
    this.plot.dispose();
  }
}
