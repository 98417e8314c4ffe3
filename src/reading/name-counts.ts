/**
 * A column that says how often each name counts.
 *
 * A name that counts n times stands n times among the names, once they are split: a counting model then counts it n times,
 * a net draws it n times as often (`torch.randint` knows no weights), and losses weigh it the same, without a word about
 * weights in any of them. Split first, no name of dev or test is in train. Repeated strings are shared, so that what grows
 * is only the list of examples.
 */
import { InputError, quote } from '../shared/errors';

/** As many names as a model reads in about a second. Larger counts are scaled down. */
export const mostCounted = 1_000_000;

/** 15 digits are exact in a double. */
const wholeNumber = /^\d{1,15}$/;

/** @param where to be read after "in": the column and the line @throws InputError for what is no count */
export function parseCount(text: string | undefined, where: string): number {
  const trim = text?.trim() ?? '';
  if (wholeNumber.test(trim)) return Number(trim);
  const what = trim === '' ? 'There is no count' : `"${quote(trim)}" is no count`;
  throw new InputError(
    `${what} in ${where}: write a whole number without separators, such as 18688, or train without counts.`,
  );
}

/** Counts that are as many in all as a model reads in a moment: in proportion, and at least 1 each. @returns a sentence */
export function scaleCounts(counts: Map<string, number>): string {
  let total = 0;
  for (const count of counts.values()) total += count;
  const group = (n: number): string => n.toLocaleString('en-US');
  const all = counts.size === 1 ? 'The only name counts' : `The ${group(counts.size)} different names count`;
  const told = `${all} ${total === 1 ? 'once' : `${group(total)} times in all`}`;
  if (total <= mostCounted) return `${told}.`;
  const share = mostCounted / total;
  for (const [name, count] of counts) counts.set(name, Math.max(1, Math.round(count * share)));
  return `${told}: scaled down to about ${group(mostCounted)}, at least 1 each.`;
}
