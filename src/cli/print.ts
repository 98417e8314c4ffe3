import { visible } from '../shared/visible';

// What a terminal reads goes through here: names, and texts of files that anybody may have written, hold no orders to it.

/** What goes on, on a terminal until something else is told. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

function clearProgress(): void {
  showProgress('');
}

/** A sentence or a name, for a person. */
export function say(text: string): void {
  clearProgress();
  process.stdout.write(`${visible(text)}\n`);
}

/** What is wrong, or what one must know at once. Keeps the lines of a stack. */
export function warn(text: string): void {
  clearProgress();
  process.stderr.write(`${text.split('\n').map(visible).join('\n')}\n`);
}

/** For machines: the same value, but written without anything that a terminal would obey. */
export function printJson(value: object): void {
  process.stdout.write(
    `${JSON.stringify(value, nameNonFinite).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escaped)}\n`,
  );
}

/** JSON has no word for NaN and the infinities, and null would say that there is no value. */
function nameNonFinite(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function escaped(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
