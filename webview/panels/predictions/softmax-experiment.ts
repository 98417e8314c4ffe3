import { at } from '../../../src/shared/at';
import { Changes } from '../../draw/changes';
import { element, setText, textButton } from '../../draw/element';
import type { Distribution } from './distribution';
import type { Settings } from '../parts/settings';
import { Select } from '../parts/select';
import { Slider } from '../parts/slider';
import { trialRows, trialSentence, trySoftmax, writeLoss, type LogitsChange } from './softmax-trial';

/** What a logit can be set to, including the 100 of the lecture. The first leaves it as it is. */
const stops = [undefined, 5, 10, 20, 50, 80, 88, 89, 100, 200, 500, 1000];
const offsets = { min: -200, max: 200, step: 10 };

/** Changes the logits of the forward pass, and compares the softmax of part 1 with that of cross-entropy. */
export class SoftmaxExperiment {
  private readonly offset: Slider;
  private readonly raised: Select;
  private readonly stop: Slider;
  private readonly reset: HTMLButtonElement;
  private readonly rows = element('tbody');
  private readonly losses = element('p', { class: 'fact-line' });
  private readonly sentence = element('p', { class: 'quiet look-for', 'aria-live': 'polite' });
  readonly root: HTMLElement;
  private readonly changed = new Changes();

  constructor(private readonly settings: Settings) {
    this.offset = new Slider({ label: 'add to all logits', ...offsets }, offset => settings.set('offset', offset));
    const ends = { min: 0, max: stops.length - 1, step: 1 };
    this.stop = new Slider({ label: 'to', name: 'What it is set to', ...ends }, stop => settings.set('stop', stop));
    this.raised = new Select('set the logit of', character => settings.set('raised', character));
    this.reset = textButton('As the model has them', () => this.leave(), 'secondary');
    const set = element('div', { class: 'choice' }, this.raised.root, this.stop.root);
    const table = element('table', { class: 'trial' }, heading(), this.rows);
    const scroller = element(
      'div',
      { class: 'table-scroller', tabindex: 0, role: 'region', 'aria-label': 'Softmax both ways' },
      table,
    );
    const toolbar = element('div', { class: 'toolbar' }, this.offset.root, set, this.reset);
    this.root = element('div', { class: 'experiment' }, toolbar, this.sentence, scroller, this.losses);
  }

  draw(distribution: Distribution): void {
    const { characters, logits, target } = distribution;
    if (!logits) return;
    const change = this.render(characters);
    if (!this.changed.of(distribution, change.offset, change.raised, change.to)) return;
    const trial = trySoftmax(logits, target, change);
    this.rows.replaceChildren(...trialRows(trial, distribution, change.raised).map(rowOf));
    setText(this.sentence, trialSentence(trial, change));
    const losses = `−log p = ${writeLoss(trial.naiveLoss)}, cross-entropy = ${writeLoss(trial.loss)}`;
    setText(this.losses, `Loss of ${at(characters, target)}, which follows: ${losses}`);
  }

  /** Shows what is chosen. */
  private render(characters: readonly string[]): LogitsChange {
    const { settings } = this;
    const offset = settings.get<number>('offset', 0);
    const stop = Math.min(settings.get<number>('stop', 0), stops.length - 1);
    const chosen = characters.indexOf(settings.get('raised', ''));
    const raised = chosen < 0 ? characters.length - 1 : chosen; // the lecture raises the last one
    const to = stops[stop];
    this.offset.show(offset, `${offset < 0 ? '−' : '+'}${Math.abs(offset)}`);
    this.raised.show(
      at(characters, raised),
      characters.map(character => ({ value: character, label: character })),
    );
    this.stop.show(stop, to === undefined ? 'as it is' : String(to));
    this.reset.disabled = offset === 0 && to === undefined;
    return { offset, raised, to };
  }

  private leave(): void {
    this.settings.set('offset', 0);
    this.settings.set('stop', 0);
  }
}

/** Two columns for each way: the exponential, and the exponential divided by the sum. */
function heading(): HTMLElement {
  const over = (text: string, columns: number): HTMLElement =>
    element('th', { colspan: columns, scope: columns > 1 ? 'colgroup' : 'col' }, text);
  const columns = ['', 'x', 'exp(x)', 'p', 'exp(x − max)', 'p'].map(text =>
    text === '' ? element('td') : over(text, 1),
  );
  return element(
    'thead',
    {},
    element('tr', {}, element('td', { colspan: 2 }), over('as written', 2), over('cross-entropy', 2)),
    element('tr', {}, ...columns),
  );
}

function rowOf([name = '', ...cells]: readonly string[]): HTMLElement {
  return element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map(text => element('td', {}, text)));
}
