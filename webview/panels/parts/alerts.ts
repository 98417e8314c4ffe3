import './alerts.css';
import { Changes } from '../../draw/changes';
import { element, icon } from '../../draw/element';
import type { Alert } from './alert';

const icons = { warning: 'warning', hint: 'lightbulb' } as const;

/** Alerts next to what they are about. Nothing is there while all is well. */
export class Alerts {
  readonly root = element('div', { role: 'status' });
  private readonly changed = new Changes();

  show(alerts: readonly Alert[]): void {
    if (this.changed.of(...alerts.flatMap(({ kind, says, remedy }) => [kind, says, remedy])))
      this.root.replaceChildren(...alerts.map(alertOf));
  }
}

function alertOf({ kind, says, remedy }: Alert): HTMLElement {
  const text = element('div', {}, element('p', {}, says), element('p', { class: 'remedy' }, remedy));
  return element('div', { class: `alert ${kind}` }, icon(icons[kind]), text);
}
