import '../parts/readout.css';
import { at } from '../../../src/shared/at';
import { element, setText } from '../../draw/element';
import type { EmbeddingToken } from './picture';
import { nearestSentence } from './nearest-sentence';
import type { Neighbor } from './neighbors';

/** The characters nearest to the chosen one. */
export class NeighborList {
  private readonly sentence = element('p', { class: 'quiet', 'aria-live': 'polite' });
  private readonly distances = element('dl');
  readonly root: HTMLElement;

  constructor(id: string) {
    this.root = element('div', { class: 'readout', id }, this.sentence, this.distances);
  }

  /** @param moves how far each row has moved from where it was drawn */
  show(
    tokens: readonly EmbeddingToken[],
    chosen: number | undefined,
    neighbors: readonly Neighbor[],
    moves?: readonly number[],
  ): void {
    const nearest = neighbors.map(({ row, distance }) => ({ name: at(tokens, row).name, distance }));
    // Only the names are read aloud: the distances change with every look.
    setText(this.sentence, chosen === undefined ? invitation : nearestSentence(tokens, chosen, neighbors, moves));
    const own = chosen === undefined ? undefined : moves?.[chosen];
    const moved = own === undefined ? [] : [{ name: 'moved', distance: own }];
    this.distances.replaceChildren(
      ...[...nearest, ...moved].map(({ name, distance }) =>
        element('div', {}, element('dt', {}, name), element('dd', { class: 'number' }, distance.toFixed(2))),
      ),
    );
  }
}

const invitation = 'Point at a character, or press its key or an arrow key here, to see its nearest neighbors.';
