import { alertIcons, type Alert } from './alerts/alert';
import { Changes } from './draw/changes';
import { element, icon, iconButton } from './draw/element';
import type { Panel } from './panels/panel';
import type { ViewState } from './view-state';

/** All panels at a glance, those first that have an alert. A press shows one; folded ones are dim. */
export class Overview {
  readonly root: HTMLElement;
  private readonly list = element('ul');
  private readonly foldAll: HTMLButtonElement;
  private readonly defaultOrder: HTMLButtonElement;
  private readonly changed = new Changes();
  private panels: readonly Panel[] = [];
  private alerts: readonly Alert[] = [];
  /** In the order of the line. */
  private shown: readonly string[] = [];

  constructor(
    private readonly viewState: ViewState,
    private readonly onShow: (panel: string) => void,
  ) {
    this.foldAll = iconButton('collapse-all', 'Fold all panels', () => viewState.fold(this.panels, true));
    const unfoldAll = iconButton('expand-all', 'Unfold all panels', () => viewState.fold(this.panels, false));
    this.defaultOrder = iconButton('discard', 'Default order of the panels', () => this.restoreOrder());
    const buttons = element('div', { class: 'buttons' }, this.defaultOrder, this.foldAll, unfoldAll);
    this.root = element('nav', { class: 'overview', 'aria-label': 'Panels' }, this.list, buttons);
    for (const type of ['pointerleave', 'focusout'] as const) this.list.addEventListener(type, () => this.draw());
  }

  /** @param panels the panels that this run has a use for, from top to bottom */
  render(panels: readonly Panel[]): void {
    this.panels = panels;
    const { order, columns } = this.viewState;
    this.defaultOrder.hidden = order.length + Object.keys(columns).length === 0;
    this.draw();
  }

  /** @param alerts warnings first */
  mark(alerts: readonly Alert[]): void {
    this.alerts = alerts;
    this.draw();
  }

  private draw(): void {
    const kinds = this.panels.map(panel => this.alertsOf(panel)[0]?.kind);
    const first = this.panels.filter((_, i) => kinds[i]);
    const others = this.panels.filter((_, i) => !kinds[i]);
    // What a person is about to press stays where it is.
    const isInUse = this.list.matches(':hover, :focus-within') && first.length + others.length === this.shown.length;
    const place = ({ id }: Panel): number => this.shown.indexOf(id);
    const line = isInUse ? [...this.panels].sort((a, b) => place(a) - place(b)) : [...first, ...others];
    const folded = line.map(panel => this.viewState.isFolded(panel));
    this.shown = line.map(({ id }) => id);
    if (!this.changed.of(...line, ...folded, ...kinds)) return;
    // Elsewhere than in this page, nobody may be called back by what happens in it.
    const { activeElement } = document;
    const isFocused = document.hasFocus() && this.list.contains(activeElement);
    const focused = isFocused && activeElement?.getAttribute('aria-controls'); // which the headings have, too
    this.list.replaceChildren(...line.map(panel => element('li', {}, this.entry(panel))));
    if (focused) this.list.querySelector<HTMLElement>(`[aria-controls="${focused}"]`)?.focus();
  }

  private alertsOf({ id }: Panel): readonly Alert[] {
    return this.alerts.filter(({ place }) => place === id);
  }

  private entry(panel: Panel): HTMLButtonElement {
    const { id, title } = panel;
    const folded = this.viewState.isFolded(panel);
    const alerts = this.alertsOf(panel);
    const kind = alerts[0]?.kind;
    const made = element(
      'button',
      {
        type: 'button',
        class: `${folded ? 'folded' : ''} ${kind ?? ''}`,
        'aria-expanded': String(!folded),
        'aria-controls': `${id}-body`,
        title: alerts.map(({ title }) => title).join('\n') || false,
        'aria-label': kind ? `${title}, ${kind}` : false,
      },
      ...(kind ? [icon(alertIcons[kind])] : []),
      title,
    );
    made.addEventListener('click', () => this.onShow(id));
    return made;
  }

  private restoreOrder(): void {
    this.foldAll.focus(); // the button that was pressed disappears
    this.viewState.restoreOrder();
  }
}
