/**
 * The value with a name that is known to be there, such as a parameter that the model has declared. The elements of an
 * array have `at`.
 *
 * @throws RangeError if there is none
 */
export function named<T>(values: Readonly<Record<string, T | undefined>>, name: string): T {
  const value = values[name];
  if (value === undefined) throw new RangeError(`There is no ${name} among ${Object.keys(values).join(', ')}.`);
  return value;
}
