import type { NumberKind } from '../../../src/shared/kinds';
import { element, setText } from '../../draw/element';

/** A labeled input, with a line for what is wrong with it. Numbers are text until they are read. */
export interface Field {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  /** What was typed, as a number of a kind. Anything else comes back as it is, so that a message can quote it. */
  readonly number: (kind: NumberKind) => number | string;
  readonly complain: (problem: string | undefined) => void;
}

export interface FieldSpec {
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly numeric: boolean;
}

export function field({ id, label, help, numeric }: FieldSpec): Field {
  const input = element('input', {
    id,
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    inputmode: numeric ? 'decimal' : 'text',
    class: numeric ? 'number' : 'characters',
    'aria-describedby': help ? `${id}-help ${id}-problem` : `${id}-problem`,
    // The editor's menu for text: cut, copy and paste.
    'data-vscode-context': '{"preventDefaultContextMenuItems":false}',
  });
  const problem = element('p', { class: 'problem', id: `${id}-problem` });
  const root = element('div', { class: 'field' }, element('label', { for: id }, label), input, problem);
  if (help) problem.before(element('p', { class: 'quiet', id: `${id}-help` }, help));
  return {
    root,
    input,
    number: kind => kind.parse(input.value) ?? input.value.trim(),
    complain: text => {
      setText(problem, text ?? '');
      input.setAttribute('aria-invalid', String(text !== undefined));
    },
  };
}

/** On or off, as 1 or 0. Nothing can be wrong with it. */
export function flagField({ id, label, help }: Omit<FieldSpec, 'numeric'>): Field {
  const { root, input } = checkbox(id, label, () => undefined);
  root.classList.add('field');
  if (help) {
    root.append(element('p', { class: 'quiet', id: `${id}-help` }, help));
    input.setAttribute('aria-describedby', `${id}-help`);
  }
  return { root, input, number: () => Number(input.checked), complain: () => undefined };
}

export function checkbox(
  id: string,
  label: string,
  onChange: (checked: boolean) => void,
): { root: HTMLElement; input: HTMLInputElement } {
  const input = element('input', { id, type: 'checkbox' });
  input.addEventListener('change', () => onChange(input.checked));
  return { root: element('div', { class: 'check' }, input, element('label', { for: id }, label)), input };
}
