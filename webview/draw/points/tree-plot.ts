import { at } from '../../../src/shared/at';
import { toCss } from '../color';
import { colorAt } from '../color-scale';
import { strokeLine } from '../strokes';
import type { Theme } from '../theme';
import { levelHeight, nodeHeight, nodeWidth, placeOf, top, type TreePicture } from './tree-layout';

/** Characters at the top, and below them the vectors of each layer, shaded by size, with lines where they are joined. */
export function drawTree(context: CanvasRenderingContext2D, picture: TreePicture, width: number, theme: Theme): void {
  const { levels, characters, chosen } = picture;
  const seen = chosen && levels.at(chosen[0])?.nodes.at(chosen[1]);
  const isSeen = (from: number, to: number): boolean => seen !== undefined && from >= seen.from && to <= seen.to;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `13px ${theme.editorFont}`;
  characters.forEach((character, i) => {
    context.fillStyle = toCss(isSeen(i, i + 1) || !seen ? theme.foreground : theme.description);
    context.fillText(character, placeOf(picture, 0, i, i + 1, width).x, top - 22);
  });
  for (let level = 1; level < levels.length; level++) drawJoins(context, picture, level, width, theme, isSeen);
  const wide = nodeWidth(picture, width);
  levels.forEach(({ nodes }, l) => {
    // Each level has its own scale of colors: an embedding is not on the scale of a tanh.
    const largest = Math.max(...nodes.map(({ size }) => size), Number.MIN_VALUE);
    nodes.forEach(({ from, to, size }) => {
      const { x, y } = placeOf(picture, l, from, to, width);
      context.fillStyle = toCss(colorAt(theme.scale, 0.15 + (0.85 * size) / largest));
      context.fillRect(x - wide / 2, y - nodeHeight / 2, wide, nodeHeight);
      context.lineWidth = isSeen(from, to) ? 2 : 1;
      context.strokeStyle = toCss(isSeen(from, to) ? theme.foreground : theme.border);
      context.strokeRect(x - wide / 2, y - nodeHeight / 2, wide, nodeHeight);
    });
  });
  levels.forEach(({ stations }, level) => drawStations(context, stations, level, theme));
}

/** The shapes of a level below it, over the lines to the next one. */
function drawStations(context: CanvasRenderingContext2D, stations: string, level: number, theme: Theme): void {
  const y = top + level * levelHeight + nodeHeight + 10;
  context.textAlign = 'left';
  context.font = `11px ${theme.editorFont}`;
  context.fillStyle = toCss(theme.background);
  context.fillRect(0, y - 8, context.measureText(stations).width + 8, 16);
  context.fillStyle = toCss(theme.description);
  context.fillText(stations, 0, y);
}

/** Lines from the vectors of the level above to the one that they are joined into. */
function drawJoins(
  context: CanvasRenderingContext2D,
  picture: TreePicture,
  level: number,
  width: number,
  theme: Theme,
  isSeen: (from: number, to: number) => boolean,
): void {
  const { levels } = picture;
  for (const parent of at(levels, level).nodes)
    for (const child of at(levels, level - 1).nodes) {
      if (child.from < parent.from || child.to > parent.to) continue;
      const [a, b] = [
        placeOf(picture, level - 1, child.from, child.to, width),
        placeOf(picture, level, parent.from, parent.to, width),
      ];
      const marked = isSeen(parent.from, parent.to);
      context.lineWidth = marked ? 2 : 1;
      context.strokeStyle = toCss(marked ? theme.foreground : theme.description);
      strokeLine(context, a.x, a.y, b.x, b.y);
    }
}
