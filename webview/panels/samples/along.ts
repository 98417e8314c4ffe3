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
      'div',
      { class: 'samples-along', hidden: true },
      element('h3', {}, 'While it learns'),
      element('p', { class: 'quiet look-for' }, lookFor),
      element('table', {}, element('thead', {}, element('tr', {}, ...head)), this.rows),
    );
  }

  render(samples: readonly SamplesAlong[]): void {
    if (!this.changed.of(samples)) return;
    this.root.hidden = samples.length === 0;
    this.rows.replaceChildren(...samples.map(rowOf));
  }
}

const lookFor =
  'The same seed at every so many steps, so that only the model differs. Look for lengths first, then for vowels between consonants, then for endings that names have.';

function rowOf({ step, words }: SamplesAlong): HTMLElement {
  const names = words.map(word => element('span', { class: 'characters', title: word }, shortened(word)));
  const list = element('td', {}, ...names.flatMap(name => [name, ' ']));
  return element('tr', {}, element('th', { scope: 'row' }, formatInteger(step)), list);
}
