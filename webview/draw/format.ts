/** Numbers for people to read. The page is in English, and so are its numbers. */

/** Shared, because `toLocaleString` would make one for every number. */
const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 12345 as "12,345". */
export function formatInteger(n: number): string {
  return integers.format(n);
}

/** A loss or a probability with this many digits after the point; "–" where there is none. */
export function formatFixed(n: number | null | undefined, digits: number): string {
  return n === null || n === undefined ? '–' : n.toFixed(digits);
}

/** A number that may be negative. Its minus is as wide as a digit, and 0 has none; "–" where there is no number. */
export function formatSigned(n: number | null | undefined, digits: number): string {
  const text = formatFixed(n, digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** A number of any size, such as a gradient: 2.64e−3; "–" where there is none. */
export function formatScientific(n: number | null | undefined, digits: number): string {
  return n === null || n === undefined ? '–' : n.toExponential(digits).replaceAll('-', '−');
}

/** A setting such as 0.1 or 1e-9, with no more digits than it has. */
export function formatSetting(n: number): string {
  return String(Number(n.toPrecision(6)));
}

/** A count in at most four characters: 6763 as the lecture has it, 12k. */
export function formatShort(n: number): string {
  if (n < 10_000) return String(n);
  if (n < 999_500) return `${Math.round(n / 1000)}k`;
  return `${(n / 1e6).toFixed(n < 9.95e6 ? 1 : 0)}M`;
}

/** A number on an axis, where there is room for about four characters: 0.25, 3, 20k. */
export function formatTick(n: number): string {
  const short =
    Math.abs(n) >= 1e6 ? n.toExponential(0) : Math.abs(n) >= 1000 ? `${Number((n / 1000).toPrecision(3))}k` : '';
  return (short || String(Number(n.toPrecision(3)))).replace('-', '−');
}

/** A probability in at most four characters: .160, 1, 0, nan. */
export function formatShare(p: number): string {
  if (Number.isNaN(p)) return 'nan';
  if (p === 0) return '0';
  return p > 0.9995 ? '1' : p.toFixed(3).slice(1);
}

/** 1 name, 2 names. */
export function countOf(n: number, one: string): string {
  return `${formatInteger(n)} ${one}${n === 1 ? '' : 's'}`;
}

/** The time of a step, given in microseconds, in two or three digits: 104 µs, 2.9 ms, 29 ms, 1.2 s. */
export function formatStepTime(microseconds: number): string {
  if (microseconds < 999.5) return `${Math.round(microseconds)} µs`;
  const [n, unit] = microseconds < 999_500 ? [microseconds / 1e3, 'ms'] : [microseconds / 1e6, 's'];
  return `${n < 9.95 ? n.toFixed(1) : formatInteger(n)} ${unit}`;
}

/** A time in seconds, as precise as a guess may be: 19 s, 9 min, 2 h 5 min, 3 days. */
export function formatDuration(seconds: number): string {
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 10) return `${hours} h${minutes % 60 > 0 ? ` ${minutes % 60} min` : ''}`;
  return hours < 72 ? `${Math.round(minutes / 60)} h` : countOf(Math.round(hours / 24), 'day');
}
