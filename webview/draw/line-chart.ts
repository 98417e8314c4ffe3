import {
  Chart,
  Interaction,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartDataset,
  type ChartOptions,
  type InteractionItem,
  type InteractionModeFunction,
} from 'chart.js';
import { Changes } from './changes';
import { toCss } from './colour';
import type { Axis, Line, LineChartPicture, Point } from './line-picture';
import { logarithmicTicks } from './ticks';
import type { Theme } from './theme';
import { tooltipLook } from './tooltip-look';

/** More points than this would run into each other. */
const mostDots = 60;

/** The only file that knows Chart.js. */
Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

declare module 'chart.js' {
  interface InteractionModeMap {
    nearestOfEach: InteractionModeFunction;
  }
}

/** On every visible line the point nearest to the pointer's x: the lines have points at different steps. */
Interaction.modes.nearestOfEach = (chart, event) => {
  const items: InteractionItem[] = [];
  for (const { index: datasetIndex, data } of chart.getSortedVisibleDatasetMetas()) {
    const distance = (i: number): number => Math.abs(data[i].x - (event.x ?? 0));
    let nearest = 0;
    for (let i = 1; i < data.length; i++) if (distance(i) < distance(nearest)) nearest = i;
    if (data.length > 0) items.push({ element: data[nearest], datasetIndex, index: nearest });
  }
  return items;
};

/** The lengths of strokes and gaps. */
const strokes = { solid: [], dashed: [5, 4], dotted: [1.5, 3] } as const;

type Options = ChartOptions<'line'>;
type Dataset = ChartDataset<'line', Point[]>;
/** By label and look. */
type Datasets = ReadonlyMap<string, Dataset>;
type AxisOptions = NonNullable<NonNullable<Options['scales']>[string]>;

/** Lines in a plane. Nothing moves by itself: what is drawn is what is there. */
export class LineChart {
  private readonly chart: Chart<'line', Point[]>;
  private readonly changedOptions = new Changes();
  private datasets: Datasets = new Map();

  constructor(canvas: HTMLCanvasElement) {
    const options = { animation: false, maintainAspectRatio: false } as const; // it may get its size before any picture
    this.chart = new Chart<'line', Point[]>(canvas, { type: 'line', data: { datasets: [] }, options });
  }

  draw(picture: LineChartPicture, theme: Theme): void {
    const { lines, x, y } = picture;
    const before = this.datasets;
    this.datasets = new Map(lines.map((line, i) => this.datasetOf(line, lines.length - i, before)));
    this.chart.data.datasets = [...this.datasets.values()];
    // Options are dear to Chart.js: most frames bring new points only.
    const told = lines.map(line => line.told).join();
    if (this.changedOptions.of(theme, told, ...contentOf(x), ...contentOf(y)))
      this.chart.options = optionsOf(picture, theme);
    this.chart.update('none');
  }

  dispose(): void {
    this.chart.destroy();
  }

  /**
   * The same object again keeps Chart.js from making every point anew; it would also keep the look of its points, which
   * Chart.js never changes unless it animates them, so that another look takes another object.
   */
  private datasetOf(line: Line, order: number, before: Datasets): [string, Dataset] {
    const dataset = { ...lookOf(line), label: line.label, order };
    const key = JSON.stringify(dataset);
    const data = line.points as Point[]; // Chart.js only reads them, since it is told not to parse
    return [key, Object.assign(before.get(key) ?? dataset, { data })];
  }
}

function contentOf({ title, min, max, logarithmic, format }: Axis): readonly unknown[] {
  return [title, min, max, logarithmic, format];
}

function lookOf({ points, colour, opacity, width, stroke, dots, told }: Line): Omit<Dataset, 'data'> {
  return {
    parsing: false,
    normalized: true,
    borderColor: toCss(colour, opacity),
    backgroundColor: toCss(colour),
    borderWidth: width,
    borderDash: [...strokes[stroke]],
    borderJoinStyle: 'round',
    pointRadius: !dots || points.length > mostDots ? 0 : points.length === 1 ? 4 : 2.5,
    pointHoverRadius: told ? 3.5 : 0,
    pointBorderWidth: 0,
    pointHitRadius: 0,
  };
}

function optionsOf({ lines, x, y, tellPlace }: LineChartPicture, theme: Theme): Options {
  return {
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: 'nearestOfEach', intersect: false },
    layout: { padding: { top: 6, right: 6 } },
    scales: {
      x: axisOptions(x, 6, theme),
      // A fixed width keeps the curve where it is while the numbers change.
      y: { ...axisOptions(y, 8, theme), afterFit: scale => void (scale.width = 54) },
    },
    plugins: {
      tooltip: {
        ...tooltipLook(theme),
        filter: ({ datasetIndex }) => lines[datasetIndex]?.told ?? false,
        itemSort: (a, b) => a.datasetIndex - b.datasetIndex,
        callbacks: {
          title: items => (items[0] ? tellPlace(items[0].parsed.x ?? 0) : ''),
          label: item => `${item.dataset.label ?? ''}  ${(item.parsed.y ?? 0).toFixed(4)}`,
        },
      },
    },
  };
}

function axisOptions({ title, min, max, logarithmic, format }: Axis, mostTicks: number, theme: Theme): AxisOptions {
  const text = { color: toCss(theme.description), font: { family: theme.font, size: 11 } };
  return {
    type: logarithmic ? 'logarithmic' : 'linear',
    min,
    max,
    title: { display: true, text: title, padding: 2, ...text },
    grid: { color: toCss(theme.border, theme.highContrast ? 0.35 : 0.7), tickColor: 'transparent' },
    border: { display: false },
    afterBuildTicks: scale => {
      if (logarithmic) scale.ticks = logarithmicTicks(min, max).map(value => ({ value }));
    },
    ticks: { ...text, maxRotation: 0, maxTicksLimit: mostTicks, callback: value => format(Number(value)) },
  };
}
