import type { Rgb } from './color';
import type { ColorScale } from './color-scale';

/** What a canvas needs of the editor's theme, because it cannot use `var()`. A changed theme is a new object. */
export interface Theme {
  readonly highContrast: boolean;
  readonly background: Rgb;
  readonly foreground: Rgb;
  /** For secondary text. */
  readonly description: Rgb;
  readonly border: Rgb;
  readonly focus: Rgb;
  readonly blue: Rgb;
  readonly yellow: Rgb;
  readonly purple: Rgb;
  /** For lines of equal rank, in this order: hues that most people can tell apart. */
  readonly series: readonly Rgb[];
  /** Sequential, from the background on. */
  readonly scale: ColorScale;
  /** For values around 0, which has the color of the background. */
  readonly diverging: ColorScale;
  readonly font: string;
  /** The one of the editor, for numbers and characters. */
  readonly editorFont: string;
}
