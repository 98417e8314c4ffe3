import type { Chart, ChartOptions } from 'chart.js';
import { toCss } from '../color';
import type { Axis, LineChartPicture } from './line-picture';
import { logarithmicTicks } from '../ticks';
import type { Theme } from '../theme';
import { tooltipLook } from './tooltip-look';

export type Options = ChartOptions<'line'>;
type AxisOptions = NonNullable<NonNullable<Options['scales']>[string]>;

/** Fixed widths keep the curve where it is while the numbers change. */
const axisWidth = { left: 54, right: 56 } as const;

/**
 * Everything that Chart.js needs besides the lines.
 *
 * @param roomAtRight in pixels, for a chart of its width, where there is no axis
 */
export function optionsOf(
  { lines, x, y, right, tooltipTitle, tooltipFoot }: LineChartPicture,
  theme: Theme,
  roomAtRight: (chart: Chart) => number,
): Options {
  return {
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: 'nearestOfEach', intersect: false },
    layout: { padding: ({ chart }) => ({ top: 6, right: right ? 0 : roomAtRight(chart) }) },
    scales: {
      x: axisOptions(x, 6, theme),
      y: sideAxis(y, 8, axisWidth.left, theme),
      ...(right && { right: rightAxis(right, theme) }),
    },
    plugins: {
      tooltip: {
        ...tooltipLook(theme),
        filter: ({ datasetIndex }) => lines[datasetIndex]?.inTooltip ?? false,
        itemSort: (a, b) => a.datasetIndex - b.datasetIndex,
        callbacks: {
          title: items => (items[0] ? tooltipTitle(items[0].parsed.x ?? 0) : ''),
          label: ({ dataset, parsed }) => {
            const value = parsed.y ?? 0;
            const text = right && dataset.yAxisID === 'right' ? right.format(value) : value.toFixed(4);
            return `${dataset.label ?? ''}  ${text}`;
          },
          footer: items => {
            const value = items.findLast(({ dataset }) => dataset.yAxisID !== 'right')?.parsed.y;
            return typeof value === 'number' && tooltipFoot ? tooltipFoot(value) : '';
          },
        },
      },
    },
  };
}

/** Everything about an axis that its options are made of. */
export function contentOf(axis: Axis | undefined): readonly unknown[] {
  return axis ? [axis.title, axis.min, axis.max, axis.logarithmic, axis.format] : [];
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
    ticks: {
      ...text,
      maxRotation: 0,
      maxTicksLimit: mostTicks,
      includeBounds: false, // they need not be round
      callback: value => format(Number(value)),
    },
  };
}

/** Of a fixed width, so that its labels need not be measured in every frame, which takes longer than drawing them. */
function sideAxis(axis: Axis, mostTicks: number, width: number, theme: Theme): AxisOptions {
  const options = axisOptions(axis, mostTicks, theme);
  const ticks = { ...options.ticks, autoSkip: false, sampleSize: 1 };
  return { ...options, ticks, afterFit: scale => void (scale.width = width) };
}

/** Without lines across the plane, which has those of the left axis. */
function rightAxis(axis: Axis, theme: Theme): AxisOptions {
  return {
    ...sideAxis(axis, 5, axisWidth.right, theme),
    position: 'right',
    grid: { drawOnChartArea: false, tickColor: 'transparent' },
  };
}
