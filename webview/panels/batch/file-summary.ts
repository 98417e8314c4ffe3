import '../parts/listing.css';
import type { Batch, DataSummary } from '../../../src/shared/inspection';
import type { RunInfo } from '../../../src/shared/run';
import { barsHeight, drawBars, type BarPicture } from '../../draw/plot/bar-chart';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { Plot } from '../../draw/plot/plot';
import { examplesOfName, isOfNames } from '../parts/batch-listing';
import { DataTable } from '../parts/data-table';
import { lengthRange, namesSentence, repetitionSentence, splitTable } from './file-sentences';
import type { PanelContext } from '../panel';
import { fillTable } from '../parts/table';
import type { TableContent } from '../parts/table-content';

/** What is in the file. It was counted once, so nothing here moves. */
export class FileSummary {
  private readonly names = element('p', { class: 'fact-line' });
  private readonly plot: Plot<BarPicture>;
  private readonly table: DataTable<BarPicture>;
  private readonly splits = element('table');
  private readonly repetitions = element('p');
  private readonly duplicates = element('ol', { class: 'listing characters' });
  private readonly firstTitle = element('p');
  private readonly first = element('ol', { class: 'listing characters' });
  readonly root: HTMLElement;
  private readonly changed = new Changes();
  private readonly changedFirst = new Changes();
  private lengths: BarPicture = { from: 0, counts: new Uint32Array() };

  constructor(context: PanelContext) {
    this.plot = new Plot('Names by length', context, ({ begin, width, theme }, lengths: BarPicture) =>
      drawBars(begin(barsHeight), lengths, width, theme),
    );
    this.table = new DataTable('Names by length as a table', context.redraw, tableOf, 'Show the lengths as table');
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
    this.plot.draw(this.lengths);
    this.table.draw(this.lengths);
    const whole = batch !== undefined && isOfNames(batch);
    if (this.changedFirst.of(data, info, whole)) this.listFirst(data, info, whole);
  }

  dispose(): void {
    this.plot.dispose();
  }

  private tell(data: DataSummary, info: RunInfo): void {
    const { from, to } = lengthRange(data.lengths);
    this.lengths = { from, counts: data.lengths.subarray(from, to + 1) };
    const says = namesSentence(data);
    setText(this.names, says);
    this.plot.describe(`Names by length: ${says}`);
    fillTable(this.splits, { caption: 'Splits', ...splitTable(data, info) });
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

function tableOf({ from, counts }: BarPicture): TableContent {
  return {
    caption: 'Names by their number of characters',
    columns: ['characters', 'names'],
    rows: Array.from(counts, (names, i) => [String(from + i), formatInteger(names)]),
  };
}
