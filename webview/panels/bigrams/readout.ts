import '../parts/readout.css';
import { at } from '../../../src/shared/at';
import type { BigramCounts } from '../../../src/shared/run';
import { element, setText } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { formatLogit } from './picture';
import type { BigramView } from './view';
import { describeBigram, ranking } from './probabilities';
import { charactersOf, describeTrigram } from './trigrams';

const fields = ['bigram', 'trigram', 'count', 'probability', 'learned', 'W', 'log count', 'constant', 'rank'] as const;
type Field = (typeof fields)[number];

/** What is known of the cell at the cursor. Its lines are always there, so that nothing moves. */
export class BigramReadout {
  private readonly pairs = fields.map(name => {
    const value = element('dd', { class: 'number' });
    const root = element('div', { class: `readout-${name.replace(' ', '-')}` }, element('dt', {}, name), value);
    return { name, value, root };
  });
  private readonly sentence = element('p', { class: 'quiet' });
  readonly root: HTMLElement;
  private rankedOf: BigramCounts | undefined;
  private rankOf: (count: number) => number = () => 0;

  constructor(id: string) {
    const list = element('dl', {}, ...this.pairs.map(({ root }) => root));
    this.root = element('div', { class: 'readout', id, 'aria-live': 'polite' }, list, this.sentence);
  }

  show(counts: BigramCounts, view: BigramView, cell: number | undefined): void {
    if (this.rankedOf !== counts) {
      this.rankedOf = counts;
      this.rankOf = ranking(counts.counts);
    }
    const texts = cell === undefined ? {} : this.textsOf(counts, view, cell);
    const shown = fieldsOf(view);
    for (const { name, value, root } of this.pairs) {
      root.hidden = !shown.includes(name);
      setText(value, texts[name] ?? '–');
    }
    setText(this.sentence, cell === undefined ? invitationOf(view) : sentenceOf(counts, view, cell));
  }

  private textsOf({ tokens, counts }: BigramCounts, view: BigramView, cell: number): Partial<Record<Field, string>> {
    const { probs, logCounts, learned } = view;
    const row = Math.floor(cell / tokens.length);
    const characters = charactersOf(tokens, cell, view.after);
    const count = at(counts, cell);
    return {
      [view.after === undefined ? 'bigram' : 'trigram']: characters.join(''),
      count: formatInteger(count),
      probability: `${at(probs, cell).toFixed(4)} given ${characters.slice(0, -1).join('')}`,
      rank: `${formatInteger(this.rankOf(count))} of ${formatInteger(tokens.length ** 2)}`,
      'log count': formatLogit(at(logCounts, cell), 4),
      ...(learned && {
        learned: at(learned.probs, cell).toFixed(4),
        W: formatLogit(at(learned.W, cell), 4),
        constant: `${formatLogit(at(learned.constants, row), 4)} in row ${at(tokens, row)}`,
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
  const count = at(counts, cell);
  if (after !== undefined) return describeTrigram(after, tokens, cell, count);
  const said = describeBigram(tokens, cell, count);
  const first = at(tokens, Math.floor(cell / tokens.length));
  return learned ? `${said} one-hot("${first}") @ W is row “${first}” of W.` : said;
}
