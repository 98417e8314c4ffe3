import { Changes } from '../draw/changes';
import { element, icon } from '../draw/element';

/** Something in a picture that wants a person's attention. */
export interface Alert {
  /** A warning is a mistake that grows; a hint is an oddity worth understanding. */
  readonly kind: 'warning' | 'hint';
  /** What is wrong, in a sentence or two, without numbers that change with every frame: screen readers say all of it anew. */
  readonly says: string;
  /** What to try, in a sentence. */
  readonly remedy: string;
}

const icons = { warning: 'warning', hint: 'lightbulb' } as const;

/** Alerts in the place of what they are about; nothing is there while all is well. */
export class Alerts {
  readonly root = element('div', { class: 'alerts', role: 'status' });
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
