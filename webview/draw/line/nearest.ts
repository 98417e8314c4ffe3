/** @returns the index of the value nearest to the wanted one, the first of equals; -1 where there is none */
export function indexOfNearest(values: readonly number[], wanted: number): number {
  let nearest = -1;
  let least = Infinity;
  for (const [i, value] of values.entries()) {
    const distance = Math.abs(value - wanted);
    if (distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}
