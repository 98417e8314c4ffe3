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
import { toCss, type Rgb } from './colour';
import { formatTick, formatInteger } from './format';
import { logarithmicTicks } from './ticks';
import type { Theme } from './theme';

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

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly label: string;
  readonly points: readonly Point[];
  readonly colour: Rgb;
  readonly opacity: number;
  readonly width: number;
  readonly dashed: boolean;
  /** Points that are few are drawn as such. */
  readonly dots: boolean;
  /** Whether pointing at it says its value. */
  readonly told: boolean;
}

export interface LineChartPicture {
  readonly lines: readonly Line[];
  readonly logarithmic: boolean;
  readonly x: { readonly title: string; readonly max: number };
  readonly y: { readonly title: string; readonly min: number; readonly max: number };
}

type Options = ChartOptions<'line'>;

/** Lines over steps. Nothing moves by itself: what is drawn is what is there. */
export class LineChart {
  private readonly chart: Chart<'line', Point[]>;
  private readonly changedOptions = new Changes();

  constructor(canvas: HTMLCanvasElement) {
    this.chart = new Chart<'line', Point[]>(canvas, { type: 'line', data: { datasets: [] }, options: {} });
  }

  draw(picture: LineChartPicture, theme: Theme): void {
    const { lines, logarithmic, x, y } = picture;
    // The same object again keeps Chart.js from making every point anew.
    const known = this.chart.data.datasets;
    this.chart.data.datasets = lines.map(line =>
      Object.assign(known.find(({ label }) => label === line.label) ?? {}, datasetOf(line)),
    );
    // Options are dear to Chart.js: most frames bring new points only.
    const told = lines.map(line => line.told);
    if (this.changedOptions.of(theme, logarithmic, x.max, y.min, y.max, told.join()))
      this.chart.options = optionsOf(picture, theme);
    this.chart.update('none');
  }

  dispose(): void {
    this.chart.destroy();
  }
}

function datasetOf({ label, points, colour, opacity, width, dashed, dots, told }: Line): ChartDataset<'line', Point[]> {
  return {
    label,
    data: points as Point[], // Chart.js only reads them, since it is told not to parse
    parsing: false,
    normalized: true,
    borderColor: toCss(colour, opacity),
    backgroundColor: toCss(colour),
    borderWidth: width,
    borderDash: dashed ? [5, 4] : [],
    borderJoinStyle: 'round',
    pointRadius: dots && points.length <= mostDots ? 2.5 : 0,
    pointHoverRadius: told ? 3.5 : 0,
    pointBorderWidth: 0,
    pointHitRadius: 0,
  };
}

function optionsOf({ lines, logarithmic, x, y }: LineChartPicture, theme: Theme): Options {
  const text = { color: toCss(theme.description), font: { family: theme.font, size: 11 } };
  const grid = { color: toCss(theme.border, theme.highContrast ? 0.35 : 0.7), tickColor: 'transparent' };
  const title = (label: string) => ({ display: true, text: label, padding: 2, ...text });
  return {
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: 'nearestOfEach', intersect: false },
    layout: { padding: { top: 6, right: 6 } },
    scales: {
      x: {
        type: 'linear',
        min: 0,
        max: x.max,
        title: title(x.title),
        grid,
        border: { display: false },
        ticks: { ...text, maxRotation: 0, maxTicksLimit: 6, callback: value => formatInteger(Number(value)) },
      },
      y: {
        type: logarithmic ? 'logarithmic' : 'linear',
        min: y.min,
        max: y.max,
        title: title(y.title),
        grid,
        border: { display: false },
        // A fixed width keeps the curve where it is while the numbers change.
        afterFit: scale => void (scale.width = 46),
        afterBuildTicks: scale => {
          if (logarithmic) scale.ticks = logarithmicTicks(y.min, y.max).map(value => ({ value }));
        },
        ticks: { ...text, maxTicksLimit: 8, callback: value => formatTick(Number(value)) },
      },
    },
    plugins: {
      tooltip: {
        ...tooltipLook(theme),
        filter: ({ datasetIndex }) => lines[datasetIndex]?.told ?? false,
        callbacks: {
          title: items => (items[0] ? `step ${formatInteger(items[0].parsed.x ?? 0)}` : ''),
          label: item => `${item.dataset.label ?? ''}  ${(item.parsed.y ?? 0).toFixed(4)}`,
        },
      },
    },
  };
}

function tooltipLook(theme: Theme) {
  const font = { family: theme.editorFont, size: 12, weight: 'normal' } as const;
  return {
    backgroundColor: toCss(theme.background),
    borderColor: toCss(theme.border),
    borderWidth: 1,
    cornerRadius: 2,
    caretSize: 0,
    boxWidth: 8,
    boxHeight: 8,
    titleColor: toCss(theme.description),
    titleFont: font,
    bodyColor: toCss(theme.foreground),
    bodyFont: font,
  };
}
