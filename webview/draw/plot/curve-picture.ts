import type { CurveLook } from './curve-look';
import type { Stroke } from '../dashes';
import type { Range } from '../line/ranges';

/** Points from left to right. A value that is not finite leaves a gap. */
export interface Curve {
  readonly look: CurveLook;
  readonly x: ArrayLike<number>;
  /** As many as x. */
  readonly y: ArrayLike<number>;
}

export interface PlaneAxis extends Range {
  readonly title: string;
  /** The text of a tick. */
  readonly format: (value: number) => string;
}

/** A level to compare curves with. */
export interface Guide {
  readonly y: number;
  readonly stroke: Stroke;
}

export interface CurvePicture {
  /** Later ones are drawn over earlier ones. */
  readonly curves: readonly Curve[];
  readonly guides: readonly Guide[];
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
}
