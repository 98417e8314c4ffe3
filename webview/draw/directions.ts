/**
 * Names in Hebrew or Arabic within our sentences. Their letters run from right to left and take along the quotes, points and
 * digits behind them, unless each run of them is isolated from what is around it.
 */

const letter = '[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]';
/** With the marks on its letters, and with single spaces and hyphens between them, as names of two words have. */
const runs = new RegExp(`${letter}(?:${letter}|\\p{M}|[\\u200c-\\u200f]|[ '’-](?=${letter}))*`, 'gu');

export interface Part {
  readonly text: string;
  readonly isRightToLeft: boolean;
}

/** The text in parts, most often a single one. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  const add = (text: string, isRightToLeft: boolean): void => {
    if (text !== '') parts.push({ text, isRightToLeft });
  };
  for (const { 0: run, index } of text.matchAll(runs)) {
    add(text.slice(end, index), false);
    add(run, true);
    end = index + run.length;
  }
  add(text.slice(end), false);
  return parts;
}

/** For tooltips, which hold no elements: with invisible marks around each run that stands in another text. */
export function isolated(text: string): string {
  const parts = partsOf(text);
  if (parts.length < 2) return text;
  return parts.map(part => (part.isRightToLeft ? `\u2068${part.text}\u2069` : part.text)).join('');
}
