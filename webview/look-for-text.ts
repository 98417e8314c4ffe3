import { element, setText } from './draw/element';
import type { LookFor } from './panels/parts/look-for';

/** A sentence on what to look for, and behind "More" the others. */
export class LookForText {
  private readonly short = element('span', { class: 'first-sentence' });
  private readonly rest = element('span', { hidden: true });
  private readonly more = element('button', { type: 'button', class: 'link', 'aria-expanded': 'false' }, 'More');
  readonly root = element('p', { class: 'look-for quiet' }, this.short, ' ', this.rest, ' ', this.more);

  constructor() {
    this.more.addEventListener('click', () => {
      this.rest.hidden = !this.rest.hidden;
      this.more.setAttribute('aria-expanded', String(!this.rest.hidden));
      setText(this.more, this.rest.hidden ? 'More' : 'Less');
    });
  }

  /** @param text undefined where there is nothing to look for */
  show(text: LookFor | undefined): void {
    this.root.hidden = !text?.short;
    setText(this.short, text?.short ?? '');
    setText(this.rest, text?.more ?? '');
    this.more.hidden = text?.more === undefined;
  }
}
