import type { Samples } from '../../../src/shared/run';
import { hasModel, type RunState } from '../../../src/shared/run-state';
import type { Origin, SampledWord } from '../../../src/shared/sampling';
import { element, setText, textButton } from '../../draw/element';
import { countOf, formatInteger } from '../../draw/format';
import type { PanelContext } from '../panel';

/** Longer names get their own line: an untrained model goes on for hundreds of characters. */
const longName = 20;

/** The names that were drawn, each with the split that has it, if any. */
export class SampleList {
  readonly root: HTMLElement;
  private readonly summary = element('p', { class: 'fact-line', role: 'status' });
  private readonly list = element('ol', {
    class: 'samples',
    tabindex: 0,
    'aria-label': 'Sampled names',
    'data-vscode-context': '{"webviewSection":"samples","preventDefaultContextMenuItems":false}', // so that names can be copied
  });
  private readonly actions: HTMLElement;
  private shown: Samples | undefined;

  constructor({ post }: PanelContext) {
    this.actions = element(
      'div',
      { class: 'actions' },
      textButton('Copy', () => post({ type: 'copySamples' }), 'secondary'),
      textButton('Open as document', () => post({ type: 'openSamples' }), 'secondary'),
    );
    this.root = element('div', {}, this.summary, this.list, this.actions);
  }

  render(state: RunState): void {
    const { samples } = state;
    const drawing = state.sampling !== undefined;
    this.actions.hidden = this.list.hidden = !samples;
    const nothing = `Names appear here${hasModel(state) ? ': press Sample Names' : ' once there is a model'}.`;
    setText(this.summary, drawing ? 'Drawing…' : samples ? summarize(samples) : nothing);
    if (samples === this.shown) return;
    this.shown = samples;
    this.list.replaceChildren(...(samples?.words ?? []).map(itemOf));
    this.list.scrollTop = 0;
  }
}

function itemOf({ text, origin, cut }: SampledWord): HTMLLIElement {
  const name = text === '' ? element('i', {}, 'no characters') : element('span', { class: 'characters' }, text);
  const long = text.length > longName && 'long';
  const tag = element('span', { class: 'tag', title: `This name is in the ${origin} split` }, origin);
  const end = element('span', { class: 'tag', title: 'The model had not ended the name at 1,000 characters' }, 'cut');
  return element('li', { class: long }, name, ...(origin === 'new' ? [] : [' ', tag]), ...(cut ? [' ', end] : []));
}

/** "20 names: 17 new, 3 in train · step 12,345" */
function summarize({ request, words, drawn, step }: Samples): string {
  const of = (origin: Origin): number => words.filter(word => word.origin === origin).length;
  const known = (['train', 'dev', 'test'] as const).filter(split => of(split) > 0);
  const parts = [`${formatInteger(of('new'))} new`, ...known.map(split => `${formatInteger(of(split))} in ${split}`)];
  const at = step > 0 ? ` · step ${formatInteger(step)}` : '';
  const origins = words.length > 0 ? `: ${parts.join(', ')}` : '';
  if (!request.bigram) return `${countOf(words.length, 'name')}${origins}${at}`;
  const held = `${formatInteger(words.length)} of ${formatInteger(drawn)} drawn hold “${request.bigram.join('')}”`;
  return `${held}${origins}${at}`;
}
