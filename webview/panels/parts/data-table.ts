import { disclosure, element } from '../../draw/element';
import { fillTable } from './table';

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
    fillTable(this.table, caption, columns, rows);
  }
}
