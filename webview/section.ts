import type { RunState } from '../src/shared/run-state';
import { element, icon, iconButton, setText } from './draw/element';
import { arrows, isArrow, type Direction } from './draw/keys';
import { LookForText } from './look-for-text';
import { hasPicture } from './panel-picture';
import type { Panel } from './panels/panel';

interface SectionActions {
  readonly toggle: () => void;
  readonly move: (direction: Direction) => void;
}

/** Alt and an arrow key move a section. */
const shortcuts = Object.keys(arrows).map(key => `Alt+${key}`);

/** The frame around a panel: a heading that folds and moves it, its fact, and the sentence on what to look for. */
export class Section {
  readonly root: HTMLElement;
  readonly body: HTMLElement;
  readonly toggle: HTMLButtonElement;
  private readonly chevron = icon('chevron-down');
  private readonly fact = element('span', { class: 'fact' });
  private readonly lookFor = new LookForText();

  constructor(
    readonly panel: Panel,
    { toggle, move }: SectionActions,
  ) {
    const bodyId = `${panel.id}-body`;
    this.toggle = element('button', { type: 'button', 'aria-controls': bodyId }, this.chevron, panel.title);
    this.toggle.addEventListener('click', toggle);
    this.body = element('div', {});
    const content = element('div', { class: 'section-body', id: bodyId }, this.lookFor.root, this.body);
    const heading = element('h2', { id: `${panel.id}-heading` }, this.toggle);
    this.root = element(
      'section',
      { class: `section ${panel.id}-panel`, id: panel.id, 'aria-labelledby': heading.id },
      element('div', { class: 'section-head' }, heading, this.fact),
      content,
    );
    if (panel.place === 'first' || panel.place === 'second') this.allowMoves(move);
    this.root.addEventListener('contextmenu', () => this.offerPicture(), { capture: true }); // before VS Code reads the context
  }

  fold(collapsed: boolean): void {
    this.toggle.setAttribute('aria-expanded', String(!collapsed));
    this.chevron.className = `codicon codicon-chevron-${collapsed ? 'right' : 'down'}`;
    this.root.classList.toggle('collapsed', collapsed);
  }

  /** The heading shows even while the rest is folded. */
  renderHead(state: RunState): void {
    setText(this.fact, this.panel.fact(state));
    this.lookFor.show(this.panel.lookFor?.(state));
  }

  private allowMoves(move: SectionActions['move']): void {
    this.toggle.setAttribute('aria-keyshortcuts', shortcuts.join(' '));
    this.toggle.addEventListener('keydown', event => {
      if (!event.altKey || !isArrow(event.key)) return;
      event.preventDefault();
      event.stopPropagation(); // VS Code has commands of its own on these keys, such as Go Back
      move(arrows[event.key].direction);
    });
    this.fact.after(movers(this.panel, move));
  }

  /** For the context menu: only a panel with a picture offers to save it. */
  private offerPicture(): void {
    if (hasPicture(this.root)) this.root.dataset.vscodeContext = JSON.stringify({ picture: this.panel.id });
    else delete this.root.dataset.vscodeContext;
  }
}

/** Buttons for the pointer. The keyboard moves a section by its heading. */
function movers({ title }: Panel, move: SectionActions['move']): HTMLElement {
  const buttons = Object.entries(arrows).map(([key, { direction }]) => {
    const made = iconButton(`arrow-${direction}`, `Move ${title} ${direction}`, () => move(direction), `Alt+${key}`);
    made.classList.add(direction);
    made.tabIndex = -1;
    return made;
  });
  return element('div', { class: 'movers' }, ...buttons);
}
