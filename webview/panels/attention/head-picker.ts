import { Changes } from '../../draw/changes';
import type { Display } from '../../draw/display';
import { element } from '../../draw/element';
import { Figure, type Sheet } from '../../draw/figure';
import { drawHeatmap } from '../../draw/matrix/heatmap';
import { stepOf } from '../../draw/keys';
import type { AttentionHead } from './heads';

/** Of a small picture, in CSS pixels. */
const smallSize = 56;

interface Heads {
  readonly heads: readonly AttentionHead[];
  readonly chosen: number;
}

interface HeadButton {
  readonly root: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
}

/** Small pictures of all heads, layer by layer, one of which is chosen. */
export class HeadPicker {
  readonly root = element('div', { class: 'heads', role: 'radiogroup', 'aria-label': 'Head' });
  private readonly figure: Figure<Heads>;
  private buttons: readonly HeadButton[] = [];
  private readonly changedLabels = new Changes();
  private columns = 1;
  private chosen = 0;

  constructor(
    display: Display,
    private readonly choose: (head: number) => void,
  ) {
    this.figure = new Figure(display, (sheet, heads) => this.paint(sheet, heads));
    this.root.addEventListener('keydown', event => this.key(event));
  }

  draw(heads: Heads): void {
    this.figure.draw(heads);
  }

  private paint({ theme }: Sheet, { heads, chosen }: Heads): void {
    if (this.changedLabels.of(...heads.map(labelOf))) this.build(heads);
    this.chosen = chosen;
    this.columns = Math.max(1, ...heads.map(({ head }) => head + 1));
    this.root.style.gridTemplateColumns = `repeat(${this.columns}, minmax(0, max-content))`;
    for (const [i, { weights }] of heads.entries()) {
      const button = this.buttons[i];
      if (!button) continue;
      const cells = Math.sqrt(weights.length);
      drawHeatmap(button.canvas, { cells, cell: smallSize / cells, header: 0, size: smallSize }, weights, theme.scale);
      button.root.setAttribute('aria-checked', String(i === chosen));
      button.root.tabIndex = i === chosen ? 0 : -1;
    }
  }

  private build(heads: readonly AttentionHead[]): void {
    this.buttons = heads.map((head, i) => {
      const label = labelOf(head);
      const canvas = element('canvas', { 'aria-hidden': 'true' });
      const root = element('button', { type: 'button', role: 'radio', 'aria-label': label, title: label }, canvas);
      root.addEventListener('click', () => this.choose(i));
      return { root, canvas };
    });
    this.root.replaceChildren(...this.buttons.map(({ root }) => root));
  }

  private key(event: KeyboardEvent): void {
    const step = stepOf(event);
    if (!step) return;
    const to = this.chosen + step.x + step.y * this.columns;
    const button = this.buttons[to];
    if (!button) return;
    event.preventDefault(); // the page would scroll
    this.choose(to);
    button.root.focus();
  }
}

function labelOf({ layer, head }: AttentionHead): string {
  return `Layer ${layer}, head ${head}`;
}
