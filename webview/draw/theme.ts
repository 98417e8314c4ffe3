import type { Rgb } from './color';
import type { ColorScale } from './color-scale';

/** What a canvas has to know of the editor's theme, since it cannot use `var()`. A changed theme is a new object. */
export interface Theme {
  readonly highContrast: boolean;
  readonly background: Rgb;
  readonly foreground: Rgb;
  /** For what is said beside the matter. */
  readonly description: Rgb;
  readonly border: Rgb;
  readonly focus: Rgb;
  readonly blue: Rgb;
  readonly yellow: Rgb;
  readonly purple: Rgb;
  /** For lines that are equals: hues that are told apart by most, and in this order. */
  readonly series: readonly Rgb[];
  /** From the background on. */
  readonly scale: ColorScale;
  /** The background in the middle: for values around 0. */
  readonly diverging: ColorScale;
  readonly font: string;
  /** The editor's own: for numbers and characters. */
  readonly editorFont: string;
}
