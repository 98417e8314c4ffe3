import { isCounting } from '../../src/shared/presets';
import type { RunState } from '../../src/shared/run-state';
import { element, segmentedControl, setText } from '../draw/element';
import { formatSetting } from '../draw/format';
import { canBeMistaken, learnsTable, type BigramChoice, type BigramMode } from './bigram-view';
import { checkbox } from './field';
import type { PanelContext } from './panel';
import { RunSmoothing, SmoothingSlider } from './smoothing';

export const modeLabels: Readonly<Record<BigramMode, string>> = {
  counts: 'Counts',
  probability: 'Probability',
  logCounts: 'Log counts',
  logits: 'Learned W',
};

const divisorLabels = { rows: 'Rows', columns: 'Columns' } as const;

/** Chooses what the matrix shows. */
export class BigramToolbar {
  private readonly modes = segmentedControl('What the cells show', modeLabels, mode => this.set('mode', mode));
  private readonly divisors = segmentedControl('Normalise', divisorLabels, by => this.set('normalise', by));
  private readonly divisorChoice = element(
    'div',
    { class: 'choice' },
    element('span', {}, 'normalise'),
    this.divisors.root,
    element('span', {}, '(the keepdim trap)'),
  );
  private readonly constants = checkbox('add-constants', 'add the constant of each row', checked =>
    this.set('addConstants', checked),
  );
  private readonly smoothing: RunSmoothing;
  private readonly slider = new SmoothingSlider(value => this.smoothing.change(value, this.counting));
  private readonly regularisation = element('span', { class: 'choice' });
  readonly root = element(
    'div',
    { class: 'toolbar' },
    this.modes.root,
    this.divisorChoice,
    this.constants.root,
    element('div', { class: 'pulls' }, this.slider.root, this.regularisation),
  );
  private counting = false;

  constructor(private readonly context: PanelContext) {
    this.smoothing = new RunSmoothing(context);
  }

  /** Shows what is chosen, as far as the run allows it. */
  render(state: RunState): BigramChoice {
    const { settings } = this.context;
    const { preset } = state;
    this.counting = preset !== undefined && isCounting(preset);
    const learns = learnsTable(state);
    const offered = (Object.keys(modeLabels) as BigramMode[]).filter(known => learns || known !== 'logits');
    const chosen = settings.get<string>('mode', 'counts');
    const mode = offered.find(known => known === chosen) ?? 'counts';
    this.modes.show(mode, offered);

    this.divisorChoice.hidden = mode !== 'probability' || !canBeMistaken(state);
    const byColumns = !this.divisorChoice.hidden && settings.get<string>('normalise', 'rows') === 'columns';
    const normalise = byColumns ? 'columns' : 'rows';
    this.divisors.show(normalise, ['rows', 'columns']);

    this.constants.root.hidden = mode !== 'logits';
    const addConstants = settings.get('addConstants', false);
    this.constants.input.checked = addConstants;

    const smoothing = this.smoothing.of(state);
    this.slider.show(smoothing);
    const strength = learns ? preset?.hyperparameters.regularisation : undefined;
    this.regularisation.hidden = strength === undefined;
    if (strength !== undefined) setText(this.regularisation, `regularisation of W  ${formatSetting(strength)}`);
    return { mode, smoothing, normalise, addConstants };
  }

  private set(key: string, value: string | boolean): void {
    this.context.settings.set(key, value);
  }
}
