import type { RunState } from '../../../src/shared/run-state';
import { element, setText, textButton } from '../../draw/element';
import type { PanelContext } from '../panel';

/** Says that a run is only looked at, with the ways on. */
export class LookLine {
  readonly root: HTMLElement;
  private readonly text = element('p');
  private readonly back: HTMLElement;

  constructor({ post }: PanelContext) {
    this.back = textButton('Back to the Run', () => post({ type: 'endLook' }), 'primary');
    const open = textButton('Open', () => post({ type: 'openLookedAt' }), 'secondary');
    open.title = 'Loads its model, to sample it or train on';
    this.root = element('div', { class: 'notice info look', role: 'status' }, this.text, this.back, open);
  }

  render({ lookedAt }: RunState): void {
    this.root.hidden = lookedAt === undefined;
    setText(this.text, lookedAt ? `Looking at ${lookedAt.title}` : '');
    this.back.hidden = lookedAt?.hasCurrent !== true;
  }
}
