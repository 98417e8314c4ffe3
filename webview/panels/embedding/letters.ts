export type LetterKind = 'vowel' | 'consonant' | 'other';

/** Of the scripts whose letters are vowels or consonants; y is counted as the vowel that it mostly is in names. */
const vowels = new Set('aeiouyæœøıəɛɔ' + 'аеиоуыэюяєі' + 'αεηιουω');
const known = /^(?=\p{L})[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]$/u;
/** Consonants that Unicode takes apart into a vowel and a breve. */
const shortVowels = new Set('йў');

/** Whatever stands above or below a letter, it is what it is without. */
export function letterKind(character: string): LetterKind {
  const letter = character.toLowerCase();
  if (shortVowels.has(letter)) return 'consonant';
  const [base] = letter.normalize('NFD');
  if (!known.test(base)) return 'other';
  return vowels.has(base) ? 'vowel' : 'consonant';
}
