/** Elements made from script: the page's policy allows no markup in strings. */

type Attributes = Readonly<Record<string, string | number | boolean>>;
type Child = Node | string;

/** Attributes that are `false` are left out; those that are `true` have no value. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== false) made.setAttribute(name, value === true ? '' : String(value));
  made.append(...children);
  return made;
}

/** A picture from VS Code's icon font. A label beside or around it says what it means. */
export function icon(name: string): HTMLSpanElement {
  return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

/** A button with only an icon. Its label is also its tooltip, with the keyboard shortcut where there is one. */
export function iconButton(name: string, label: string, onClick: () => void, shortcut?: string): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'icon-button', 'aria-label': label }, icon(name));
  made.title = shortcut ? `${label} (${shortcut})` : label;
  made.addEventListener('click', onClick);
  return made;
}

export function textButton(label: string, onClick: () => void, kind: 'primary' | 'secondary'): HTMLButtonElement {
  const made = element('button', { type: 'button', class: `text-button ${kind}` }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** Writes only new text, so that the page is not laid out again for the same one. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** A line that opens and closes the content below it. `onOpen` can fill it then, not before anybody looks. */
export function disclosure(
  summary: string,
  content: HTMLElement,
  onOpen: () => void = () => undefined,
): HTMLDetailsElement {
  const made = element('details', {}, element('summary', {}, summary), content);
  made.addEventListener('toggle', () => {
    if (made.open) onOpen();
  });
  return made;
}

/** A choice between a few values, all of them in sight. */
export interface Choice<T extends string> {
  readonly root: HTMLElement;
  /** @param value undefined where none of them is chosen */
  show(value: T | undefined, offered: readonly T[]): void;
}

export function segmentedControl<T extends string>(
  name: string,
  labels: Readonly<Record<T, string>>,
  onChoose: (value: T) => void,
): Choice<T> {
  const values = Object.keys(labels) as T[]; // a record has no other keys
  const buttons = values.map(value => {
    const button = element('button', { type: 'button', 'aria-pressed': 'false' }, labels[value]);
    button.addEventListener('click', () => onChoose(value));
    return { value, button };
  });
  return {
    root: element('div', { class: 'segmented', role: 'group', 'aria-label': name }, ...buttons.map(b => b.button)),
    show: (chosen, offered) => {
      for (const { value, button } of buttons) {
        button.setAttribute('aria-pressed', String(value === chosen));
        button.hidden = !offered.includes(value);
      }
    },
  };
}
