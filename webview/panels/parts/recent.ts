/** What a single look tells is mostly the minibatch's: alerts listen to so many together. */
const looks = 9;

/** The median of the last values that are numbers; undefined where there are none. */
export function recentMedian(values: readonly number[]): number | undefined {
  const recent = values
    .filter(Number.isFinite)
    .slice(-looks)
    .sort((a, b) => a - b);
  return recent.length > 0 ? recent[Math.floor(recent.length / 2)] : undefined;
}
