import { messageOf } from '../src/shared/errors';
import type { RunState } from '../src/shared/run-state';
import { element, icon, setText } from './draw/element';
import type { Panel, PanelContext, PanelView } from './panels/panel';
import type { Section } from './section';

/** A panel on the page. What it throws is shown in its own place, and takes no other panel with it. */
export class MountedPanel {
  /** The element that the page has of it. */
  readonly root: HTMLElement;
  isVisible = true;
  /** In milliseconds since the page was opened. */
  drawnAt = 0;
  /** None before it is drawn, or where that failed. */
  private view: PanelView | undefined;
  private readonly place: HTMLElement;
  private readonly failureText = element('p');
  private readonly failure = element('div', { class: 'notice error' }, icon('error'), this.failureText);
  private failedAt: RunState | undefined;

  /** @param section undefined for a panel that is always there, without a heading */
  constructor(
    readonly panel: Panel,
    readonly section: Section | undefined,
    private readonly context: PanelContext,
  ) {
    this.root = section?.root ?? element('div', { id: panel.id, class: `${panel.id}-panel` });
    this.place = section?.body ?? this.root;
  }

  /** @param isOpen whether more than its heading can be seen */
  draw(state: RunState, isOpen: boolean): void {
    if (state === this.failedAt) return;
    try {
      this.section?.renderHead(state);
      if (isOpen) this.show(state);
    } catch (error) {
      this.fail(error, state);
    }
  }

  focus(part: string): boolean {
    return this.view?.focus(part) ?? false;
  }

  dispose(): void {
    this.view?.dispose();
  }

  private show(state: RunState): void {
    this.drawnAt = performance.now();
    if (!this.view) {
      this.place.replaceChildren();
      this.view = this.panel.mount(this.place, this.context);
    }
    this.view.render(state);
    setText(this.failureText, '');
  }

  /** Begins anew with the next state: nobody knows in what condition the view is now. */
  private fail(error: unknown, state: RunState): void {
    this.failedAt = state;
    this.view?.dispose();
    this.view = undefined;
    const text = `This panel could not be drawn: ${messageOf(error)}`;
    if (this.failureText.textContent !== text) reportError(error); // to the developer tools, once
    setText(this.failureText, text);
    this.place.replaceChildren(this.failure);
  }
}
