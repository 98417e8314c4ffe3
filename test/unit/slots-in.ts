/** Where something stands in a value. */
export interface Slot {
  readonly holder: object;
  readonly key: string;
}

/** Every field and element of a value, down to the innermost. */
export function slotsIn(value: unknown): Slot[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  const own = Object.keys(value).map(key => ({ holder: value, key }));
  return [...own, ...Object.values(value).flatMap(slotsIn)];
}
