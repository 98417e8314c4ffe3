import '../parts/legend.css';
import { element, setText } from '../../draw/element';
import { swatch } from '../parts/key';
import type { LossLine, LossLineId } from '../parts/loss-lines';

/** Names the lines. A click hides or shows one. */
export class LossLegend {
  readonly root: HTMLElement;
  private readonly entries;

  /** @param ids of the lines that it names, where they are there */
  constructor(name: string, ids: readonly LossLineId[], onToggle: (id: LossLineId, shown: boolean) => void) {
    this.entries = ids.map(id => {
      const label = element('span');
      const button = element('button', { type: 'button', title: 'Show or hide this line' }, swatch(id), label);
      button.addEventListener('click', () => onToggle(id, button.getAttribute('aria-pressed') === 'false'));
      return { id, button, label };
    });
    const buttons = this.entries.map(({ button }) => button);
    this.root = element('div', { class: 'legend', role: 'group', 'aria-label': name }, ...buttons);
  }

  show(lines: readonly LossLine[], shown: (id: LossLineId) => boolean): void {
    for (const { id, button, label } of this.entries) {
      const line = lines.find(line => line.id === id);
      button.hidden = !line;
      button.setAttribute('aria-pressed', String(shown(id)));
      if (line) setText(label, line.label);
    }
  }
}
