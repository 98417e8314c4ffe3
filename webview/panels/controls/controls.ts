import './controls.css';
import type { RunState } from '../../../src/shared/run-state';
import { disclosure, element } from '../../draw/element';
import { Experiments } from './experiments';
import { HyperparameterForm } from './hyperparameter-form';
import { ModelSummary } from './model-summary';
import type { Panel, PanelContext, PanelView } from '../panel';
import { RunBar } from './run-bar';
import { RunNotices } from './run-notices';

const formPart = 'hyperparameters';

export const controls: Panel = {
  id: 'controls',
  title: 'Training',
  place: 'top',
  parts: [formPart],
  fact: () => '',
  lookFor: () => '',
  mount: (root, context) => new ControlsView(root, context),
};

class ControlsView implements PanelView {
  private readonly bar: RunBar;
  private readonly notices: RunNotices;
  private readonly summary = new ModelSummary();
  private readonly experiments: Experiments;
  private readonly form: HyperparameterForm;
  private readonly formSection: HTMLDetailsElement;

  constructor(root: HTMLElement, context: PanelContext) {
    this.bar = new RunBar(context, () => this.focus(formPart));
    this.notices = new RunNotices(context);
    this.experiments = new Experiments(context);
    this.form = new HyperparameterForm(context);
    this.formSection = disclosure('Hyperparameters', this.form.root);
    const parts = [this.notices, this.summary, this.experiments].map(({ root }) => root);
    root.append(this.bar.root, element('div', { class: 'run-rest' }, ...parts, this.formSection));
  }

  render(state: RunState): void {
    this.bar.render(state);
    this.notices.render(state);
    this.summary.render(state);
    this.experiments.render(state);
    this.form.render(state.preset);
    this.formSection.hidden = !state.preset || state.lookedAt !== undefined;
  }

  focus(part: string): boolean {
    if (part !== formPart || this.formSection.hidden) return false;
    this.formSection.open = true;
    this.form.focus();
    return true;
  }

  dispose(): void {
    // Holds nothing outside its own elements.
  }
}
