/**
 * Values worth a line on a logarithmic axis: powers of ten where it spans more than three of them, 1, 2, 3, 5, 10, …
 * where it spans fewer, even steps where it hardly spans any.
 */
export function logarithmicTicks(min: number, max: number): number[] {
  if (!(min > 0 && max > min)) return [];
  if (max / min >= 5) {
    const ticks: number[] = [];
    const digits = max / min > 1000 ? [1] : [1, 2, 3, 5];
    for (let exponent = Math.floor(Math.log10(min)); 10 ** exponent <= max; exponent++)
      for (const digit of digits) {
        const tick = Number(`${digit}e${exponent}`); // a product would be off in its last digit
        if (tick >= min && tick <= max) ticks.push(tick);
      }
    return ticks;
  }
  return evenTicks(min, max);
}

/** About five round values, evenly apart. */
export function evenTicks(min: number, max: number): number[] {
  if (!(max > min)) return [];
  const step = roundStep((max - min) / 5);
  const first = Math.ceil(min / step);
  return Array.from({ length: Math.floor(max / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** The next of 1, 2, 5, 10, … in any power of ten. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find(digit => digit * power >= least) ?? 10);
}
