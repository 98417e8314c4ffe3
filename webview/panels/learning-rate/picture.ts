import { rangeTestExponent, rangeTestSteps } from '../../../src/shared/learning-rate';
import type { LossHistory } from '../../../src/shared/run-state';
import { formatInteger, formatTick } from '../../draw/format';
import type { LineChartPicture, Point } from '../../draw/line-picture';
import type { Theme } from '../../draw/theme';
import { lineLook, type KeyEntry } from '../parts/line-look';
import { lossRange, reach, type Suggestion } from './range-test';

/** −0.92, with a sign that is as wide as a digit. */
function formatExponent(exponent: number): string {
  return exponent.toFixed(2).replace('-', '−');
}

export function formatRate({ exponent, learningRate }: Suggestion): string {
  return `10^${formatExponent(exponent)} = ${learningRate}`;
}

export interface TestedLosses {
  readonly losses: LossHistory;
  readonly smoothed: Float64Array;
}

export interface RangeTestData extends TestedLosses {
  readonly suggestion: Suggestion | undefined;
  readonly logarithmic: boolean;
}

/** The loss of each minibatch against the exponent of the learning rate, the smoothed curve above it. */
export function rangeTestPicture(data: RangeTestData, theme: Theme): LineChartPicture {
  const { losses, smoothed, suggestion, logarithmic } = data;
  const range = lossRange(losses, suggestion?.step ?? Infinity);
  const least = Number.isFinite(range.least) ? range.least : 1;
  const largest = Number.isFinite(range.largest) ? range.largest : 4;
  const min = logarithmic ? Math.max(1e-4, least * 0.92) : Math.floor(least * 2) / 2;
  const max = logarithmic ? largest * 1.08 : Math.ceil(largest * 2) / 2;
  const points = (values: Float32Array | Float64Array): Point[] =>
    Array.from(values, (y, step) => ({ x: rangeTestExponent(step), y }));
  const lines = [
    { look: 'minibatch', label: 'Minibatch', points: points(losses.values.subarray(0, losses.length)) },
    { look: 'smoothed', label: 'Smoothed', points: points(smoothed) },
  ] as const;
  const lowest = suggestion ? `, lowest at ${formatRate(suggestion)}` : '';
  const mark = suggestion && [min, max].map(y => ({ x: suggestion.exponent, y }));
  const spot = suggestion && [{ x: suggestion.exponent, y: suggestion.loss }];
  return {
    says: `Loss of ${formatInteger(losses.length)} steps by learning rate${lowest}`,
    lines: [
      ...lines.map(({ look, label, points }) => ({ ...lineLook(look, theme), label, points })),
      ...(mark ? [{ ...lineLook('mark', theme), label: 'Suggestion', points: mark }] : []),
      ...(spot ? [{ ...lineLook('spot', theme), label: 'Lowest', points: spot }] : []),
    ],
    x: {
      title: 'exponent of the learning rate (10^x)',
      min: rangeTestExponent(0),
      max: rangeTestExponent(rangeTestSteps - 1),
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
    ...(suggestion ? [{ look: 'mark', label: `Suggestion: ${formatRate(suggestion)}` } as const] : []),
  ];
}

const tellExponent = (exponent: number): string =>
  `learning rate ${Number((10 ** exponent).toPrecision(2))} = 10^${formatExponent(exponent)}`;
