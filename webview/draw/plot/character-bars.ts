import { at } from '../../../src/shared/at';
import { clamp } from '../clamp';
import { toCss } from '../color';
import type { Theme } from '../theme';

/** A number for each character. */
export interface CharacterBars {
  readonly characters: readonly string[];
  readonly values: Float32Array;
  /** The index of the character that really follows. */
  readonly marked: number;
}

export const barsHeight = 110;
const below = 18;
const widestBar = 26;
/** Room that a character below its bar needs. */
const labelStep = 9;
/** Wide enough to find the marked bar among any number of them. */
const leastMark = 3;

/** Bars up from 0, and down for negative values. */
export function drawCharacterBars(
  context: CanvasRenderingContext2D,
  { characters, values, marked }: CharacterBars,
  width: number,
  theme: Theme,
): void {
  const step = Math.min(widestBar, width / Math.max(1, values.length));
  const gap = step >= 4 ? 1 : 0;
  const finite = values.filter(Number.isFinite);
  const most = finite.reduce((a, b) => Math.max(a, b), 0);
  const least = finite.reduce((a, b) => Math.min(a, b), 0);
  const scale = (barsHeight - below - 2) / (most - least || 1);
  const zero = 1 + most * scale;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  const every = Math.ceil(labelStep / step);
  for (const [i, value] of values.entries()) {
    const height = Number.isFinite(value) ? value * scale : 0;
    context.fillStyle = toCss(i === marked ? theme.yellow : theme.blue);
    context.fillRect(i * step, zero, Math.max(i === marked ? leastMark : 1, step - gap), -height);
  }
  context.font = `11px ${theme.editorFont}`;
  context.fillStyle = toCss(theme.description);
  const middle = (i: number): number => clamp((i + 0.5) * step, labelStep / 2, width - labelStep / 2);
  for (let i = 0; i < values.length; i += every)
    if (Math.abs(i - marked) >= every) context.fillText(at(characters, i), middle(i), barsHeight);
  context.font = `bold 11px ${theme.editorFont}`;
  context.fillStyle = toCss(theme.foreground);
  context.fillText(at(characters, marked), middle(marked), barsHeight);
  context.fillStyle = toCss(theme.border, theme.highContrast ? 1 : 0.6);
  context.fillRect(0, zero, values.length * step, 1);
}
