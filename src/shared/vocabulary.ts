import { InputError } from './errors';
import { asRead, normalized, plainReading, type TextRules } from './reading';
import { defaultBoundary } from './run';

/** A character that stands in the file, but in no name of it. */
export interface LeftOut {
  /** How many lines hold it. */
  readonly count: number;
  /** The first of them. */
  readonly line: number;
  /** Why that one is no name, to be read after "line 3:". */
  readonly reason: string;
  /** What could be chosen so that it is one: a setting. */
  readonly setting?: 'boundary' | 'maxLength';
}

/** The characters of the names: stoi and itos of the lectures. A character is a code point, never half of one. */
export interface Vocabulary {
  readonly itos: readonly string[];
  readonly stoi: ReadonlyMap<string, number>;
  /** How the names were read, and so any text that goes into the model. */
  readonly rules: TextRules;
  readonly leftOut: ReadonlyMap<string, LeftOut>;
}

/** The boundary, then the distinct characters sorted by code point, as Python sorts them. */
export function createVocabulary(
  names: readonly string[],
  boundary = defaultBoundary,
  { rules = plainReading, leftOut = new Map() }: Partial<Pick<Vocabulary, 'rules' | 'leftOut'>> = {},
): Vocabulary {
  const characters = new Set<string>();
  for (const name of names) for (const c of name) characters.add(c);
  const codePoint = (c: string): number => c.codePointAt(0) ?? 0; // no character is empty
  const itos = [boundary, ...[...characters].sort((a, b) => codePoint(a) - codePoint(b))];
  return { itos, stoi: new Map(itos.map((c, i) => [c, i])), rules, leftOut };
}

/** Indices of the characters, read as the names were. @throws InputError naming the first one that the names do not have */
export function encode(text: string, vocabulary: Vocabulary): number[] {
  return Array.from(asRead(text, vocabulary.rules), c => indexOf(c, vocabulary));
}

/** The name that indices spell, as it would stand among the names: an accent may have been drawn behind its letter. */
export function decode(tokens: readonly number[], { itos, rules }: Vocabulary): string {
  return normalized(tokens.map(token => itos[token]).join(''), rules.normalize);
}

/** @throws InputError for a character that the names do not have */
export function indexOf(character: string, { stoi, leftOut }: Vocabulary): number {
  const index = stoi.get(character);
  if (index !== undefined) return index;
  const why = leftOut.get(character);
  if (!why)
    throw new InputError(`The model has never seen "${character}": use only characters that occur in the names.`);
  const { count, line, reason, setting } = why;
  const lines =
    count === 1
      ? `line ${line}, which was left out (`
      : `${group(count)} lines that were left out (the first is line ${line}: `;
  const remedy = setting === undefined ? 'use only characters that occur in the names' : remedies[setting];
  throw new InputError(`"${character}" stands only in ${lines}${reason}): ${remedy}.`, { option: setting });
}

const remedies = { boundary: 'choose another boundary character', maxLength: 'allow longer names' };

function group(n: number): string {
  return n.toLocaleString('en-US');
}
