import { element } from '../../draw/element';

/** Texts in rows; the first of each row is its heading. */
export function fillTable(
  table: HTMLTableElement,
  caption: string,
  columns: readonly string[],
  rows: Iterable<readonly string[]>,
): void {
  const heading = (text: string, scope: string): HTMLElement => element('th', { scope }, text);
  const [corner, ...others] = columns;
  const head = [corner === '' ? element('td') : heading(corner, 'col'), ...others.map(name => heading(name, 'col'))];
  const lines = Array.from(rows, ([first, ...cells]) =>
    element('tr', {}, heading(first, 'row'), ...cells.map(text => element('td', {}, text))),
  );
  table.replaceChildren(
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...lines),
  );
}
