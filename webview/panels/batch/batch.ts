import './batch.css';
import { isCounting } from '../../../src/shared/presets';
import type { RunState } from '../../../src/shared/run-state';
import { element, setText } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { BatchList } from './list';
import { FileSummary } from './file-summary';
import type { Panel, PanelContext, PanelView } from '../panel';
import { waitingSentence } from '../parts/waiting-sentence';

export const batch: Panel = {
  id: 'batch',
  title: 'Batch',
  place: 'second',
  startsFolded: true,
  hasLeft: ({ data, inspection }) => data !== undefined || inspection?.batch !== undefined,
  fact: state => {
    const { inspection, info } = state;
    if (!info) return '';
    const train = `${formatInteger(info.examples.train)} train examples`;
    if (!inspection?.batch) return train;
    return isFull(state) ? `all ${train}` : `${formatInteger(inspection.batch.rows)} of ${train}`;
  },
  lookFor: ({ preset }) =>
    preset && isCounting(preset)
      ? {
          short: 'What is in the file.',
          more: 'Look for names that occur twice, and for the few that are far longer than the others.',
        }
      : {
          short: 'What one step learns from, and what is in the file.',
          more: 'Look for the same context with several targets, which no model can tell apart, and for names of dev and test that also appear in train: they flatter the loss.',
        },
  watches: ({ preset }) => ({ batch: preset !== undefined && !isCounting(preset) }),
  mount: (root, context) => new BatchView(root, context),
};

class BatchView implements PanelView {
  private readonly list: BatchList;
  private readonly file: FileSummary;
  private readonly waiting = element('p', { class: 'quiet' });

  constructor(root: HTMLElement, context: PanelContext) {
    this.list = new BatchList(context.settings);
    this.file = new FileSummary(context);
    root.append(this.waiting, this.list.root, this.file.root);
  }

  render(state: RunState): void {
    const { inspection, info, data, preset } = state;
    const batch = inspection?.batch;
    const counting = preset !== undefined && isCounting(preset);
    this.waiting.hidden = counting ? data !== undefined : batch !== undefined;
    setText(this.waiting, waitingSentence(state));
    this.list.root.hidden = !batch;
    if (batch && info) this.list.render(batch, info.characters, isFull(state) ? info.examples.train : undefined);
    this.file.root.hidden = !data;
    if (data && info) this.file.render(data, info, batch);
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.file.dispose();
  }
}

/** Whether every step learns from all examples. */
function isFull({ preset, purpose }: RunState): boolean {
  return preset?.hyperparameters.batchSize === 0 && purpose !== 'overfit';
}
