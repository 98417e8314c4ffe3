import { Changes } from '../../draw/changes';
import { disclosure, element } from '../../draw/element';
import { fillTable } from './table';
import type { TableContent } from './table-content';

/** The data of a picture, for those who would rather read it. Folded at first, and filled only while it is open. */
export class DataTable<Data extends object> {
  readonly root: HTMLDetailsElement;
  private readonly table = element('table');
  private readonly changed = new Changes();

  /** @param redraw asks for a frame */
  constructor(
    name: string,
    redraw: () => void,
    private readonly contentOf: (data: Data) => TableContent,
    summary = 'Show as table',
  ) {
    const attributes = { class: 'table-scroller', tabindex: 0, role: 'region', 'aria-label': name };
    this.root = disclosure(summary, element('div', attributes, this.table), redraw);
  }

  /** Called every frame. The table is filled again when a value of its data is another one. */
  draw(data: Data): void {
    if (!this.root.open) return;
    const values: unknown[] = Object.values(data);
    if (this.changed.of(...values)) fillTable(this.table, this.contentOf(data));
  }
}
