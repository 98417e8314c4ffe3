/**
 * The width of a cell where this many share the room, in CSS pixels. Whole pixels wherever there is room for one each:
 * otherwise cells look uneven.
 */
export function cellSize(cells: number, room: number, widest: number): number {
  const each = room / Math.max(1, cells);
  return Math.min(widest, each >= 1 ? Math.floor(each) : each);
}
