import type { Rgb } from './color';
import type { Stroke } from './dashes';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly label: string;
  readonly points: readonly Point[];
  readonly color: Rgb;
  readonly opacity: number;
  readonly width: number;
  readonly stroke: Stroke;
  /** Whether its points are drawn while they are few. */
  readonly dots: boolean;
  /** Whether pointing at it shows its value. */
  readonly inTooltip: boolean;
  /** By default the left one. */
  readonly axis?: 'right';
}

export interface Axis {
  readonly title: string;
  readonly min: number;
  readonly max: number;
  readonly logarithmic: boolean;
  /** The text of a tick. */
  readonly format: (value: number) => string;
}

export interface LineChartPicture {
  /** The picture in a sentence, for those who do not see it. */
  readonly says: string;
  /** Later ones lie above earlier ones. */
  readonly lines: readonly Line[];
  readonly x: Axis;
  readonly y: Axis;
  /** A second vertical axis, for lines of another unit. */
  readonly right?: Axis;
  /** What stands above the values at the place that is pointed at. */
  readonly tooltipTitle: (x: number) => string;
}
