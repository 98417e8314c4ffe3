import { isCounting } from '../../../src/shared/presets';
import type { RunState } from '../../../src/shared/run-state';
import { element, textButton } from '../../draw/element';
import type { PanelContext } from '../panel';

/** What a teacher would try with a net before training it for real. */
export class Experiments {
  readonly root: HTMLElement;

  constructor({ post }: PanelContext) {
    const find = textButton('Find the Learning Rate', () => post({ type: 'findLearningRate' }), 'secondary');
    find.title = 'Raises the learning rate step by step and draws the loss against it';
    const overfit = textButton('Overfit One Batch', () => post({ type: 'overfit' }), 'secondary');
    overfit.title = 'Fits one batch again and again: a model with enough freedom can, unless it has a mistake';
    this.root = element('div', { class: 'actions experiments' }, find, overfit);
  }

  render({ preset, status, lookedAt }: RunState): void {
    this.root.hidden = status === 'starting' || lookedAt !== undefined || !preset || isCounting(preset);
  }
}
