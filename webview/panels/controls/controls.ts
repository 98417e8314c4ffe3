import './controls.css';
import type { RunState } from '../../../src/shared/run-state';
import { element } from '../../draw/element';
import type { Panel, PanelContext, PanelView } from '../panel';
import { RunBar } from './run-bar';
import { RunNotices } from './run-notices';

export const controls: Panel = {
  id: 'controls',
  title: 'Training',
  place: 'top',
  fact: () => '',
  mount: (root, context) => new ControlsView(root, context),
};

class ControlsView implements PanelView {
  private readonly bar: RunBar;
  private readonly notices: RunNotices;

  constructor(root: HTMLElement, context: PanelContext) {
    this.bar = new RunBar(context, () => context.show('hyperparameters'));
    this.notices = new RunNotices(context);
    root.append(this.bar.root, element('div', { class: 'run-rest' }, this.notices.root));
  }

  render(state: RunState): void {
    this.bar.render(state);
    this.notices.render(state);
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    // Holds nothing outside its own elements.
  }
}
