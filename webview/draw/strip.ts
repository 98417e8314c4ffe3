import { colorAround, type ColorScale } from './color-scale';
import type { StripLayout } from './strip-layout';

/**
 * Colors at data resolution: one pixel a cell, enlarged by CSS.
 *
 * @param limit what has the color at the end of the scale; minus this has that at its beginning
 */
export function drawStrip(
  canvas: HTMLCanvasElement,
  { perLine, lines, cell }: StripLayout,
  values: Float32Array,
  limit: number,
  scale: ColorScale,
): void {
  canvas.width = perLine;
  canvas.height = lines;
  canvas.style.width = `${perLine * cell}px`;
  canvas.style.height = `${lines * cell}px`;
  const context = canvas.getContext('2d')!; // the first and only kind of context asked of it
  const image = context.createImageData(perLine, lines);
  values.forEach((value, i) => {
    image.data.set(colorAround(scale, value / limit), 4 * i);
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
