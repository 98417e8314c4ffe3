/** @throws Error where the canvas already has another kind of context */
export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The canvas has no 2d context.');
  return context;
}
