import { element } from '../../draw/element';
import type { TableContent } from './table-content';

export function fillTable(table: HTMLTableElement, { caption, columns, rows }: TableContent): void {
  const heading = (text: string, scope: string): HTMLElement => element('th', { scope }, text);
  const head = columns.map((text, i) => (i === 0 && text === '' ? element('td') : heading(text, 'col')));
  const lines = Array.from(rows, ([first = '', ...cells]) =>
    element('tr', {}, heading(first, 'row'), ...cells.map(text => element('td', {}, text))),
  );
  table.replaceChildren(
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...lines),
  );
}
