import './alerts.css';
import { Changes } from '../../draw/changes';
import { element, icon } from '../../draw/element';
import { alertIcons, type Alert } from '../../alerts/alert';

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
  return element('div', { class: `alert ${kind}` }, icon(alertIcons[kind]), text);
}
