/** The nearest value from the least to the largest. */
export function clamp(value: number, least: number, largest: number): number {
  return Math.min(largest, Math.max(least, value));
}
