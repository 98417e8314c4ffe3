import { hasModel, type RunState } from '../../../src/shared/run-state';
import { judgedAt } from '../../alerts/neuron-rules';
import { Changes } from '../../draw/changes';
import { element, setText, textButton } from '../../draw/element';
import { formatFixed, formatInteger } from '../../draw/format';
import type { PanelContext } from '../panel';
import { deadSentence } from './sentences';
import type { DeadNeurons } from './mask';

/** Searches the whole train split on demand, and lists the dead neurons. */
export class DeadNeuronSearch {
  private readonly button: HTMLButtonElement;
  private readonly status = element('p', { role: 'status' });
  private readonly heading = element('p', { class: 'quiet' });
  private readonly list = element('ul', { class: 'dead-neurons number' });
  readonly root: HTMLElement;
  private readonly changed = new Changes();

  constructor({ post }: PanelContext) {
    const search = (): void => post({ type: 'findDeadNeurons' });
    this.button = textButton('Search the Train Split for Dead Neurons', search, 'secondary');
    this.root = element('div', { class: 'dead-search' }, this.button, this.status, this.heading, this.list);
  }

  /** @param dead empty until the split has been searched */
  render(state: RunState, dead: readonly DeadNeurons[]): void {
    const { leastActivations, findingDeadNeurons } = state;
    this.button.disabled = findingDeadNeurons || !hasModel(state);
    this.heading.hidden = this.list.hidden = !leastActivations;
    if (!this.changed.of(leastActivations, findingDeadNeurons)) return;
    setText(this.status, statusOf(state));
    setText(this.heading, `|h| is above ${formatFixed(judgedAt, 2)} for all of them in these neurons:`);
    this.list.replaceChildren(...dead.map(layer => element('li', {}, deadSentence(layer))));
  }
}

function statusOf({ leastActivations, findingDeadNeurons, info }: RunState): string {
  if (findingDeadNeurons) return 'Searching… Training waits until it is done.';
  if (!leastActivations) return '';
  const examples = formatInteger(info?.examples.train ?? 0);
  return `Searched at step ${formatInteger(leastActivations.step)}, with the weights of that step: ${examples} train examples.`;
}
