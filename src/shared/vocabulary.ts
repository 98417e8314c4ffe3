import { InputError } from './errors';
import { defaultBoundary } from './run';

/** The characters of the names: stoi and itos of the lectures. A character is a code point, never half of one. */
export interface Vocabulary {
  readonly itos: readonly string[];
  readonly stoi: ReadonlyMap<string, number>;
}

/** The boundary, then the distinct characters sorted by code point, as Python sorts them. */
export function createVocabulary(names: readonly string[], boundary = defaultBoundary): Vocabulary {
  const characters = new Set<string>();
  for (const name of names) for (const c of name) characters.add(c);
  const codePoint = (c: string): number => c.codePointAt(0) ?? 0; // no character is empty
  const itos = [boundary, ...[...characters].sort((a, b) => codePoint(a) - codePoint(b))];
  return { itos, stoi: new Map(itos.map((c, i) => [c, i])) };
}

/** Indices of the characters. @throws InputError naming the first one that the names do not have */
export function encode(text: string, { stoi }: Vocabulary): number[] {
  return Array.from(text, c => {
    const index = stoi.get(c);
    if (index === undefined)
      throw new InputError(`The model has never seen "${c}": use only characters that stand in the names.`);
    return index;
  });
}
