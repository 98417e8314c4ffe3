/** Every panel once: arranged panels in their order, every other one below its neighbor in the registry. */
export function sequenceOf(panels: readonly string[], arranged: readonly string[]): string[] {
  const sequence = [...new Set(arranged)].filter(id => panels.includes(id));
  let place = 0;
  for (const id of panels) {
    if (!sequence.includes(id)) sequence.splice(place, 0, id);
    place = sequence.indexOf(id) + 1;
  }
  return sequence;
}

/**
 * The sequence after a panel has moved past the next one that is in its way; undefined where there is none.
 *
 * @param isInWay false for panels of the other column, and hidden ones
 */
export function moved(
  sequence: readonly string[],
  panel: string,
  direction: 'up' | 'down',
  isInWay: (panel: string) => boolean,
): string[] | undefined {
  const way = sequence.filter(id => id === panel || isInWay(id));
  const next = way[way.indexOf(panel) + (direction === 'up' ? -1 : 1)];
  if (next === undefined) return undefined;
  const others = sequence.filter(id => id !== panel);
  return others.toSpliced(others.indexOf(next) + (direction === 'up' ? 0 : 1), 0, panel);
}
