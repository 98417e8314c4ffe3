import { at } from '../../../src/shared/at';
import { toCss } from '../color';
import { colorAt, inkOn } from '../color-scale';
import type { Sheet } from '../figure';
import type { MatrixLayout } from './heatmap';
import { sharpContext } from '../sharp-context';
import type { Theme } from '../theme';

/** What is written over a heatmap. */
export interface MatrixText {
  /** Of rows and columns. */
  readonly tokens: readonly string[];
  /** The number of a cell in at most four characters; empty for a cell that cannot be. */
  readonly number: (cell: number) => string;
  /** Whether a cell is hardly worth a look. */
  readonly isQuiet: (cell: number) => boolean;
}

/** Cells of at least this size have two lines, the bigram and its number, or one, the number. */
const twoLines = 34;
const oneLine = 20;
/** Room that a character of a header needs. */
const headerStep = 11;
/** The text of a cell with a fainter shade than this is quiet, too. */
const faint = 0.12;

/** Draws headers and numbers at the resolution of the screen. */
export function drawLabels(
  canvas: HTMLCanvasElement,
  layout: MatrixLayout,
  shades: Float32Array,
  text: MatrixText,
  { theme, pixelRatio }: Sheet,
): void {
  const context = sharpContext(canvas, layout.size, layout.size, pixelRatio);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  drawHeaders(context, layout, text.tokens, theme);
  if (layout.cell >= oneLine) drawCells(context, layout, shades, text, theme);
}

/** Marks a cell and the headers of its row and column. */
export function drawCursor(
  canvas: HTMLCanvasElement,
  layout: MatrixLayout,
  tokens: readonly string[],
  chosen: number | undefined,
  { theme, pixelRatio }: Sheet,
): void {
  const context = sharpContext(canvas, layout.size, layout.size, pixelRatio);
  if (chosen === undefined) return;
  const { cells, cell, header } = layout;
  const [row, column] = [Math.floor(chosen / cells), chosen % cells];
  const [x, y] = [header + column * cell, header + row * cell];
  const mark = Math.max(cell, 5);
  context.lineWidth = 2;
  context.strokeStyle = toCss(theme.background);
  context.strokeRect(x - 2, y - 2, mark + 4, mark + 4);
  context.strokeStyle = toCss(theme.foreground);
  context.strokeRect(x, y, mark, mark);

  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `bold 12px ${theme.editorFont}`;
  const half = header / 2;
  for (const [token, [left, top]] of [
    [at(tokens, row), [half - 1, y + cell / 2]],
    [at(tokens, column), [x + cell / 2, half - 1]],
  ] as const) {
    context.fillStyle = toCss(theme.background);
    context.fillRect(left - half + 1, top - half, header - 2, header - 1);
    context.fillStyle = toCss(theme.foreground);
    context.fillText(token, left, top);
  }
}

function drawHeaders(
  context: CanvasRenderingContext2D,
  { cell, header }: MatrixLayout,
  tokens: readonly string[],
  theme: Theme,
): void {
  context.font = `11px ${theme.editorFont}`;
  context.fillStyle = toCss(theme.description);
  const every = Math.ceil(headerStep / cell);
  for (let i = 0; i < tokens.length; i += every) {
    const middle = header + (i + 0.5) * cell;
    context.fillText(at(tokens, i), middle, header / 2 - 1);
    context.fillText(at(tokens, i), header / 2 - 1, middle);
  }
}

function drawCells(
  context: CanvasRenderingContext2D,
  { cells, cell, header }: MatrixLayout,
  shades: Float32Array,
  { tokens, number, isQuiet }: MatrixText,
  theme: Theme,
): void {
  const both = cell >= twoLines;
  context.font = `100px ${theme.editorFont}`;
  const widest = context.measureText('0.0k').width / 100; // of a number, at a size of one pixel
  const size = both ? Math.min(12, cell * 0.29) : Math.min(11, (cell - 2.5) / widest);
  context.font = `${size}px ${theme.editorFont}`;
  for (const [i, shade] of shades.entries()) {
    if (number(i) === '') continue;
    const x = header + ((i % cells) + 0.5) * cell;
    const y = header + (Math.floor(i / cells) + 0.5) * cell;
    const preferred = shade < faint ? [theme.description, theme.foreground] : [theme.foreground, theme.background];
    context.fillStyle = toCss(inkOn(colorAt(theme.scale, shade), preferred));
    if (both) {
      context.fillText(at(tokens, Math.floor(i / cells)) + at(tokens, i % cells), x, y - size * 0.62);
      context.fillText(number(i), x, y + size * 0.68);
    } else if (!isQuiet(i)) context.fillText(number(i), x, y + 0.5);
  }
}
