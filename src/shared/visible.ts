/**
 * A text from outside as one line that shows all that is in it: line breaks and tabs become spaces, and control characters,
 * such as those that drive a terminal, become pictures of themselves. So do the marks that turn the direction of whatever
 * stands behind them; what only hints at a direction stays, since names in Hebrew and Arabic need it.
 */
export function visible(text: string): string {
  return text.replace(breaks, ' ').replace(unseen, c => {
    const code = c.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
  });
}

const breaks = /[\t-\r\u0085\u2028\u2029]+/g;
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const unseen = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
