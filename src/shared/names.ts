/** How many names have each number of characters, and the line of the first that has. */
export type Lengths = ReadonlyMap<number, { readonly count: number; readonly line: number }>;

/** How many characters the longest name has. */
export function longestOf(names: readonly string[]): number {
  return names.reduce((longest, name) => Math.max(longest, countCharacters(name)), 0);
}

/** A character is a code point. */
export function countCharacters(name: string): number {
  let count = 0;
  // A low surrogate is the second half of a character.
  for (let i = 0; i < name.length; i++) if ((name.charCodeAt(i) & 0xfc00) !== 0xdc00) count++;
  return count;
}
