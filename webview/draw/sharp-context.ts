import { contextOf } from './context';

/**
 * An empty canvas at the resolution of the screen, to be drawn on in CSS pixels.
 *
 * @param pixelRatio device pixels per CSS pixel
 */
export function sharpContext(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  pixelRatio: number,
): CanvasRenderingContext2D {
  const [across, down] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
  const context = contextOf(canvas);
  if (canvas.width === across && canvas.height === down) context.reset();
  else {
    // Even assigning the same size allocates a new bitmap and lays the page out again.
    canvas.width = across;
    canvas.height = down;
  }
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  return context;
}
