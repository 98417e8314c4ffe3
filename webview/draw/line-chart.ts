import {
  Chart,
  Interaction,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartArea,
  type ChartDataset,
  type InteractionItem,
  type InteractionModeFunction,
} from 'chart.js';
import { Changes } from './changes';
import type { Plot } from './chart-zoom';
import { toCss } from './color';
import { contentOf, optionsOf } from './line-chart-options';
import type { Line, LineChartPicture, Point } from './line-picture';
import { dashes } from './dashes';
import type { Theme } from './theme';

/** More points than this would run into each other. */
const mostDots = 60;

/** The only file that runs Chart.js. */
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

type Dataset = ChartDataset<'line', Point[]>;
/** By label and look. */
type Datasets = ReadonlyMap<string, Dataset>;

/** Lines in a plane. Nothing moves by itself: what is drawn is what is there. */
export class LineChart implements Plot {
  private readonly chart: Chart<'line', Point[]>;
  private readonly changedOptions = new Changes();
  private datasets: Datasets = new Map();

  constructor(canvas: HTMLCanvasElement) {
    const options = { animation: false, maintainAspectRatio: false } as const; // it may get its size before any picture
    this.chart = new Chart<'line', Point[]>(canvas, { type: 'line', data: { datasets: [] }, options });
  }

  draw(picture: LineChartPicture, theme: Theme): void {
    const { lines, x, y, right } = picture;
    const before = this.datasets;
    this.datasets = new Map(lines.map((line, i) => this.datasetOf(line, lines.length - i, before)));
    this.chart.data.datasets = [...this.datasets.values()];
    // Options are dear to Chart.js: most frames bring new points only.
    const told = lines.map(line => line.told).join();
    if (this.changedOptions.of(theme, told, ...contentOf(x), ...contentOf(y), ...contentOf(right)))
      this.chart.options = optionsOf(picture, theme);
    this.chart.update('none');
  }

  area(): ChartArea {
    return this.chart.chartArea;
  }

  valueAt(x: number): number {
    return this.chart.scales.x.getValueForPixel(x) ?? 0;
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

function lookOf({ points, color, opacity, width, stroke, dots, told, axis }: Line): Omit<Dataset, 'data'> {
  return {
    yAxisID: axis === 'right' ? 'right' : 'y',
    parsing: false,
    normalized: true,
    borderColor: toCss(color, opacity),
    backgroundColor: toCss(color),
    borderWidth: width,
    borderDash: [...dashes[stroke]],
    borderJoinStyle: 'round',
    pointRadius: !dots || points.length > mostDots ? 0 : points.length === 1 ? 4 : 2.5,
    pointHoverRadius: told ? 3.5 : 0,
    pointBorderWidth: 0,
    pointHitRadius: 0,
  };
}
