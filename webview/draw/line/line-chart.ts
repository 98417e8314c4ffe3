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
import { Changes } from '../changes';
import type { PlotArea } from './chart-zoom';
import { toCss } from '../color';
import type { Display } from '../display';
import { element } from '../element';
import { Figure, type Sheet } from '../figure';
import { contentOf, optionsOf } from './line-chart-options';
import { drawMarks, roomForLabels } from './line-chart-marks';
import type { Line, LineChartPicture, Mark, Point } from './line-picture';
import { dashes } from '../dashes';
import { marksWithin } from './mark-layout';
import { indexOfNearest } from './nearest';
import type { Theme } from '../theme';

/** More points than this would run into each other. */
const mostDots = 60;

/** The only file that runs Chart.js. */
Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

declare module 'chart.js' {
  interface InteractionModeMap {
    nearestOfEach: InteractionModeFunction;
  }
}

/** The point nearest to the pointer's x on every visible line: lines have points at different steps. */
Interaction.modes.nearestOfEach = (chart, { x }) => {
  const items: InteractionItem[] = [];
  for (const { index: datasetIndex, data } of chart.getSortedVisibleDatasetMetas()) {
    const index = indexOfNearest(
      data.map(point => point.x),
      x ?? 0,
    );
    const element = index < 0 ? undefined : data.at(index);
    if (element) items.push({ element, datasetIndex, index });
  }
  return items;
};

type Dataset = ChartDataset<'line', Point[]>;
/** By label and look. */
type Datasets = ReadonlyMap<string, Dataset>;

/** A figure of lines in a plane. Nothing is animated. Chart.js keeps it as wide as its place. */
export class LineChart<Data extends object> implements PlotArea {
  readonly canvas: HTMLCanvasElement;
  private readonly chart: Chart<'line', Point[]>;
  private readonly figure: Figure<Data>;
  private readonly changedOptions = new Changes();
  private datasets: Datasets = new Map();
  /** As they were painted last. */
  private marks: { readonly shown: readonly Mark[]; readonly theme: Theme; readonly areNamed: boolean } | undefined;

  constructor(name: string, display: Display, pictureOf: (data: Data, theme: Theme) => LineChartPicture) {
    this.canvas = element('canvas', { role: 'img', 'aria-label': name });
    const options = { animation: false, maintainAspectRatio: false } as const; // it may be laid out before any picture
    const marks = {
      id: 'marks',
      beforeDatasetsDraw: (chart: Chart) => {
        if (this.marks) drawMarks(chart, this.marks.shown, this.marks.theme, this.marks.areNamed);
      },
    };
    this.chart = new Chart<'line', Point[]>(this.canvas, {
      type: 'line',
      data: { datasets: [] },
      options,
      plugins: [marks],
    });
    this.figure = new Figure(display, (sheet, data) => this.paint(pictureOf(data, sheet.theme), sheet));
  }

  draw(data: Data): void {
    this.figure.draw(data);
  }

  area(): ChartArea {
    return this.chart.chartArea;
  }

  valueAt(x: number): number {
    return this.chart.scales.x?.getValueForPixel(x) ?? 0;
  }

  dispose(): void {
    this.figure.dispose();
    this.chart.destroy();
  }

  private paint(picture: LineChartPicture, { theme, pixelRatio }: Sheet): void {
    const { lines, x, y, right } = picture;
    const before = this.datasets;
    this.datasets = new Map(lines.map((line, i) => this.datasetOf(line, lines.length - i, before)));
    this.chart.data.datasets = [...this.datasets.values()];
    // New options are expensive in Chart.js, and most frames bring new points only.
    const inTooltip = lines.map(line => line.inTooltip).join();
    const shown = marksWithin(picture.marks ?? [], y);
    this.marks = { shown, theme, areNamed: !right };
    const names = shown.map(({ name, y }) => `${name} ${y}`).join();
    const axes = [...contentOf(x), ...contentOf(y), ...contentOf(right)];
    if (this.changedOptions.of(theme, pixelRatio, inTooltip, names, ...axes))
      this.chart.options = {
        ...optionsOf(picture, theme, chart => roomForLabels(chart, shown, theme)),
        devicePixelRatio: pixelRatio,
      };
    this.chart.update('none');
    if (this.chart.currentDevicePixelRatio !== pixelRatio) this.chart.resize(); // after the options have been read
    this.canvas.setAttribute('aria-label', picture.says);
  }

  /**
   * The same object again saves Chart.js from making every point again. But Chart.js also never changes the look of
   * points that it does not animate, so another look takes another object.
   */
  private datasetOf(line: Line, order: number, before: Datasets): [string, Dataset] {
    const dataset = { ...lookOf(line), label: line.label, order };
    const key = JSON.stringify(dataset);
    const data = line.points as Point[]; // Chart.js does not write to what it does not parse
    return [key, Object.assign(before.get(key) ?? dataset, { data })];
  }
}

function lookOf({ points, color, opacity, width, stroke, dots, inTooltip, axis }: Line): Omit<Dataset, 'data'> {
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
    pointHoverRadius: inTooltip ? 3.5 : 0,
    pointBorderWidth: 0,
    pointHitRadius: 0,
  };
}
