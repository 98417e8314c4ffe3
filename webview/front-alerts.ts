import { Changes } from './draw/changes';
import { element, icon, textButton } from './draw/element';
import { alertIcons, type Alert } from './alerts/alert';
import type { Fix } from './alerts/fixes';

/** What is wrong, in one line below what a person sees first: the most important thing, and on demand the others. */
export class FrontAlerts {
  readonly root = element('div', { class: 'front-alerts', role: 'status' });
  private readonly changed = new Changes();
  private alerts: readonly Alert[] = [];
  /** The titles of those that are explained. */
  private readonly explained = new Set<string>();
  private showsAll = false;

  constructor(private readonly onFix: (fix: Fix) => void) {}

  /** @param alerts the most important ones first */
  show(alerts: readonly Alert[]): void {
    const contents = alerts.flatMap(({ kind, title, says, remedy, fix }) => [kind, title, says, remedy, fix?.label]);
    if (!this.changed.of(...contents)) return;
    this.alerts = alerts;
    this.draw();
  }

  private draw(): void {
    const [first, ...others] = this.alerts;
    this.root.hidden = !first;
    if (!first) return;
    const rest = this.showsAll ? others : [];
    this.root.replaceChildren(this.line(first, others.length), ...rest.map(alert => this.line(alert, 0)));
  }

  /** @param others how many more there are, to be told in this line */
  private line({ kind, title, says, remedy, fix }: Alert, others: number): HTMLElement {
    const isExplained = this.explained.has(title);
    const why = link('Why?', isExplained, () => {
      if (isExplained) this.explained.delete(title);
      else this.explained.add(title);
    });
    const more = link(this.showsAll ? 'Less' : `${others} more`, this.showsAll, () => (this.showsAll = !this.showsAll));
    for (const button of [why, more]) button.addEventListener('click', () => this.drawAgain(button));
    return element(
      'div',
      { class: `front-alert ${kind}` },
      icon(alertIcons[kind]),
      element('p', {}, title),
      why,
      ...(fix ? [textButton(fix.label, () => this.onFix(fix), 'secondary')] : []),
      ...(others > 0 ? [more] : []),
      ...(isExplained ? [element('p', { class: 'reason quiet' }, `${says} ${remedy}`)] : []),
    );
  }

  /** The focus stays on the button that was pressed. */
  private drawAgain(pressed: HTMLElement): void {
    const place = [...this.root.querySelectorAll('button')].indexOf(pressed as HTMLButtonElement);
    this.draw();
    this.root.querySelectorAll('button')[place]?.focus();
  }
}

function link(label: string, expanded: boolean, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'link', 'aria-expanded': String(expanded) }, label);
  made.addEventListener('click', onClick);
  return made;
}
