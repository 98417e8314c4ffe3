import './select.css';
import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

/** A choice of one of the options of a run. Hidden while there are fewer than two. */
export class Select {
  private readonly select = element('select');
  readonly root: HTMLElement;
  private readonly changed = new Changes();

  constructor(label: string, onChoose: (value: string) => void) {
    this.root = element('label', { class: 'select' }, label, this.select);
    this.select.addEventListener('change', () => onChoose(this.select.value));
  }

  show(chosen: string, options: readonly SelectOption[]): void {
    this.root.hidden = options.length < 2;
    if (this.changed.of(...options.flatMap(({ value, label }) => [value, label])))
      this.select.replaceChildren(...options.map(({ value, label }) => element('option', { value }, label)));
    if (this.select.value !== chosen) this.select.value = chosen;
  }
}
