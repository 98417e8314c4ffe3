/**
 * The element at an index that is known to be there: from the shape of a tensor, or from a check before. In loops over
 * numbers that must be fast write `values[i]!` instead, with the reason once beside it.
 *
 * @throws RangeError where there is none
 */
export function at<T>(values: ArrayLike<T>, index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`There is no element ${index} among ${values.length}.`);
  return value;
}
