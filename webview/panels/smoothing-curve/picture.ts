import { at } from '../../../src/shared/at';
import type { SmoothingCurve } from '../../../src/shared/run';
import { clamp } from '../../draw/clamp';
import { formatFixed, formatSetting, formatTick } from '../../draw/format';
import type { LineChartPicture, Point } from '../../draw/line/line-picture';
import type { Theme } from '../../draw/theme';
import { lineLook, type KeyEntry } from '../parts/line-look';
import type { LookFor } from '../parts/look-for';

/** Where the loss of names that were not counted is least; undefined where no loss is a number. */
export function bestSmoothing({ smoothing, dev }: SmoothingCurve): { smoothing: number; dev: number } | undefined {
  const least = Math.min(...dev.filter(Number.isFinite));
  return Number.isFinite(least) ? { smoothing: at(smoothing, dev.indexOf(least)), dev: least } : undefined;
}

/** What to look for: there is no best smoothing where nothing is left to be unseen. */
export function lookFor({ counted, names }: SmoothingCurve): LookFor {
  if (counted === names) return { short: 'All names were counted: the more smoothing, the worse for them.' };
  const percent = Math.round((100 * counted) / names);
  return {
    short: 'For the dev names, there is a best smoothing.',
    more: `Counted on ${percent}% of the names: the more smoothing, the worse for these (train). It matters more where there are few counts for a cell, as with trigrams.`,
  };
}

/** Train and dev over the smoothing, on a logarithmic axis: no smoothing at all is beyond its left end. */
export function smoothingPicture(curve: SmoothingCurve, present: number, theme: Theme): LineChartPicture {
  const { smoothing, train, dev } = curve;
  const [left, right] = [at(smoothing, 0), at(smoothing, smoothing.length - 1)];
  const { min, max } = lossRange(curve);
  const points = (values: readonly number[]): Point[] => values.map((y, i) => ({ x: at(smoothing, i), y }));
  const shown = clamp(present, left, right);
  const best = bestSmoothing(curve);
  const least = best ? `; dev is least, ${formatFixed(best.dev, 4)}, at ${formatCount(best.smoothing)}` : '';
  return {
    says: `Loss by smoothing, which is ${formatSetting(present)} now${least}`,
    lines: [
      { ...lineLook('mark', theme), label: 'Present', points: [min, max].map(y => ({ x: shown, y })) },
      { ...lineLook('smoothed', theme), label: 'Train', points: points(train) },
      { ...lineLook('devLine', theme), label: 'Dev', points: points(dev) },
      ...(best ? [{ ...lineLook('spot', theme), label: 'Best', points: [{ x: best.smoothing, y: best.dev }] }] : []),
    ],
    x: { title: 'smoothing: added to every count', min: left, max: right, logarithmic: true, format: formatTick },
    y: { title: 'nats per character', min, max, logarithmic: false, format: formatTick },
    tooltipTitle: tellSmoothing,
  };
}

/**
 * An axis on which one sees how far dev is above train, and where it is least. Far to the right both rise to ln V, which
 * would flatten everything else.
 */
export function lossRange(curve: SmoothingCurve): { min: number; max: number } {
  const losses = [...curve.train, ...curve.dev].filter(Number.isFinite);
  if (losses.length === 0) return { min: 0, max: 1 };
  const least = Math.min(...losses);
  const dev = bestSmoothing(curve)?.dev ?? least;
  const [without = NaN] = curve.dev; // with hardly any smoothing
  const matters = Math.max(dev - least, Number.isFinite(without) ? without - dev : 0, 0.01);
  const step = matters > 0.05 ? 0.1 : 0.02;
  const largest = Math.min(Math.max(...losses), dev + 4 * matters);
  return { min: Math.floor(least / step) * step, max: Math.ceil(largest / step) * step };
}

export function smoothingKey(curve: SmoothingCurve, present: number): KeyEntry[] {
  const best = bestSmoothing(curve);
  return [
    { look: 'smoothed', label: 'Train' },
    { look: 'devLine', label: 'Dev' },
    ...(best ? [{ look: 'spot', label: `least dev loss, at ${formatCount(best.smoothing)}` } as const] : []),
    { look: 'mark', label: `present: ${formatSetting(present)}` },
  ];
}

export const smoothingColumns = ['smoothing', 'train', 'dev'] as const;

export function smoothingRows({ smoothing, train, dev }: SmoothingCurve): string[][] {
  return smoothing.map((value, i) => [formatCount(value), formatFixed(train[i], 4), formatFixed(dev[i], 4)]);
}

/** The points are at powers of ten, so two digits are enough. */
export function formatCount(smoothing: number): string {
  return String(Number(smoothing.toPrecision(2)));
}

const tellSmoothing = (smoothing: number): string => `smoothing ${formatCount(smoothing)}`;
