import '../parts/listing.css';
import type { Batch, DataSummary } from '../../../src/shared/inspection';
import type { RunInfo } from '../../../src/shared/run';
import { barsHeight, drawBars } from '../../draw/bar-chart';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { Plot } from '../../draw/plot';
import { examplesOfName, isOfNames } from '../parts/batch-listing';
import { DataTable } from '../parts/data-table';
import { lengthRange, namesSentence, repetitionSentence, splitTable } from './file-sentences';
import type { PanelContext } from '../panel';
import { fillTable } from '../parts/table';

/** What is in the file: counted once, so that nothing here moves. */
export class FileSummary {
  private readonly names = element('p', { class: 'fact-line' });
  private readonly plot: Plot;
  private readonly table: DataTable;
  private readonly splits = element('table');
  private readonly repetitions = element('p');
  private readonly duplicates = element('ol', { class: 'listing characters' });
  private readonly firstTitle = element('p');
  private readonly first = element('ol', { class: 'listing characters' });
  readonly root: HTMLElement;
  private readonly changed = new Changes();
  private readonly changedPlot = new Changes();
  private readonly changedTable = new Changes();
  private readonly changedFirst = new Changes();

  constructor(private readonly context: PanelContext) {
    this.plot = new Plot('Names by length', context.redraw);
    this.table = new DataTable('Names by length as a table', context.redraw, 'Show the lengths as table');
    this.root = element(
      'div',
      { class: 'file-summary' },
      element('h3', {}, 'The file'),
      this.names,
      this.plot.root,
      this.table.root,
      this.splits,
      this.repetitions,
      this.duplicates,
      this.firstTitle,
      this.first,
    );
  }

  /** @param batch undefined before the first look inside; counting models have none */
  render(data: DataSummary, info: RunInfo, batch: Batch | undefined): void {
    if (this.changed.of(data, info)) this.tell(data, info);
    const { from, to } = lengthRange(data.lengths);
    const { plot } = this;
    const { theme } = this.context;
    if (this.changedPlot.of(data, plot.width, theme, window.devicePixelRatio))
      drawBars(plot.begin(barsHeight), { from, counts: data.lengths.subarray(from, to + 1) }, plot.width, theme);
    if (this.table.isOpen && this.changedTable.of(data)) {
      const rows = Array.from(data.lengths.keys(), length => [String(length), formatInteger(data.lengths[length])]);
      this.table.fill('Names by their number of characters', ['characters', 'names'], rows.slice(from, to + 1));
    }
    const whole = batch !== undefined && isOfNames(batch);
    if (this.changedFirst.of(data, info, whole)) this.listFirst(data, info, whole);
  }

  dispose(): void {
    this.plot.dispose();
  }

  private tell(data: DataSummary, info: RunInfo): void {
    const says = namesSentence(data);
    setText(this.names, says);
    this.plot.root.setAttribute('aria-label', `Names by length: ${says}`);
    const { columns, rows } = splitTable(data, info);
    fillTable(this.splits, 'Splits', columns, rows);
    setText(this.repetitions, repetitionSentence(data));
    const { duplicates } = data;
    this.duplicates.replaceChildren(
      ...duplicates.map(({ name, times }) =>
        element('li', {}, `${name} `, element('span', { class: 'number' }, `${times} ×`)),
      ),
    );
    this.duplicates.hidden = duplicates.length === 0;
  }

  private listFirst({ first }: DataSummary, { boundary, blockSize }: RunInfo, whole: boolean): void {
    const examples = whole
      ? [{ context: [boundary, ...first], target: [...first, boundary] }]
      : examplesOfName(first, boundary, blockSize);
    setText(this.firstTitle, `What the first name, ${first}, gives:`);
    this.first.replaceChildren(
      ...examples.map(({ context, target }) => element('li', {}, `${context.join('')} → ${target.join('')}`)),
    );
  }
}
