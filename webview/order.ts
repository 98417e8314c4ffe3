/** Every panel once: those that were arranged in their order, any other one below its neighbor in the registry. */
export function sequenceOf(panels: readonly string[], arranged: readonly string[]): string[] {
  const sequence = [...new Set(arranged)].filter(id => panels.includes(id));
  panels.forEach((id, i) => {
    if (!sequence.includes(id)) sequence.splice(i === 0 ? 0 : sequence.indexOf(panels[i - 1]) + 1, 0, id);
  });
  return sequence;
}

/**
 * The sequence after a panel has gone past the next one that is in its way; undefined where there is none.
 *
 * @param isInWay false for what stands in the other column, or nowhere
 */
export function moved(
  sequence: readonly string[],
  panel: string,
  direction: 'up' | 'down',
  isInWay: (panel: string) => boolean,
): string[] | undefined {
  const way = sequence.filter(id => id === panel || isInWay(id));
  const next = way.indexOf(panel) + (direction === 'up' ? -1 : 1);
  if (next < 0 || next === way.length) return undefined;
  const others = sequence.filter(id => id !== panel);
  return others.toSpliced(others.indexOf(way[next]) + (direction === 'up' ? 0 : 1), 0, panel);
}
