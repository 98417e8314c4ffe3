/** An empty canvas of so many CSS pixels, with as many pixels as the screen has there. */
export function sharpContext(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d')!; // the first and only kind of context asked of it
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
