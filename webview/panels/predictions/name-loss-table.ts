import type { Walk } from '../../../src/shared/inspection';
import type { RunInfo } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';
import { element, setText } from '../../draw/element';
import { characterLosses, lossOfName, worstPlace, type CharacterLoss } from './name-losses';
import { contextAt } from '../parts/probe';

/** A longer context loses its beginning. */
const longestContext = 8;

/** The loss of each character of a name, as a row with its context, and their mean. */
export class NameLossTable {
  private readonly lnV = element('span', { class: 'ln-v' }, 'ln V');
  private readonly rows = element('tbody');
  private readonly mean = element('p', { class: 'fact-line' });
  readonly root: HTMLElement;

  constructor() {
    const columns = ['context', 'next', 'p', '−log p'].map(name => element('th', { scope: 'col' }, name));
    const scale = element('td', { class: 'bar-cell', 'aria-hidden': 'true' }, this.lnV);
    const head = element('tr', {}, ...columns, element('td'), scale);
    const table = element('table', {}, element('thead', {}, head), this.rows);
    const attributes = { class: 'name-losses', tabindex: 0, role: 'region', 'aria-label': 'Loss of each character' };
    this.root = element('div', {}, element('div', attributes, table), this.mean);
  }

  draw(state: RunState, walk: Walk, info: RunInfo): void {
    const losses = characterLosses(walk, info.characters);
    const worst = worstPlace(losses);
    const unknowing = Math.log(info.vocabSize);
    const longest = losses.reduce((most, { loss }) => (Number.isFinite(loss) ? Math.max(most, loss) : most), unknowing);
    const share = (100 * unknowing) / longest;
    this.lnV.style.left = `${share}%`;
    this.lnV.style.translate = `-${share}%`; // so that it ends where the bars may end
    this.rows.replaceChildren(
      ...losses.map(each => {
        const context = contextAt(state, { ...walk, position: each.place });
        const row = rowOf(each, context, each.place === worst ? 'worst' : '');
        row.append(barOf(each.loss / longest, unknowing / longest));
        if (each.place === walk.position) row.setAttribute('aria-current', 'true');
        return row;
      }),
    );
    const mean = `${formatLoss(lossOfName(losses))} nats per character`;
    setText(this.mean, `Loss of “${walk.text}${info.boundary}”: ${mean}; ln V = ${unknowing.toFixed(4)}`);
  }
}

function rowOf({ character, probability, loss }: CharacterLoss, context: readonly string[], tag: string): HTMLElement {
  const shown = context.length > longestContext ? `…${context.slice(-longestContext).join('')}` : context.join('');
  const texts = [`→ ${character}`, probability.toFixed(4), formatLoss(loss), tag];
  return element('tr', {}, element('th', { scope: 'row' }, shown), ...texts.map(text => element('td', {}, text)));
}

/** @param share of the whole width, all of which goes to a loss that is infinite or not a number */
function barOf(share: number, unknowing: number): HTMLElement {
  const bar = element('span', { class: 'bar' });
  const line = element('span', { class: 'ln-v' });
  bar.style.width = `${100 * (Number.isFinite(share) ? share : 1)}%`;
  line.style.left = `${100 * unknowing}%`;
  return element('td', { class: 'bar-cell', 'aria-hidden': 'true' }, bar, line);
}

function formatLoss(loss: number): string {
  return loss === Infinity ? '∞' : loss.toFixed(4);
}
