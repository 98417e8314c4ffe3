import { element } from '../draw/element';

/** The matrix as a table, for those who read rather than look. Made anew only while it is open. */
export function fillBigramTable(
  table: HTMLTableElement,
  caption: string,
  tokens: readonly string[],
  write: (cell: number) => string,
): void {
  const heading = (text: string, scope: string): HTMLElement => element('th', { scope }, text);
  const head = element('tr', {}, element('td'), ...tokens.map(token => heading(token, 'col')));
  const rows = tokens.map((token, row) =>
    element(
      'tr',
      {},
      heading(token, 'row'),
      ...tokens.map((_, column) => element('td', {}, write(row * tokens.length + column))),
    ),
  );
  table.replaceChildren(element('caption', {}, caption), element('thead', {}, head), element('tbody', {}, ...rows));
}
