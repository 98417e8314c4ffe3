/** Checks for characters and n-grams from outside. A character is one code point. */

export type Bigram = readonly [first: string, second: string];

export function isCharacter(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 2 && [...value].length === 1;
}

export function isBigram(value: unknown): value is Bigram {
  return Array.isArray(value) && value.length === 2 && value.every(isCharacter);
}

function isTrigram(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length === 3 && value.every(isCharacter);
}

/** A bigram or a trigram. */
export function isNgram(value: unknown): value is readonly string[] {
  return isBigram(value) || isTrigram(value);
}
