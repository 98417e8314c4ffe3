import { paintCells } from './cells';
import { colorAround, type ColorScale } from '../color-scale';
import type { StripLayout } from './strip-layout';

/** @param limit the value at the end of the scale; minus this is at its beginning */
export function drawStrip(
  canvas: HTMLCanvasElement,
  { perLine, lines, cell }: StripLayout,
  values: Float32Array,
  limit: number,
  scale: ColorScale,
): void {
  paintCells(canvas, perLine, lines, values, value => colorAround(scale, value / limit));
  canvas.style.width = `${perLine * cell}px`;
  canvas.style.height = `${lines * cell}px`;
}
