import { isCounting } from '../../../src/shared/presets';
import type { RunState } from '../../../src/shared/run-state';
import { element, segmentedControl, setText } from '../../draw/element';
import { formatSetting } from '../../draw/format';
import { canBeMistaken, learnsTable, type BigramChoice, type BigramMode } from './view';
import { checkbox } from '../parts/field';
import { NgramChoice } from './ngram-choice';
import type { PanelContext } from '../panel';
import { RunSmoothing, SmoothingSlider } from './smoothing';

export const modeLabels: Readonly<Record<BigramMode, string>> = {
  counts: 'Counts',
  probability: 'Probability',
  logCounts: 'Log counts',
  logits: 'Learned W',
};

const modes: readonly BigramMode[] = ['counts', 'probability', 'logCounts', 'logits'];
/** The modes of trigrams. */
const countModes: readonly BigramMode[] = ['counts', 'probability'];

const divisorLabels = { rows: 'Rows', columns: 'Columns' } as const;

/** Chooses what the matrix shows. */
export class BigramToolbar {
  private readonly ngrams: NgramChoice;
  private readonly modes = segmentedControl('What the cells show', modeLabels, mode => this.set('mode', mode));
  private readonly divisors = segmentedControl('Normalize', divisorLabels, by => this.set('normalize', by));
  private readonly divisorChoice = element(
    'div',
    { class: 'choice' },
    element('span', {}, 'normalize'),
    this.divisors.root,
    element('span', {}, '(the keepdim trap)'),
  );
  private readonly constants = checkbox('add-constants', 'add the constant of each row', checked =>
    this.set('addConstants', checked),
  );
  private readonly smoothing: RunSmoothing;
  private readonly slider = new SmoothingSlider(value => this.smoothing.change(value, this.counting));
  private readonly regularization = element('span', { class: 'choice' });
  readonly root: HTMLElement;
  private counting = false;

  constructor(private readonly context: PanelContext) {
    this.ngrams = new NgramChoice(context);
    this.smoothing = new RunSmoothing(context);
    this.root = element(
      'div',
      { class: 'toolbar' },
      this.ngrams.root,
      this.modes.root,
      this.divisorChoice,
      this.constants.root,
      element('div', { class: 'pulls' }, this.slider.root, this.regularization),
    );
  }

  /** Shows what is chosen, as far as the run, and trigrams, allow it. */
  render(state: RunState): BigramChoice {
    const { settings } = this.context;
    const { preset } = state;
    this.counting = preset !== undefined && isCounting(preset);
    const after = this.ngrams.render(state);
    const bigrams = after === undefined;
    const learns = learnsTable(state) && bigrams;
    const offered = learns ? modes : bigrams ? modes.filter(mode => mode !== 'logits') : countModes;
    const chosen = settings.get<string>('mode', 'counts');
    const mode = offered.find(known => known === chosen) ?? 'counts';
    this.modes.show(mode, offered);

    this.divisorChoice.hidden = mode !== 'probability' || !canBeMistaken(state) || !bigrams;
    const byColumns = !this.divisorChoice.hidden && settings.get<string>('normalize', 'rows') === 'columns';
    const normalize = byColumns ? 'columns' : 'rows';
    this.divisors.show(normalize, ['rows', 'columns']);

    this.constants.root.hidden = mode !== 'logits';
    const addConstants = settings.get('addConstants', false);
    this.constants.input.checked = addConstants;

    const smoothing = this.smoothing.of(state);
    this.slider.show(smoothing);
    const strength = learns ? preset?.hyperparameters.regularization : undefined;
    this.regularization.hidden = strength === undefined;
    if (strength !== undefined) setText(this.regularization, `regularization of W  ${formatSetting(strength)}`);
    return { mode, smoothing, normalize, addConstants, after };
  }

  private set(key: string, value: string | boolean): void {
    this.context.settings.set(key, value);
  }
}
