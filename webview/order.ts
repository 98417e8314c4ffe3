import type { Columns } from '../src/shared/arrangement';

export type Direction = 'up' | 'down' | 'left' | 'right';

interface Placed {
  readonly id: string;
  readonly place: 'top' | keyof Columns;
}

/** What a move has to know of the page. */
export interface Page {
  /** Panels that are of no use in this run are passed over. */
  readonly isShown: (panel: string) => boolean;
  /** Whether the columns stand beside each other, and not the second below the first. */
  readonly sideBySide: boolean;
}

/**
 * The place of every panel: as it was left; one that was not there then stands below its neighbour in the registry, or at the
 * top where that has gone to the other column.
 */
export function placesOf(panels: readonly Placed[], left: Columns): Columns {
  const known = new Set(panels.filter(({ place }) => place !== 'top').map(({ id }) => id));
  const take = (id: string): boolean => known.delete(id); // each one once
  const columns = { first: left.first.filter(take), second: left.second.filter(take) };
  const above = { first: '', second: '' };
  for (const { id, place } of panels) {
    if (place === 'top') continue;
    if (known.has(id)) columns[place].splice(columns[place].indexOf(above[place]) + 1, 0, id);
    above[place] = id;
  }
  return columns;
}

/**
 * The columns after a panel has gone past its neighbour, or to the other column; undefined where there is no way on. Where
 * one column stands below the other, the way up and down leads through both.
 */
export function moved(columns: Columns, panel: string, direction: Direction, page: Page): Columns | undefined {
  const own = columnOf(columns, panel);
  if (direction === 'left' || direction === 'right') {
    const other = direction === 'left' ? 'first' : 'second';
    return page.sideBySide && own !== other ? inserted(columns, panel, other, columns[own].indexOf(panel)) : undefined;
  }
  const way = page.sideBySide ? columns[own] : [...columns.first, ...columns.second];
  const shown = way.filter(id => id === panel || page.isShown(id));
  const next = shown.indexOf(panel) + (direction === 'up' ? -1 : 1);
  if (next < 0 || next === shown.length) return undefined;
  const neighbour = shown[next];
  const to = columnOf(columns, neighbour);
  const index = columns[to].filter(id => id !== panel).indexOf(neighbour);
  return inserted(columns, panel, to, direction === 'up' ? index : index + 1);
}

/** In which column a panel stands. */
export function columnOf(columns: Columns, panel: string): keyof Columns {
  return columns.first.includes(panel) ? 'first' : 'second';
}

function inserted(columns: Columns, panel: string, to: keyof Columns, index: number): Columns {
  const others = (column: keyof Columns): string[] => columns[column].filter(id => id !== panel);
  return { first: others('first'), second: others('second'), [to]: others(to).toSpliced(index, 0, panel) };
}
