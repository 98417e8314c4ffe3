export type LetterKind = 'vowel' | 'consonant' | 'other';

/** Of the scripts that have vowels and consonants. In names, y is mostly a vowel. */
const vowels = new Set('aeiouyæœøıəɛɔ' + 'аеиоуыэюяєі' + 'αεηιουω');
const known = /^(?=\p{L})[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]$/u;
/** Consonants that Unicode decomposes into a vowel and a breve. */
const shortVowels = new Set('йў');

/** The kind of a letter, whatever marks are above or below it. */
export function letterKind(character: string): LetterKind {
  const letter = character.toLowerCase();
  if (shortVowels.has(letter)) return 'consonant';
  const [base = ''] = letter.normalize('NFD');
  if (!known.test(base)) return 'other';
  return vowels.has(base) ? 'vowel' : 'consonant';
}
