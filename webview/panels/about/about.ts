import './about.css';
import { isCounting } from '../../../src/shared/presets';
import type { RunState } from '../../../src/shared/run-state';
import { countOf } from '../../draw/format';
import type { Panel, PanelContext, PanelView } from '../panel';
import { Experiments } from './experiments';
import { HyperparameterForm } from './hyperparameter-form';
import { ModelSummary } from './model-summary';

const formPart = 'hyperparameters';

/** What a run is made of, and what else can be made of it. */
export const about: Panel = {
  id: 'about',
  title: 'About This Run',
  place: 'last',
  startsFolded: true,
  parts: [formPart],
  isOffered: ({ preset }) => preset !== undefined,
  fact: ({ info, lookedAt, preset }) => {
    const { parameterCount, names } = info ?? lookedAt?.facts ?? {};
    if (parameterCount === undefined || names === undefined) return '';
    return `${countOf(parameterCount, preset && isCounting(preset) ? 'count' : 'parameter')} · ${countOf(names, 'name')}`;
  },
  mount: (root, context) => new AboutView(root, context),
};

class AboutView implements PanelView {
  private readonly summary = new ModelSummary();
  private readonly experiments: Experiments;
  private readonly form: HyperparameterForm;

  constructor(root: HTMLElement, context: PanelContext) {
    this.experiments = new Experiments(context);
    this.form = new HyperparameterForm(context);
    root.append(this.summary.root, this.experiments.root, this.form.root);
  }

  render(state: RunState): void {
    this.summary.render(state);
    this.experiments.render(state);
    this.form.render(state.preset);
    this.form.root.hidden = !state.preset || state.lookedAt !== undefined;
  }

  focus(part: string): boolean {
    return part === formPart && this.form.focus();
  }

  dispose(): void {
    // Holds nothing outside its own elements.
  }
}
