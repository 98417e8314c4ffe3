import {
  hyperparameterNames,
  hyperparameterProblem,
  hyperparameters,
  type HyperparameterName,
  type Hyperparameters,
} from '../../../src/shared/hyperparameters';
import type { Preset } from '../../../src/shared/presets';
import { disclosure, element, textButton } from '../../draw/element';
import { field, flagField, type Field } from '../parts/field';
import type { PanelContext } from '../panel';

/** What people change most, in the order of the form. The others are folded. */
const common: readonly HyperparameterName[] = ['maxSteps', 'learningRate', 'batchSize', 'nHidden', 'nEmbd'];
const mostCommon = 4;

/** Changes the hyperparameters of the preset. It is only made again for another preset, so that what is typed stays. */
export class HyperparameterForm {
  readonly root = element('form', { class: 'hyperparameter-form', 'aria-label': 'Hyperparameters', 'data-kept': '' });
  private fields: readonly (readonly [HyperparameterName, Field])[] = [];
  private more: HTMLDetailsElement | undefined;
  private made = '';

  constructor(private readonly context: PanelContext) {
    this.root.noValidate = true;
    this.root.addEventListener('submit', event => {
      event.preventDefault(); // there is nowhere to go
      this.restart();
    });
  }

  render(preset: Preset | undefined): void {
    const made = JSON.stringify([preset?.id, preset?.hyperparameters]);
    if (made === this.made) return;
    this.made = made;
    const names = hyperparameterNames.filter(name => preset?.hyperparameters[name] !== undefined);
    const first = common.filter(name => names.includes(name)).slice(0, mostCommon);
    const rest = names.filter(name => !first.includes(name));
    this.fields = [...first, ...rest].map(name => [name, makeField(name, preset?.hyperparameters[name])] as const);
    const submit = textButton('Restart with These', () => undefined, 'primary');
    submit.type = 'submit';
    const rows = this.fields.map(([, { root }]) => root);
    const fieldsOf = (some: readonly HTMLElement[]): HTMLElement => element('div', { class: 'fields' }, ...some);
    this.more = disclosure('More hyperparameters', fieldsOf(rows.slice(first.length)));
    this.more.hidden = rest.length === 0;
    this.root.replaceChildren(
      fieldsOf(rows.slice(0, first.length)),
      this.more,
      element('div', { class: 'actions' }, submit),
    );
  }

  focus(): boolean {
    const first = this.fields.at(0)?.[1].input;
    first?.focus();
    first?.select();
    return first !== undefined;
  }

  /** With all values, changed or not: together they are what a person sees here. */
  private restart(): void {
    const wrong = this.fields.filter(entry => check(entry) !== undefined);
    const first = wrong.at(0);
    if (first) {
      if (this.more?.contains(first[1].root)) this.more.open = true;
      first[1].input.focus();
      return;
    }
    const values: Hyperparameters = Object.fromEntries(
      this.fields.map(([name, { number }]) => [name, number(hyperparameters[name])]),
    );
    this.context.post({ type: 'restart', hyperparameters: values });
    this.context.show('loss'); // where there will be something to see
  }
}

function makeField(name: HyperparameterName, value: number | undefined): Field {
  const { label, help, min, max, integer } = hyperparameters[name];
  const spec = { id: `hyperparameter-${name}`, label, help };
  if (integer && min === 0 && max === 1) {
    const made = flagField(spec);
    made.input.checked = value === 1;
    return made;
  }
  const made = field({ ...spec, numeric: true });
  made.input.value = String(value ?? '');
  made.input.addEventListener('input', () => check([name, made]));
  return made;
}

function check([name, { number, complain }]: readonly [HyperparameterName, Field]): string | undefined {
  const problem = hyperparameterProblem(name, number(hyperparameters[name]));
  complain(problem);
  return problem;
}
