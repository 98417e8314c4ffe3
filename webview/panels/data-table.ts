import { disclosure, element } from '../draw/element';

/** The data of a picture for those who read rather than look, folded away. It is filled once it is open. */
export class DataTable {
  readonly root: HTMLDetailsElement;
  private readonly table = element('table');

  /** @param redraw asks for a frame */
  constructor(name: string, redraw: () => void, summary = 'Show as table') {
    const attributes = { class: 'table-scroller', tabindex: 0, role: 'region', 'aria-label': name };
    this.root = disclosure(summary, element('div', attributes, this.table), redraw);
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  /** Texts in rows; the first of each row is its heading. */
  fill(caption: string, columns: readonly string[], rows: Iterable<readonly string[]>): void {
    const heading = (text: string, scope: string): HTMLElement => element('th', { scope }, text);
    const [corner, ...others] = columns;
    const head = [corner === '' ? element('td') : heading(corner, 'col'), ...others.map(name => heading(name, 'col'))];
    const lines = Array.from(rows, ([first, ...cells]) =>
      element('tr', {}, heading(first, 'row'), ...cells.map(text => element('td', {}, text))),
    );
    this.table.replaceChildren(
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...lines),
    );
  }
}
