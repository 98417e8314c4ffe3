import type { SamplesAlong } from '../../../src/shared/inspection';
import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { shortened } from './shortened';

/** Names of the same seed as the model learns: a row for each of the steps 0, 1, 2, 5, 10, … */
export class SamplesAlongTable {
  readonly root: HTMLElement;
  private readonly rows = element('tbody');
  private readonly changed = new Changes();

  constructor() {
    const head = ['step', 'names'].map(name => element('th', { scope: 'col' }, name));
    this.root = element(
      'table',
      { class: 'samples-along' },
      element('thead', {}, element('tr', {}, ...head)),
      this.rows,
    );
  }

  render(samples: readonly SamplesAlong[]): void {
    if (this.changed.of(samples)) this.rows.replaceChildren(...samples.map(rowOf));
  }
}

function rowOf({ step, words }: SamplesAlong): HTMLElement {
  const names = words.map(word => element('span', { class: 'characters', title: word }, shortened(word)));
  const list = element('td', {}, ...names.flatMap(name => [name, ' ']));
  return element('tr', {}, element('th', { scope: 'row' }, formatInteger(step)), list);
}
