import '../parts/readout.css';
import type { BigramCounts } from '../../../src/shared/run';
import { element, setText } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { formatLogit } from './picture';
import type { BigramView } from './view';
import { describeBigram, ranking } from './probabilities';
import { charactersOf, describeTrigram } from './trigrams';

const fields = ['bigram', 'trigram', 'count', 'probability', 'learned', 'W', 'log count', 'constant', 'rank'] as const;
type Field = (typeof fields)[number];

/** What is known of the cell that is pointed at. Its lines are always there, so that nothing moves. */
export class BigramReadout {
  private readonly values = new Map(fields.map(name => [name, element('dd', { class: 'number' })]));
  private readonly sentence = element('p', { class: 'quiet' });
  readonly root: HTMLElement;
  private rankedOf: BigramCounts | undefined;
  private rankOf: (count: number) => number = () => 0;

  constructor(id: string) {
    const pairs = Array.from(this.values, ([name, value]) =>
      element('div', { class: `readout-${name.replace(' ', '-')}` }, element('dt', {}, name), value),
    );
    this.root = element(
      'div',
      { class: 'readout', id, 'aria-live': 'polite' },
      element('dl', {}, ...pairs),
      this.sentence,
    );
  }

  show(counts: BigramCounts, view: BigramView, cell: number | undefined): void {
    if (this.rankedOf !== counts) {
      this.rankedOf = counts;
      this.rankOf = ranking(counts.counts);
    }
    const told = cell === undefined ? undefined : this.tell(counts, view, cell);
    const shown = fieldsOf(view);
    for (const [name, value] of this.values) {
      value.parentElement!.hidden = !shown.includes(name); // the constructor put each into a pair
      setText(value, told?.[name] ?? '–');
    }
    setText(this.sentence, cell === undefined ? invitationOf(view) : sentenceOf(counts, view, cell));
  }

  private tell({ tokens, counts }: BigramCounts, view: BigramView, cell: number): Partial<Record<Field, string>> {
    const { probs, logCounts, learned } = view;
    const row = Math.floor(cell / tokens.length);
    const first = tokens[row];
    const characters = charactersOf(tokens, cell, view.after);
    return {
      [view.after === undefined ? 'bigram' : 'trigram']: characters.join(''),
      count: formatInteger(counts[cell]),
      probability: `${probs[cell].toFixed(4)} given ${characters.slice(0, -1).join('')}`,
      rank: `${formatInteger(this.rankOf(counts[cell]))} of ${formatInteger(tokens.length ** 2)}`,
      'log count': formatLogit(logCounts[cell], 4),
      ...(learned && {
        learned: learned.probs[cell].toFixed(4),
        W: formatLogit(learned.W[cell], 4),
        constant: `${formatLogit(learned.constants[row], 4)} in row ${first}`,
      }),
    };
  }
}

function invitationOf({ after }: BigramView): string {
  const how = 'Point at a cell, or press an arrow key here. A click or Enter lists the names that hold it';
  return after === undefined ? `${how}; a right click samples some that do.` : `${how}.`;
}

function fieldsOf({ mode, learned, after }: BigramView): readonly Field[] {
  if (after !== undefined) return ['trigram', 'count', 'probability', 'rank'];
  if (mode === 'logits') return ['bigram', 'W', 'constant', 'log count', 'count'];
  if (mode === 'logCounts') return ['bigram', 'count', 'log count', 'probability'];
  return ['bigram', 'count', 'probability', ...(learned ? (['learned'] as const) : []), 'rank'];
}

function sentenceOf({ tokens, counts }: BigramCounts, { learned, after }: BigramView, cell: number): string {
  if (after !== undefined) return describeTrigram(after, tokens, cell, counts[cell]);
  const said = describeBigram(tokens, cell, counts[cell]);
  const first = tokens[Math.floor(cell / tokens.length)];
  return learned ? `${said} one-hot("${first}") @ W is row “${first}” of W.` : said;
}
