/** A single look is mostly the noise of a minibatch. Alerts look at this many together. */
export const looks = 9;

/** The median of the last values that are numbers, of which ±∞ are two; undefined where there are none. */
export function recentMedian(values: readonly number[]): number | undefined {
  const recent = values
    .filter(value => !Number.isNaN(value))
    .slice(-looks)
    .sort((a, b) => a - b);
  return recent.at(Math.floor(recent.length / 2));
}
