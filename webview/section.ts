import type { RunState } from '../src/shared/run-state';
import { element, icon, iconButton, setText } from './draw/element';
import { hasPicture } from './panel-picture';
import type { Panel } from './panels/panel';

export type Direction = 'up' | 'down' | 'left' | 'right';

interface SectionActions {
  readonly toggle: () => void;
  readonly move: (direction: Direction) => void;
}

/** The keys that move a section, together with Alt. */
const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};
const keys = Object.keys(directions).map(key => `Alt+${key}`);

/** The frame around a panel: a heading to fold and move it by, its fact, and a sentence that says what to look for. */
export class Section {
  readonly root: HTMLElement;
  readonly body: HTMLElement;
  readonly toggle: HTMLButtonElement;
  private readonly chevron = icon('chevron-down');
  private readonly fact = element('span', { class: 'fact' });
  private readonly lookFor = element('p', { class: 'look-for quiet' });

  constructor(
    readonly panel: Panel,
    { toggle, move }: SectionActions,
  ) {
    const bodyId = `${panel.id}-body`;
    this.toggle = element(
      'button',
      { type: 'button', 'aria-controls': bodyId, 'aria-keyshortcuts': keys.join(' ') },
      this.chevron,
      panel.title,
    );
    this.toggle.addEventListener('click', toggle);
    this.toggle.addEventListener('keydown', event => {
      const direction = event.altKey ? directions[event.key] : undefined;
      if (!direction) return;
      event.preventDefault();
      event.stopPropagation(); // VS Code binds these keys to commands of its own, such as Go Back
      move(direction);
    });
    this.body = element('div', {});
    const content = element('div', { class: 'section-body', id: bodyId }, this.lookFor, this.body);
    const heading = element('h2', { id: `${panel.id}-heading` }, this.toggle);
    this.root = element(
      'section',
      { class: `section ${panel.id}-panel`, id: panel.id, 'aria-labelledby': heading.id },
      element('div', { class: 'section-head' }, heading, this.fact, movers(panel, move)),
      content,
    );
    this.root.addEventListener('contextmenu', () => this.offerPicture(), { capture: true }); // before VS Code reads the context
  }

  fold(collapsed: boolean): void {
    this.toggle.setAttribute('aria-expanded', String(!collapsed));
    this.chevron.className = `codicon codicon-chevron-${collapsed ? 'right' : 'down'}`;
    this.root.classList.toggle('collapsed', collapsed);
  }

  /** The heading is drawn even if the panel is folded. */
  renderHead(state: RunState): void {
    setText(this.fact, this.panel.fact(state));
    setText(this.lookFor, this.panel.lookFor(state));
  }

  /** Sets the context of the context menu: only a panel with a picture offers to save it. */
  private offerPicture(): void {
    if (hasPicture(this.root)) this.root.dataset.vscodeContext = JSON.stringify({ picture: this.panel.id });
    else delete this.root.dataset.vscodeContext;
  }
}

/** Buttons for the mouse: the keyboard moves a section by its heading. */
function movers({ title }: Panel, move: SectionActions['move']): HTMLElement {
  const buttons = Object.entries(directions).map(([key, direction]) => {
    const made = iconButton(`arrow-${direction}`, `Move ${title} ${direction}`, () => move(direction), `Alt+${key}`);
    made.classList.add(direction);
    made.tabIndex = -1;
    return made;
  });
  return element('div', { class: 'movers' }, ...buttons);
}
