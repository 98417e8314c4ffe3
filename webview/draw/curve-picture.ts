import type { CurveLook } from './curve-look';
import type { Stroke } from './dashes';
import type { Range } from './zoom';

/** Points from left to right; what is not finite is a gap. */
export interface Curve {
  readonly look: CurveLook;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface PlaneAxis extends Range {
  readonly title: string;
  /** The text of a tick. */
  readonly format: (value: number) => string;
}

/** A level that curves are held against. */
export interface Guide {
  readonly y: number;
  readonly stroke: Stroke;
}

export interface CurvePicture {
  /** Later ones lie above earlier ones. */
  readonly curves: readonly Curve[];
  readonly guides: readonly Guide[];
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
}
