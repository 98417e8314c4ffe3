import './legend.css';
import './swatch.css';
import { element } from '../../draw/element';
import type { KeyEntry, LineLook } from './line-look';

/** A legend without controls. */
export function showKey(root: HTMLElement, entries: readonly KeyEntry[]): void {
  root.replaceChildren(
    ...entries.map(({ look, label }) => element('span', { class: 'key' }, swatch(look), element('span', {}, label))),
  );
}

export function swatch(look: LineLook): HTMLElement {
  return element('span', { class: `swatch ${look}`, 'aria-hidden': 'true' });
}
