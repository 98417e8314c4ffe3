import '../parts/chart.css';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { ChartZoom } from '../../draw/line/chart-zoom';
import { disclosure, element, segmentedControl, setText, textButton } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import { LineChart } from '../../draw/line/line-chart';
import { windowsWithin, type LossWindows, type SmoothedLosses } from '../../draw/line/loss-windows';
import type { Range } from '../../draw/line/ranges';
import { LossLegend, type LossEntryId } from './legend';
import { MarksTable } from './marks-table';
import { lossLineIds, lossLines, lossSummary, type LossLine } from '../parts/loss-lines';
import { lossMarks, type LossMark } from '../parts/loss-marks';
import { axisEnd, lossPicture, type LossFrame } from '../parts/loss-picture';
import type { PanelContext } from '../panel';

type Scale = 'linear' | 'log';

const hintId = 'loss-zoom-hint';

/** What the chart draws, as of its last change: losses grow in place. */
interface LossData {
  readonly state: RunState;
  readonly says: string;
  readonly lines: readonly LossLine[];
  readonly frame: LossFrame;
}

/** The learning rate is one number more than the curve needs. */
const shownAtFirst = (id: LossEntryId): boolean => id !== 'rate';

/** The picture of the losses with its legend, and behind "More" its scale and what else there is to know of it. */
export class LossChart {
  readonly root: HTMLElement;
  private readonly scale = segmentedControl<Scale>('Scale of the loss', { linear: 'Linear', log: 'Log' }, value =>
    this.context.settings.set('scale', value),
  );
  private readonly chart: LineChart<LossData>;
  private readonly frame: HTMLElement;
  private readonly zoom: ChartZoom;
  private readonly legends = [
    new LossLegend('Lines of the loss', [...lossLineIds.filter(shownAtFirst), 'marks'], (id, shown) =>
      this.toggle(id, shown),
    ),
    new LossLegend('More lines', ['rate'], (id, shown) => this.toggle(id, shown)),
  ] as const;
  private readonly smoothedBy = element('p', { class: 'quiet' });
  private readonly marks = new MarksTable();
  private readonly hint = element('p', { class: 'quiet', id: hintId });
  private readonly reset = textButton('Reset zoom', () => this.resetZoom(), 'secondary');
  private readonly changedRun = new Changes();
  private readonly changedData = new Changes();
  private data: LossData | undefined;
  /** The id of the run; empty for an experiment, which has none. */
  private run = '';

  /** @param more what is folded with the scale */
  constructor(
    private readonly context: PanelContext,
    ...more: readonly HTMLElement[]
  ) {
    this.chart = new LineChart('Loss', context, ({ state, says, lines, frame }: LossData, theme) => ({
      ...lossPicture(state, lines, frame, theme),
      says,
    }));
    this.frame = element(
      'div',
      {
        class: 'chart zoomable',
        tabindex: 0,
        role: 'application',
        'aria-roledescription': 'chart',
        'aria-label': 'Steps of the loss',
        'aria-describedby': hintId,
      },
      this.chart.canvas,
    );
    this.zoom = new ChartZoom(this.frame, this.chart, () => this.keepZoom());
    const [legend, moreLines] = this.legends;
    const scale = element('div', { class: 'toolbar' }, this.scale.root, moreLines.root);
    const folded = element('div', { class: 'chart-more' }, scale, this.smoothedBy, this.hint, this.marks.root, ...more);
    this.root = element(
      'div',
      {},
      this.frame,
      element('div', { class: 'toolbar chart-foot' }, legend.root, this.reset),
      disclosure('More', folded),
    );
  }

  /** @param all the smoothed losses of all steps */
  render(state: RunState, all: LossWindows): void {
    const { losses, preset, info, evaluations } = state;
    const { settings } = this.context;
    const { zoom } = this;
    this.run = state.id ?? '';
    if (this.changedRun.of(preset)) zoom.range = keptZoom(settings.get('zoom', ''), this.run);
    zoom.whole = { min: 0, max: axisEnd(losses.length, info?.maxSteps) };
    const scale: Scale = settings.get<string>('scale', 'log') === 'linear' ? 'linear' : 'log';
    const isShown = (id: LossEntryId): boolean => settings.get(`show-${id}`, shownAtFirst(id));
    const shown = [...lossLineIds, 'marks' as const].filter(isShown).join();
    // The lines of a zoomed part end where it ends, so most frames of a running training have nothing new for them.
    const drawn = zoom.range ? Math.min(losses.length, zoom.range.max) : all.windows.length;
    if (this.changedData.of(drawn, all.size, preset, info, evaluations, zoom.whole.max, zoom.range, scale, shown)) {
      this.scale.show(scale, ['linear', 'log']);
      const smoothed = zoom.range ? windowsWithin(losses.values, losses.length, zoom.range) : all;
      this.tell(smoothed, zoom.range);
      const lines = lossLines(state, smoothed);
      const marks = lossMarks(state);
      const entries = [
        ...lines,
        ...(marks.length > 0 ? [{ id: 'marks', label: 'Marks', title: told(marks) } as const] : []),
      ];
      for (const legend of this.legends) legend.show(entries, isShown);
      this.marks.show(marks);
      this.data = {
        state,
        says: lossSummary(state, all),
        lines: lines.filter(({ id }) => isShown(id)),
        frame: { logarithmic: scale === 'log', zoom: zoom.range, marks: isShown('marks') ? marks : [] },
      };
    }
    if (this.data) this.chart.draw(this.data);
  }

  dispose(): void {
    this.chart.dispose();
  }

  private tell(smoothed: SmoothedLosses, range: Range | undefined): void {
    setText(this.smoothedBy, smoothingSentence(smoothed));
    setText(this.hint, zoomSentence(range));
    this.reset.hidden = !range;
  }

  private toggle(id: LossEntryId, shown: boolean): void {
    this.context.settings.set(`show-${id}`, shown);
  }

  private keepZoom(): void {
    const { range } = this.zoom;
    this.context.settings.set('zoom', range ? `${this.run} ${range.min} ${range.max}` : '');
  }

  private resetZoom(): void {
    this.zoom.reset();
    this.frame.focus(); // the button disappears
  }
}

/** For the pointer: a narrow chart has no room for names. */
const told = (marks: readonly LossMark[]): string => marks.map(({ name, y }) => `${name} ${y.toFixed(2)}`).join(' · ');

/** The zoom on a page before, if it was on the same run. */
function keptZoom(kept: string, run: string): Range | undefined {
  const [of, min, max] = kept.split(' ');
  return run !== '' && of === run ? { min: Number(min), max: Number(max) } : undefined;
}

function smoothingSentence({ size }: SmoothedLosses): string {
  if (size === 1) return 'Every step is a point: nothing is smoothed.';
  return `Smoothed over ${formatInteger(size)} steps; the band shows min and max.`;
}

function zoomSentence(range: Range | undefined): string {
  if (!range) return 'Drag across the chart, or press + on it, to zoom in.';
  const { min, max } = range;
  return `Steps ${formatInteger(min)} to ${formatInteger(max)}: the arrow keys move, + and − zoom, 0 or Escape shows all.`;
}
