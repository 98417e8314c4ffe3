import type { Cooperative } from '../makemore/generate';
import { heldOutOf } from '../shared/held-out';
import type { KnownNames } from '../shared/run';
import type { SampledWord } from '../shared/sampling';
import type { Run } from './create-run';

/** Of fewer names nothing can be told. */
const fewest = 100;
/** Names between two chances for others. */
const slice = 10_000;

/** @returns undefined for a few names, or where none were held out */
export function* knownNames(
  { names, origins, preset }: Pick<Run, 'names' | 'origins' | 'preset'>,
  words: readonly SampledWord[],
): Cooperative<KnownNames | undefined> {
  const split = heldOutOf(preset);
  if (!split || words.length < fewest) return undefined;
  const times = new Map(words.filter(({ cut }) => !cut).map(({ text }) => [text, 0]));
  for (const [i, name] of names.entries()) {
    const found = times.get(name);
    if (found !== undefined) times.set(name, found + 1);
    if (i % slice === slice - 1) yield;
  }
  const once = [...times].filter(([, n]) => n === 1).map(([text]) => origins.get(text));
  const of = (origin: 'train' | typeof split): number => once.filter(found => found === origin).length;
  return { train: of('train'), heldOut: of(split) };
}
