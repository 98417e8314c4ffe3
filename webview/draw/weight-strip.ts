import { colorAt, type ColorScale } from './color-scale';

/**
 * Values around 0 in a row: one pixel a cell, enlarged by CSS.
 *
 * @param largest has the strongest color, as has its opposite
 */
export function drawStrip(
  canvas: HTMLCanvasElement,
  values: Float32Array,
  largest: number,
  cell: number,
  scale: ColorScale,
): void {
  canvas.width = values.length;
  canvas.height = 1;
  canvas.style.width = `${values.length * cell}px`;
  const context = canvas.getContext('2d')!; // the first and only kind of context asked of it
  const image = context.createImageData(values.length, 1);
  values.forEach((value, i) => {
    image.data.set(colorAt(scale, largest > 0 ? 0.5 + value / (2 * largest) : 0.5), 4 * i);
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
