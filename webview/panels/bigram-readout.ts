import type { BigramCounts } from '../../src/shared/run';
import { element, setText } from '../draw/element';
import { formatInteger } from '../draw/format';
import type { BigramView } from './bigram-view';
import { describeBigram, ranking } from './bigrams';

/** What is known of the cell that is pointed at. Its lines are always there, so that nothing moves. */
export class BigramReadout {
  private readonly bigram = value();
  private readonly count = value();
  private readonly probability = value();
  private readonly rank = value();
  private readonly sentence = element('p', { class: 'quiet' });
  readonly root: HTMLElement;
  private rankedOf: BigramCounts | undefined;
  private rankOf: (count: number) => number = () => 0;

  constructor(id: string) {
    this.root = element(
      'div',
      { class: 'readout', id, 'aria-live': 'polite' },
      element(
        'dl',
        {},
        pair('bigram', this.bigram),
        pair('count', this.count),
        pair('probability', this.probability),
        pair('rank', this.rank),
      ),
      this.sentence,
    );
  }

  show(counts: BigramCounts, { probs }: BigramView, cell: number | undefined): void {
    if (this.rankedOf !== counts) {
      this.rankedOf = counts;
      this.rankOf = ranking(counts.counts);
    }
    if (cell === undefined) {
      for (const field of [this.bigram, this.count, this.probability, this.rank]) setText(field, '–');
      setText(
        this.sentence,
        'Point at a cell, or press an arrow key here; a right click samples names with its bigram.',
      );
      return;
    }
    const { tokens } = counts;
    const count = counts.counts[cell];
    const first = tokens[Math.floor(cell / tokens.length)];
    setText(this.bigram, first + tokens[cell % tokens.length]);
    setText(this.count, formatInteger(count));
    setText(this.probability, `${probs[cell].toFixed(4)} given ${first}`);
    setText(this.rank, `${formatInteger(this.rankOf(count))} of ${formatInteger(tokens.length ** 2)}`);
    setText(this.sentence, describeBigram(tokens, cell, count));
  }
}

function value(): HTMLElement {
  return element('dd', { class: 'number' }, '–');
}

function pair(name: string, field: HTMLElement): HTMLElement {
  return element('div', { class: `readout-${name}` }, element('dt', {}, name), field);
}
