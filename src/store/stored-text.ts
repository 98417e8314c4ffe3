/** What a file says is text that others may have written: whatever shows it relies on its being short, and in one line. */

// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Whether it is a text of at least one character, with none that would move a terminal's cursor. */
export function isPlainText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= most && !control.test(value);
}

/** A text that a person may have written, such as a name of a file, which may hold any character on some systems. */
export function toPlainText(text: string): string {
  return text.replace(new RegExp(control, 'g'), '\ufffd');
}
