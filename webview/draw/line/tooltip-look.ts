import { toCss } from '../color';
import type { Theme } from '../theme';

/** Like the hovers of the editor. */
export function tooltipLook(theme: Theme) {
  const font = { family: theme.editorFont, size: 12, weight: 'normal' } as const;
  return {
    backgroundColor: toCss(theme.background),
    borderColor: toCss(theme.border),
    borderWidth: 1,
    cornerRadius: 2,
    caretSize: 0,
    boxWidth: 8,
    boxHeight: 8,
    titleColor: toCss(theme.description),
    titleFont: font,
    bodyColor: toCss(theme.foreground),
    bodyFont: font,
    footerColor: toCss(theme.description),
    footerFont: font,
  };
}
