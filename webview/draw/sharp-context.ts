/** An empty canvas of so many CSS pixels, with as many pixels as the screen has there. */
export function sharpContext(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  const context = canvas.getContext('2d')!; // the first and only kind of context asked of it
  if (canvas.width === across && canvas.height === down) context.reset();
  else {
    // Even the same size again would make the canvas anew, and the page lay itself out.
    canvas.width = across;
    canvas.height = down;
  }
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
