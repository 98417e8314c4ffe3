import { rangeTestExponent, type RateRange } from '../../../src/shared/learning-rate';
import type { LossHistory } from '../../../src/shared/run-state';
import { formatInteger, formatTick } from '../../draw/format';
import type { LineChartPicture, Point } from '../../draw/line/line-picture';
import type { Theme } from '../../draw/theme';
import { lineLook, type KeyEntry } from '../parts/line-look';
import { lossRange, reach, type Suggestion, type TestedRate } from './range-test';

/** −0.92, with a sign that is as wide as a digit. */
function formatExponent(exponent: number): string {
  return exponent.toFixed(2).replace('-', '−');
}

export function formatRate({ exponent, learningRate }: TestedRate): string {
  return `10^${formatExponent(exponent)} = ${learningRate}`;
}

export interface TestedLosses {
  readonly losses: LossHistory;
  readonly smoothed: Float64Array;
  readonly rates: RateRange;
}

export interface RangeTestData extends TestedLosses {
  readonly suggestion: Suggestion | undefined;
  readonly logarithmic: boolean;
}

/** The loss of each minibatch against the exponent of the learning rate, the smoothed curve above it. */
export function rangeTestPicture(data: RangeTestData, theme: Theme): LineChartPicture {
  const { losses, smoothed, rates, suggestion, logarithmic } = data;
  const range = lossRange(losses, suggestion?.lowest.step ?? Infinity);
  const least = Number.isFinite(range.least) ? range.least : 1;
  const largest = Number.isFinite(range.largest) ? range.largest : 4;
  const min = logarithmic ? Math.max(1e-4, least * 0.92) : Math.floor(least * 2) / 2;
  const max = logarithmic ? largest * 1.08 : Math.ceil(largest * 2) / 2;
  const points = (values: Float32Array | Float64Array): Point[] =>
    Array.from(values, (y, step) => ({ x: rangeTestExponent(step, rates), y }));
  const lines = [
    { look: 'minibatch', label: 'Minibatch', points: points(losses.values.subarray(0, losses.length)) },
    { look: 'smoothed', label: 'Smoothed', points: points(smoothed) },
  ] as const;
  const marked = suggestion
    ? `, steepest at ${formatRate(suggestion.steepest)}, lowest at ${formatRate(suggestion.lowest)}, suggestion ${formatRate(suggestion.suggested)}`
    : '';
  const spot = ({ exponent, loss }: TestedRate): Point[] => [{ x: exponent, y: loss }];
  const marks = suggestion
    ? ([
        { look: 'mark', label: 'Suggestion', points: [min, max].map(y => ({ x: suggestion.suggested.exponent, y })) },
        { look: 'spot', label: 'Steepest', points: spot(suggestion.steepest) },
        { look: 'spot', label: 'Lowest', points: spot(suggestion.lowest) },
      ] as const)
    : [];
  return {
    says: `Loss of ${formatInteger(losses.length)} steps by learning rate${marked}`,
    lines: [...lines, ...marks].map(({ look, label, points }) => ({ ...lineLook(look, theme), label, points })),
    x: {
      title: 'exponent of the learning rate (10^x)',
      min: rates.from,
      max: rates.to,
      logarithmic: false,
      format: formatTick,
    },
    y: { title: 'nats per character', min, max, logarithmic, format: formatTick },
    tooltipTitle: tellExponent,
  };
}

export function rangeTestKey(suggestion: Suggestion | undefined): KeyEntry[] {
  return [
    { look: 'minibatch', label: 'Minibatch' },
    { look: 'smoothed', label: `Smoothed over ${2 * reach + 1} steps` },
    ...(suggestion
      ? ([
          { look: 'spot', label: 'Steepest and lowest' },
          { look: 'mark', label: `Suggestion: ${formatRate(suggestion.suggested)}` },
        ] as const)
      : []),
  ];
}

const tellExponent = (exponent: number): string =>
  `learning rate ${Number((10 ** exponent).toPrecision(2))} = 10^${formatExponent(exponent)}`;
