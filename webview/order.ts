/** Every panel once: arranged ones in their order, each of the others below its predecessor in the registry. */
export function sequenceOf(panels: readonly string[], arranged: readonly string[]): string[] {
  const sequence = [...new Set(arranged)].filter(id => panels.includes(id));
  let below = 0;
  for (const id of panels) {
    if (!sequence.includes(id)) sequence.splice(below, 0, id);
    below = sequence.indexOf(id) + 1;
  }
  return sequence;
}

/**
 * The sequence after a panel has moved past its neighbor; undefined if it has none on that side.
 *
 * @param isInWay false for panels that are in the other column, or hidden
 */
export function moved(
  sequence: readonly string[],
  panel: string,
  direction: 'up' | 'down',
  isInWay: (panel: string) => boolean,
): string[] | undefined {
  const way = sequence.filter(id => id === panel || isInWay(id));
  const from = way.indexOf(panel);
  const neighbor = direction === 'up' ? way.slice(0, from).at(-1) : way.at(from + 1);
  if (neighbor === undefined) return undefined;
  const others = sequence.filter(id => id !== panel);
  return others.toSpliced(others.indexOf(neighbor) + (direction === 'up' ? 0 : 1), 0, panel);
}
