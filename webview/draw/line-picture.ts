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
  /** Points that are few are drawn as such. */
  readonly dots: boolean;
  /** Whether pointing at it says its value. */
  readonly told: boolean;
  /** The left one, unless told. */
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
  /** Another vertical axis, for lines of another unit. */
  readonly right?: Axis;
  /** The place that is pointed at, as it stands above the values there. */
  readonly tellPlace: (x: number) => string;
}
