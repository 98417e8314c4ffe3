import '../parts/readout.css';
import { element, setText } from '../../draw/element';
import type { EmbeddingToken } from './picture';
import type { Neighbor } from './neighbors';

/** Which characters lie nearest to the one that is chosen. Its lines are always there, so that nothing moves. */
export class NeighborList {
  private readonly sentence = element('p', { class: 'quiet', 'aria-live': 'polite' });
  private readonly distances = element('dl');
  readonly root: HTMLElement;

  constructor(id: string) {
    this.root = element('div', { class: 'readout', id }, this.sentence, this.distances);
  }

  show(tokens: readonly EmbeddingToken[], at: number | undefined, neighbors: readonly Neighbor[]): void {
    const names = neighbors.map(({ row }) => tokens[row].name);
    // Only the names are spoken: the distances are other ones with every look.
    setText(this.sentence, at === undefined ? invitation : `Nearest to ${tokens[at].name}: ${names.join(', ')}`);
    this.distances.replaceChildren(
      ...neighbors.map(({ distance }, i) =>
        element('div', {}, element('dt', {}, names[i]), element('dd', { class: 'number' }, distance.toFixed(2))),
      ),
    );
  }
}

const invitation =
  'Point at a character, or press an arrow key or the character itself here: its nearest are joined to it.';
