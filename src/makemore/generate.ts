import { at } from '../shared/at';
import { InputError } from '../shared/errors';
import type { Bigram } from '../shared/characters';
import { longestName, maxDraws, type Origin, type SampledWord, type SampleRequest } from '../shared/sampling';
import { decode, encode, indexOf, type Vocabulary } from '../shared/vocabulary';
import { distribution, multinomial, type Logits } from './multinomial';
import { TorchGenerator } from './random';

/** Logits (V) of what follows the characters of a name so far. @throws InputError where there is no telling */
export type Predictor = (characters: readonly number[]) => Logits;

/**
 * Draws names character by character until a boundary is drawn. Yields after every character, so that the caller can let
 * others work in between; the weights must not change meanwhile.
 *
 * @returns the names kept, and how many were drawn: more than were kept if the request names a bigram
 * @throws InputError as `checkSampleRequest`
 */
export function* generateNames(
  request: SampleRequest,
  predict: Predictor,
  vocabulary: Vocabulary,
  origins: ReadonlyMap<string, Origin>,
): Cooperative<{ words: SampledWord[]; drawn: number }> {
  const prefix = checkSampleRequest(request, vocabulary);
  const g = new TorchGenerator(request.seed);
  const words: SampledWord[] = [];
  const most = request.bigram ? maxDraws : request.count;
  let drawn = 0;
  while (drawn < most && words.length < request.count) {
    const characters = yield* generateName(g, prefix, request, predict, vocabulary);
    drawn++;
    const name = characters.map(token => at(vocabulary.itos, token));
    const cut = name.length >= longestName;
    const boundary = at(vocabulary.itos, 0);
    // A name that was cut has not ended.
    if (request.bigram && !holds([boundary, ...name, ...(cut ? [] : [boundary])], request.bigram)) continue;
    const text = decode(characters, vocabulary);
    words.push({ text, origin: origins.get(text) ?? 'new', ...(cut && { cut }) });
  }
  return { words, drawn };
}

/**
 * Checks that the model knows the characters that are asked for.
 *
 * @returns the prefix as indices
 * @throws InputError naming the first character that it does not know
 */
export function checkSampleRequest({ prefix, bigram }: SampleRequest, vocabulary: Vocabulary): number[] {
  const encoded = encode(prefix, vocabulary);
  if (encoded.includes(0)) throw new InputError('A prefix cannot hold the boundary character: leave it out.');
  for (const character of bigram ?? []) indexOf(character, vocabulary);
  return encoded;
}

/** Work that can be interrupted: it yields nothing but the chance to do something else. */
export type Cooperative<T> = Generator<undefined, T, undefined>;

function* generateName(
  g: TorchGenerator,
  prefix: readonly number[],
  { sampler, temperature, topK }: SampleRequest,
  predict: Predictor,
  vocabulary: Vocabulary,
): Cooperative<number[]> {
  const characters = [...prefix];
  while (characters.length < longestName) {
    const p = distribution(predict(characters), temperature, topK);
    if (!p)
      throw new InputError(
        `The weights are so large that the model gives no probabilities after "${decode(characters, vocabulary)}": train again with a lower learning rate.`,
      );
    const token = multinomial(p, g, sampler);
    if (token === 0) break;
    characters.push(token);
    yield;
  }
  return characters;
}

function holds(characters: readonly string[], [first, second]: Bigram): boolean {
  return characters.some((c, i) => c === first && characters[i + 1] === second);
}
