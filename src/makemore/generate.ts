import { at } from '../shared/at';
import { InputError } from '../shared/errors';
import type { Bigram } from '../shared/characters';
import { maxDraws, type Origin, type SampledWord, type SampleRequest } from '../shared/sampling';
import { encode, type Vocabulary } from '../shared/vocabulary';
import { multinomial, reshapeProbabilities } from './multinomial';
import { TorchGenerator } from './random';

/** Probabilities (V) of what follows the characters of a name so far. */
export type Predictor = (characters: readonly number[]) => Float32Array;

/** A model that never ends a name is stopped here; an untrained one takes about 27 characters, at times 300. */
const longestName = 1_000;

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
    const characters = yield* generateName(g, prefix, request, predict);
    drawn++;
    const name = characters.map(token => at(vocabulary.itos, token));
    const cut = name.length >= longestName;
    const boundary = at(vocabulary.itos, 0);
    // A name that was cut has not ended.
    if (request.bigram && !holds([boundary, ...name, ...(cut ? [] : [boundary])], request.bigram)) continue;
    const text = name.join('');
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
  const encoded = encode(prefix.normalize('NFC'), vocabulary);
  if (encoded.includes(0)) throw new InputError('A prefix cannot hold the boundary character: leave it out.');
  if (bigram) encode(bigram.join(''), vocabulary);
  return encoded;
}

/** Work that can be interrupted: it yields nothing but the chance to do something else. */
export type Cooperative<T> = Generator<undefined, T, undefined>;

function* generateName(
  g: TorchGenerator,
  prefix: readonly number[],
  { sampler, temperature, topK }: SampleRequest,
  predict: Predictor,
): Cooperative<number[]> {
  const characters = [...prefix];
  while (characters.length < longestName) {
    const p = reshapeProbabilities(predict(characters), temperature, topK);
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
