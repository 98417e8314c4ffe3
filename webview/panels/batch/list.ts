import '../parts/listing.css';
import type { Batch } from '../../../src/shared/inspection';
import { Changes } from '../../draw/changes';
import { element, setText, textButton } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { batchSentence, isOfNames, knownExamples, listedExample } from '../parts/batch-listing';
import type { Settings } from '../parts/settings';

/** The size of a batch in the lectures. */
const few = 32;

/** The examples of a batch, as the lectures list them. */
export class BatchList {
  private readonly summary = element('p', { class: 'fact-line' });
  private readonly list = element('ol', {
    class: 'listing characters',
    tabindex: 0,
    'aria-label': 'Examples of the batch',
  });
  private readonly more: HTMLButtonElement;
  readonly root: HTMLElement;
  private readonly changed = new Changes();
  private items: readonly HTMLElement[] = [];

  constructor(private readonly settings: Settings) {
    this.more = textButton('', () => settings.set('all', !settings.get<boolean>('all', false)), 'secondary');
    this.root = element('div', {}, this.summary, this.list, this.more);
  }

  /** @param all the number of examples, where every batch has all of them */
  render(batch: Batch, characters: readonly string[], all: number | undefined): void {
    const long = this.settings.get<boolean>('all', false);
    if (!this.changed.of(batch, characters, long)) return;
    const known = knownExamples(batch);
    const shown = long ? known : Math.min(few, known);
    setText(this.summary, batchSentence(batch, all));
    this.list.classList.toggle('names', isOfNames(batch));
    this.more.hidden = known <= few;
    setText(this.more, long ? `Show ${few}` : `Show ${formatInteger(known)}`);
    if (this.items.length !== shown) {
      this.items = Array.from({ length: shown }, () => element('li'));
      this.list.replaceChildren(...this.items);
    }
    this.items.forEach((item, example) => {
      const { context, target } = listedExample(batch, characters, example);
      setText(item, `${context.join('')} → ${target.join('')}`);
    });
  }
}
