import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';
import { formatFixed } from '../../draw/format';
import { fillTable } from '../parts/table';
import type { LossMark } from '../parts/loss-marks';

/** What the marks of the chart are, with their numbers. */
export class MarksTable {
  private readonly table = element('table', { class: 'marks' });
  private readonly text = element(
    'p',
    { class: 'quiet', hidden: true },
    'Counting is done on the train names, without smoothing: a model has learned more than a table once it is below its mark on dev.',
  );
  readonly root = element('div', { hidden: true }, this.table, this.text);
  private readonly changed = new Changes();

  show(marks: readonly LossMark[]): void {
    this.root.hidden = marks.length === 0;
    if (!this.changed.of(...marks.flatMap(({ name, y }) => [name, y]))) return;
    this.text.hidden = !marks.some(({ name }) => name === 'letters');
    fillTable(this.table, {
      caption: 'Marks in the chart',
      columns: ['mark', 'loss', 'what it takes'],
      rows: marks.map(({ name, y, means }) => [name, formatFixed(y, 4), means]),
    });
  }
}
