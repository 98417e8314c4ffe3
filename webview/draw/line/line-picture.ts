import type { Rgb } from '../color';
import type { Stroke } from '../dashes';

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

/** A value to hold the lines against, as a line across with its name beside it. */
export interface Mark {
  /** A word or two. */
  readonly name: string;
  readonly y: number;
  readonly stroke: Stroke;
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
  /** Later ones are drawn over earlier ones. */
  readonly lines: readonly Line[];
  /** The most important ones first; those beyond the axis do not show. A right axis takes the place of their names. */
  readonly marks?: readonly Mark[];
  readonly x: Axis;
  readonly y: Axis;
  /** A second vertical axis, for lines of another unit. */
  readonly right?: Axis;
  /** What stands above the values at the place that is pointed at. */
  readonly tooltipTitle: (x: number) => string;
  /** What stands below them, about the last one on the left axis. */
  readonly tooltipFoot?: (y: number) => string;
}
