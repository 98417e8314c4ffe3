import '../parts/readout.css';
import { at } from '../../../src/shared/at';
import { element, setText } from '../../draw/element';
import type { EmbeddingToken } from './picture';
import type { Neighbor } from './neighbors';

/** The characters nearest to the chosen one. */
export class NeighborList {
  private readonly sentence = element('p', { class: 'quiet', 'aria-live': 'polite' });
  private readonly distances = element('dl');
  readonly root: HTMLElement;

  constructor(id: string) {
    this.root = element('div', { class: 'readout', id }, this.sentence, this.distances);
  }

  show(tokens: readonly EmbeddingToken[], chosen: number | undefined, neighbors: readonly Neighbor[]): void {
    const nearest = neighbors.map(({ row, distance }) => ({ name: at(tokens, row).name, distance }));
    const names = nearest.map(({ name }) => name).join(', ');
    // Only the names are read aloud: the distances change with every look.
    setText(this.sentence, chosen === undefined ? invitation : `Nearest to ${at(tokens, chosen).name}: ${names}`);
    this.distances.replaceChildren(
      ...nearest.map(({ name, distance }) =>
        element('div', {}, element('dt', {}, name), element('dd', { class: 'number' }, distance.toFixed(2))),
      ),
    );
  }
}

const invitation = 'Point at a character, or press its key or an arrow key here, to see its nearest neighbors.';
