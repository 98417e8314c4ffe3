/**
 * How wide each of so many cells is, in CSS pixels: whole pixels wherever there is room for one each, since cells look
 * uneven otherwise.
 */
export function cellSize(cells: number, room: number, widest: number): number {
  const each = room / Math.max(1, cells);
  return Math.min(widest, each >= 1 ? Math.floor(each) : each);
}
