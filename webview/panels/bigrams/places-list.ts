import type { Places } from '../../../src/shared/run';
import { Changes } from '../../draw/changes';
import { element, setText, textButton } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import type { PanelContext } from '../panel';
import { placesSentence } from './places-sentence';

/** The names that contain what was clicked. Each of them leads to its line. */
export class PlacesList {
  private readonly sentence = element('p', { role: 'status' });
  private readonly list = element('ul', { 'aria-label': 'Names that hold it' });
  private readonly clear: HTMLButtonElement;
  readonly root: HTMLElement;
  private readonly changed = new Changes();

  constructor(private readonly context: PanelContext) {
    this.clear = textButton('Clear the marks (Escape)', () => this.leave(), 'secondary');
    this.root = element('div', { class: 'places' }, this.sentence, this.list, this.clear);
  }

  render(places: Places | undefined): void {
    if (!this.changed.of(places)) return;
    this.list.hidden = this.clear.hidden = !places;
    setText(this.sentence, places ? placesSentence(places) : '');
    this.list.replaceChildren(...(places?.names ?? []).map(name => this.itemOf(name, places?.marked === 0)));
  }

  /** Asks for the marks to be removed. */
  leave(): void {
    this.context.post({ type: 'unmarkPlaces' });
  }

  private itemOf({ text, line }: Places['names'][number], disabled: boolean): HTMLElement {
    const where = `line ${formatInteger(line + 1)}`;
    const attributes = { type: 'button', class: 'link characters', title: where, 'aria-label': `${text}, ${where}` };
    const button = element('button', { ...attributes, disabled }, text);
    button.addEventListener('click', () => this.context.post({ type: 'goToLine', line }));
    return element('li', {}, button);
  }
}
