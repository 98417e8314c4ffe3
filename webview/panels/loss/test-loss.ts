import { heldOutOf } from '../../../src/shared/held-out';
import { hasModel, type RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, setText, textButton } from '../../draw/element';
import { testSentence } from './sentences';
import type { PanelContext } from '../panel';

/** The loss on the test names, which nobody sees unasked: whoever chooses by it uses them up. */
export class TestLoss {
  private readonly evaluate: HTMLButtonElement;
  private readonly says = element('p', { class: 'quiet', role: 'status' });
  readonly root: HTMLElement;
  private readonly changed = new Changes();

  constructor({ post }: PanelContext) {
    this.evaluate = textButton('Evaluate on the Test Names', () => post({ type: 'evaluateTest' }), 'secondary');
    this.root = element('div', { class: 'test-loss' }, this.evaluate, this.says);
  }

  render(state: RunState): void {
    const { evaluations, info, preset, purpose } = state;
    // the presets of makemore.py show it all along, as makemore.py does
    const has = preset && heldOutOf(preset) === 'dev' && purpose === 'train' && typeof info?.examples.test === 'number';
    this.root.hidden = !has;
    this.evaluate.hidden = !hasModel(state) || state.lookedAt !== undefined;
    if (this.changed.of(evaluations)) setText(this.says, testSentence(state));
  }
}
