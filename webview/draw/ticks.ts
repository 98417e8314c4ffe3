/**
 * Values worth a line on a logarithmic axis: 1, 2, 3, 5, 10, … where it spans enough of them, even steps where it does
 * not.
 */
export function logarithmicTicks(min: number, max: number): number[] {
  if (!(min > 0 && max > min)) return [];
  const ticks: number[] = [];
  if (max / min >= 5) {
    for (let power = 10 ** Math.floor(Math.log10(min)); power <= max; power *= 10)
      for (const digit of [1, 2, 3, 5]) if (digit * power >= min && digit * power <= max) ticks.push(digit * power);
    return ticks;
  }
  const step = roundStep((max - min) / 5);
  for (let i = Math.ceil(min / step); i * step <= max; i++) ticks.push(i * step);
  return ticks;
}

/** The next of 1, 2, 5, 10, … in any power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find(digit => digit * power >= least) ?? 10);
}
