import '../parts/legend.css';
import { element, setText } from '../../draw/element';
import { swatch } from '../parts/key';
import type { LossLineId } from '../parts/loss-lines';

/** What can be hidden: a line, or all marks together. */
export type LossEntryId = LossLineId | 'marks';

export interface LossEntry {
  readonly id: LossEntryId;
  readonly label: string;
  /** What a pointer is told. */
  readonly title?: string;
}

const title = 'Show or hide this line';

/** Names what the chart has. A click hides or shows it. */
export class LossLegend {
  readonly root: HTMLElement;
  private readonly entries;

  /** @param ids of what it names, where that is there */
  constructor(name: string, ids: readonly LossEntryId[], onToggle: (id: LossEntryId, shown: boolean) => void) {
    this.entries = ids.map(id => {
      const label = element('span');
      const button = element('button', { type: 'button', title }, swatch(id === 'marks' ? 'mark' : id), label);
      button.addEventListener('click', () => onToggle(id, button.getAttribute('aria-pressed') === 'false'));
      return { id, button, label };
    });
    const buttons = this.entries.map(({ button }) => button);
    this.root = element('div', { class: 'legend', role: 'group', 'aria-label': name }, ...buttons);
  }

  show(there: readonly LossEntry[], shown: (id: LossEntryId) => boolean): void {
    for (const { id, button, label } of this.entries) {
      const entry = there.find(entry => entry.id === id);
      button.hidden = !entry;
      button.setAttribute('aria-pressed', String(shown(id)));
      button.title = entry?.title ?? title;
      if (entry) setText(label, entry.label);
    }
  }
}
