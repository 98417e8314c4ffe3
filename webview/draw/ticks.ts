/**
 * Values for ticks on a logarithmic axis: powers of ten where it spans more than three of them; 1, 2, 3, 5, 10, …
 * where it spans fewer; even steps where it hardly spans one.
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

/** Round values, evenly apart. @param most how many, about */
export function evenTicks(min: number, max: number, most = 5): number[] {
  if (!(max > min)) return [];
  const step = tickStep(min, max, most);
  const first = Math.ceil(min / step);
  return Array.from({ length: Math.floor(max / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** The round end of an axis that has to hold a value: an axis that grew with every frame would never be still. */
export function roundEnd(value: number): number {
  if (!(value > 0)) return 1;
  const exponent = Math.floor(Math.log10(value));
  const ends = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map(digit => Number(`${digit}e${exponent}`)); // a product would be off
  return ends.find(end => end >= value) ?? Number(`1e${exponent + 1}`);
}

/** A round step between the ticks of an axis. @param most how many ticks, about */
export function tickStep(min: number, max: number, most = 5): number {
  return roundStep((max - min) / most);
}

/** The next larger of 1, 2, 5, times a power of ten. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find(digit => digit * power >= least) ?? 10);
}
