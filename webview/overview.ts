import { Changes } from './draw/changes';
import { element, iconButton } from './draw/element';
import type { Panel } from './panels/panel';
import type { ViewState } from './view-state';

/** All panels at a glance. A press shows one; folded ones are dim. */
export class Overview {
  readonly root: HTMLElement;
  private readonly list = element('ul');
  private readonly foldAll: HTMLButtonElement;
  private readonly defaultOrder: HTMLButtonElement;
  private readonly changed = new Changes();
  private panels: readonly Panel[] = [];

  constructor(
    private readonly viewState: ViewState,
    private readonly onShow: (panel: string) => void,
  ) {
    this.foldAll = iconButton('collapse-all', 'Fold all panels', () => viewState.fold(this.panels, true));
    const unfoldAll = iconButton('expand-all', 'Unfold all panels', () => viewState.fold(this.panels, false));
    this.defaultOrder = iconButton('discard', 'Default order of the panels', () => this.restoreOrder());
    const buttons = element('div', { class: 'buttons' }, this.defaultOrder, this.foldAll, unfoldAll);
    this.root = element('nav', { class: 'overview', 'aria-label': 'Panels' }, this.list, buttons);
  }

  /** @param panels the panels that this run has a use for, from top to bottom */
  render(panels: readonly Panel[]): void {
    this.panels = panels;
    const { order, columns } = this.viewState;
    this.defaultOrder.hidden = order.length + Object.keys(columns).length === 0;
    const folded = panels.map(panel => this.viewState.isFolded(panel));
    if (this.changed.of(...panels, ...folded))
      this.list.replaceChildren(...panels.map(panel => element('li', {}, this.entry(panel))));
  }

  private entry(panel: Panel): HTMLButtonElement {
    const { id, title } = panel;
    const folded = this.viewState.isFolded(panel);
    const made = element(
      'button',
      { type: 'button', class: folded && 'folded', 'aria-expanded': String(!folded), 'aria-controls': `${id}-body` },
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
