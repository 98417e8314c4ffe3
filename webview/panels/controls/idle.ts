import { element, textButton } from '../../draw/element';
import type { PanelContext } from '../panel';

/** A loss as it falls, in units of the picture: 100 wide, 60 high. */
const curve = '4,6 7,22 11,31 16,37 23,41 32,44 43,46 56,47.5 70,48.5 84,49 96,49.4';
/** As a model of part 3 draws them. */
const names = ['dex', 'mariah', 'makilah', 'tyder', 'maish'];

/** What there is to do before anything trains, and a still of what will be there then. */
export function idleNotice({ post }: Pick<PanelContext, 'post'>): HTMLElement {
  return element(
    'div',
    { class: 'idle' },
    element('h1', {}, 'Nothing is training yet'),
    element('p', {}, 'Open a file with one name per line, and a model learns to make up more names like them.'),
    element(
      'div',
      { class: 'actions' },
      textButton('Train on the Open File', () => post({ type: 'train' }), 'primary'),
      textButton('Open Sample Names', () => post({ type: 'openNames' }), 'secondary'),
    ),
    element(
      'div',
      { class: 'still', role: 'img', 'aria-label': 'What will be here: the loss as it falls, and new names' },
      picture(),
      element('ul', { class: 'characters', 'aria-hidden': 'true' }, ...names.map(name => element('li', {}, name))),
    ),
  );
}

function picture(): SVGElement {
  const axes = shape('polyline', { class: 'axes', points: '4,2 4,56 98,56' });
  return shape('svg', { viewBox: '0 0 100 60', 'aria-hidden': 'true' }, axes, shape('polyline', { points: curve }));
}

function shape(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly SVGElement[]
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
