import type { DrawnNames, Samples } from '../../../src/shared/run';
import type { Origin, SampledWord } from '../../../src/shared/sampling';
import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';
import { countOf, formatInteger } from '../../draw/format';

/** Longer names get their own line: an untrained model goes on for hundreds of characters. */
const longName = 20;

/** Names that were drawn, each with where it stands. */
export class SampleList {
  readonly root = element('ol', {
    class: 'samples',
    tabindex: 0,
    'aria-label': 'Sampled names',
    'data-vscode-context': '{"webviewSection":"samples","preventDefaultContextMenuItems":false}', // so that names can be copied
  });
  private readonly changed = new Changes();

  /** @param isNewest whether others will follow by themselves */
  show(names: DrawnNames | undefined, isNewest: boolean): void {
    if (!this.changed.of(names, isNewest)) return;
    this.root.classList.toggle('newest', isNewest);
    this.root.replaceChildren(...(names?.words ?? []).map(word => itemOf(word, isNewest)));
    if (!isNewest) this.root.scrollTop = 0;
  }
}

function itemOf({ text, origin, cut }: SampledWord, isNewest: boolean): HTMLLIElement {
  const name =
    text === ''
      ? element('i', { class: 'name' }, 'no characters')
      : element('span', { class: 'name characters', title: isNewest && text.length > longName && text }, text);
  const known = origin !== 'new';
  const says = known ? `This name is in the ${origin} split` : 'This name is not in the file';
  const tag = element('span', { class: 'tag', title: says }, known ? `in ${origin}` : origin);
  const end = element('span', { class: 'tag', title: 'The model had not ended the name at 1,000 characters' }, 'cut');
  return element(
    'li',
    { class: !isNewest && text.length > longName && 'long' },
    name,
    ' ',
    ...(cut ? [end, ' '] : []),
    tag,
  );
}

/** "20 names: 17 new, 3 in train · step 12,345" */
export function summarize({ request, words, drawn, step }: Samples): string {
  const of = (origin: Origin): number => words.filter(word => word.origin === origin).length;
  const known = (['train', 'dev', 'test'] as const).filter(split => of(split) > 0);
  const parts = [`${formatInteger(of('new'))} new`, ...known.map(split => `${formatInteger(of(split))} in ${split}`)];
  const at = step > 0 ? ` · step ${formatInteger(step)}` : '';
  const origins = words.length > 0 ? `: ${parts.join(', ')}` : '';
  if (!request.bigram) return `${countOf(words.length, 'name')}${origins}${at}`;
  const held = `${formatInteger(words.length)} of ${formatInteger(drawn)} drawn hold “${request.bigram.join('')}”`;
  return `${held}${origins}${at}`;
}
