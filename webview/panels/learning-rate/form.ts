import { hyperparameterProblem, hyperparameters } from '../../../src/shared/hyperparameters';
import { element, textButton } from '../../draw/element';
import { field } from '../parts/field';
import type { PanelContext } from '../panel';

/** Trains with a learning rate: the suggested one, or one that a person reads off the curve. */
export class RateForm {
  private readonly rate = field({
    id: 'suggested-learning-rate',
    label: hyperparameters.learningRate.label,
    numeric: true,
  });
  private readonly train = textButton('Train with This Learning Rate', () => undefined, 'primary');
  readonly root = element(
    'form',
    { class: 'rate-form', 'aria-label': 'Train with a learning rate', 'data-kept': '' },
    this.rate.root,
    this.train,
  );
  private suggested: number | undefined;

  constructor(context: PanelContext) {
    this.train.type = 'submit';
    this.root.noValidate = true;
    this.root.addEventListener('submit', event => {
      event.preventDefault(); // there is nowhere to go
      const learningRate = this.rate.number(hyperparameters.learningRate);
      const problem = hyperparameterProblem('learningRate', learningRate);
      this.rate.complain(problem);
      if (problem === undefined && typeof learningRate === 'number')
        context.post({ type: 'restart', hyperparameters: { learningRate } });
      else this.rate.input.focus();
    });
  }

  /** @param suggested undefined until it is known */
  show(suggested: number | undefined): void {
    this.rate.input.disabled = this.train.disabled = suggested === undefined;
    if (suggested === this.suggested) return; // what was typed stays
    this.suggested = suggested;
    this.rate.input.value = String(suggested ?? '');
    this.rate.complain(undefined);
  }

  focus(): boolean {
    this.rate.input.focus();
    return document.activeElement === this.rate.input;
  }
}
