import { rateRangeText } from '../../../src/shared/learning-rate';
import { isCounting } from '../../../src/shared/presets';
import type { RunState } from '../../../src/shared/run-state';
import { element, textButton } from '../../draw/element';
import type { PanelContext } from '../panel';

/** What a teacher would try with a net before training it for real. */
export class Experiments {
  readonly root: HTMLElement;

  private readonly find: HTMLButtonElement;

  constructor({ post }: PanelContext) {
    this.find = textButton('Find the Learning Rate', () => post({ type: 'findLearningRate' }), 'secondary');
    const overfit = textButton('Overfit One Batch', () => post({ type: 'overfit' }), 'secondary');
    overfit.title = 'Fits one batch again and again: a model with enough freedom can, unless it has a mistake';
    this.root = element('div', { class: 'actions experiments' }, this.find, overfit);
  }

  render({ preset, status, lookedAt }: RunState): void {
    this.root.hidden = status === 'starting' || lookedAt !== undefined || !preset || isCounting(preset);
    if (preset)
      this.find.title = `Raises the learning rate from ${rateRangeText(preset.hyperparameters)} and draws the loss against it`;
  }
}
