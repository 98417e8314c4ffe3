import { isCounting } from '../../src/shared/presets';
import type { RunState } from '../../src/shared/run-state';
import { Changes } from '../draw/changes';
import { disclosure, element, segmentedControl, setText } from '../draw/element';
import { formatFixed, formatInteger } from '../draw/format';
import { LineChart } from '../draw/line-chart';
import { LossWindows } from '../draw/loss-windows';
import { LossLegend } from './loss-legend';
import { axisEnd, lossPicture, lossLines, lossSummary, type LossLineId } from './loss-lines';
import { fillLossTable } from './loss-table';
import type { Panel, PanelContext, PanelView } from './panel';

type Scale = 'linear' | 'log';

export const loss: Panel = {
  id: 'loss',
  title: 'Loss',
  place: 'first',
  fact: ({ evaluations }) => {
    const dev = evaluations.findLast(e => typeof e.dev === 'number')?.dev;
    return typeof dev === 'number' ? `dev ${formatFixed(dev, 4)}` : '';
  },
  lookFor: ({ info, preset }) => {
    if (preset?.model === 'bigram') return '';
    if (!info) return 'Nats per character: how surprised the model is by what follows.';
    const lnV = Math.log(info.vocabSize).toFixed(2);
    return `It should fall from about ln ${info.vocabSize} = ${lnV}; a first loss far above that means that the first logits are too large. Dev rising while the minibatches fall means overfitting.`;
  },
  watches: () => [],
  mount: (root, context) => new LossView(root, context),
};

class LossView implements PanelView {
  private readonly scale = segmentedControl<Scale>('Scale of the loss', { linear: 'Linear', log: 'Log' }, value =>
    this.context.settings.set('scale', value),
  );
  private readonly canvas = element('canvas', { role: 'img', 'aria-label': 'Loss' });
  private readonly chart = new LineChart(this.canvas);
  private readonly legend = new LossLegend((id, shown) => this.context.settings.set(`show-${id}`, shown));
  private readonly smoothedBy = element('p', { class: 'quiet' });
  private readonly table = element('table', { class: 'loss-table' });
  private readonly tableSection: HTMLDetailsElement;
  private readonly content: HTMLElement;
  private readonly empty = element('p', { class: 'quiet' });

  private readonly windows = new LossWindows();
  private readonly changedRun = new Changes();
  private readonly changedPicture = new Changes();
  private readonly changedTable = new Changes();

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    const scroller = element(
      'div',
      { class: 'table-scroller', tabindex: 0, role: 'region', 'aria-label': 'Losses as a table' },
      this.table,
    );
    this.tableSection = disclosure('Show as table', scroller, context.redraw);
    this.content = element(
      'div',
      {},
      element('div', { class: 'toolbar' }, this.legend.root, this.scale.root),
      element('div', { class: 'chart' }, this.canvas),
      this.smoothedBy,
      this.tableSection,
    );
    root.append(this.empty, this.content);
  }

  render(state: RunState): void {
    const counting = state.preset !== undefined && isCounting(state.preset);
    this.empty.hidden = !counting;
    this.content.hidden = counting;
    if (counting) {
      setText(this.empty, countingText(state));
      return;
    }

    if (this.changedRun.of(state.preset)) this.windows.reset();
    this.windows.update(state.losses.values, state.losses.length);
    const { settings, theme } = this.context;
    const scale: Scale = settings.get<string>('scale', 'log') === 'linear' ? 'linear' : 'log';
    const shown = (id: LossLineId): boolean => settings.get(`show-${id}`, true);
    this.scale.show(scale, ['linear', 'log']);
    const lines = lossLines(state, this.windows);
    this.legend.show(lines, shown);
    const visible = lines.filter(line => shown(line.id));
    const { size } = this.windows;
    const { length } = this.windows.windows;
    const key = [length, size, state.preset, state.info, state.evaluations, axisEnd(state.losses.length)] as const;
    if (this.changedPicture.of(...key, theme, scale, ...visible.map(line => line.id))) {
      this.chart.draw(lossPicture(state, visible, scale === 'log', theme), theme);
      this.canvas.setAttribute('aria-label', lossSummary(state, this.windows));
      setText(
        this.smoothedBy,
        size === 1
          ? 'Every step is a point: nothing is smoothed.'
          : `Smoothed over ${formatInteger(size)} steps; the band is their least and largest.`,
      );
    }
    if (this.tableSection.open && this.changedTable.of(length, size, state.preset, state.evaluations))
      fillLossTable(this.table, this.windows, state.evaluations);
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    this.chart.dispose();
  }
}

function countingText({ evaluations }: RunState): string {
  const nll = evaluations.at(-1)?.train;
  const said =
    typeof nll === 'number' ? ` Its negative log-likelihood is ${formatFixed(nll, 4)} nats per character.` : '';
  return `Counting needs no training: there is no loss curve.${said}`;
}
