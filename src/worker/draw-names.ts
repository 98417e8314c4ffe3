import { generateNames, type Cooperative } from '../makemore/generate';
import { InputError } from '../shared/errors';
import type { SampledWord, SampleRequest } from '../shared/sampling';
import type { Samples } from '../shared/run';
import type { Run } from './create-run';
import { hasFiniteWeights } from './finite';
import { knownNames } from './known-names';

/** For more draws it pays to predict all contexts of the training names at once. */
const manyNames = 2_000;

/** Names from the current weights, which must not change meanwhile. @throws InputError as `generateNames` */
export function* drawNames(run: Run, request: SampleRequest): Cooperative<{ words: SampledWord[]; drawn: number }> {
  const { trainer, vocabulary, origins } = run;
  if (!hasFiniteWeights(trainer))
    throw new InputError('The weights are not numbers any more, so there is nothing to draw names from: train again.');
  const predict = yield* trainer.predictor(request.bigram !== undefined || request.count > manyNames);
  return yield* generateNames(request, predict, vocabulary, origins);
}

/** The same with what tells memory from skill. */
export function* drawJudged(run: Run, request: SampleRequest): Cooperative<Pick<Samples, 'words' | 'drawn' | 'known'>> {
  const drawn = yield* drawNames(run, request);
  const known = yield* knownNames(run, drawn.words);
  return { ...drawn, ...(known && { known }) };
}
