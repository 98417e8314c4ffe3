import type { RunState } from '../src/shared/run-state';
import { element, icon, setText } from './draw/element';
import type { Panel } from './panels/panel';

/** The frame around a panel: a heading that folds it, its fact, and the sentence that says what to look for. */
export class Section {
  readonly root: HTMLElement;
  readonly body: HTMLElement;
  readonly toggle: HTMLButtonElement;
  private readonly chevron = icon('chevron-down');
  private readonly fact = element('span', { class: 'fact' });
  private readonly lookFor = element('p', { class: 'look-for quiet' });

  constructor(
    private readonly panel: Panel,
    onToggle: () => void,
  ) {
    const bodyId = `${panel.id}-body`;
    this.toggle = element('button', { type: 'button', 'aria-controls': bodyId }, this.chevron, panel.title);
    this.toggle.addEventListener('click', onToggle);
    this.body = element('div', {});
    const content = element('div', { class: 'section-body', id: bodyId }, this.lookFor, this.body);
    const heading = element('h2', { id: `${panel.id}-heading` }, this.toggle);
    this.root = element(
      'section',
      { class: `section ${panel.id}-panel`, id: panel.id, 'aria-labelledby': heading.id },
      element('div', { class: 'section-head' }, heading, this.fact),
      content,
    );
  }

  fold(collapsed: boolean): void {
    this.toggle.setAttribute('aria-expanded', String(!collapsed));
    this.chevron.className = `codicon codicon-chevron-${collapsed ? 'right' : 'down'}`;
    this.root.classList.toggle('collapsed', collapsed);
  }

  /** The heading is drawn even where the rest is folded away. */
  renderHead(state: RunState): void {
    setText(this.fact, this.panel.fact(state));
    setText(this.lookFor, this.panel.lookFor(state));
  }
}
