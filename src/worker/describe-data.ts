import type { Splits } from '../makemore/dataset';
import { at } from '../shared/at';
import type { DataSummary } from '../shared/inspection';
import { countCharacters } from '../shared/name-lines';
import { longestOf } from '../shared/names';

/** Nobody reads more repeated names. */
const mostDuplicates = 20;

/** @param names that the preset uses, in the order of the file */
export function describeData(names: readonly string[], splits: Splits): DataSummary {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  const lengths = new Uint32Array(longestOf(names) + 1); // how many names have each length
  for (const name of names) lengths[countCharacters(name)]!++; // in bounds: none is longer than the longest
  const train = new Set(splits.train);
  const sharedWith = (split: readonly string[] | null): number => split?.filter(name => train.has(name)).length ?? 0;
  return {
    first: at(names, 0),
    lengths,
    duplicates: [...times]
      .filter(([, n]) => n > 1)
      .sort(([, a], [, b]) => b - a)
      .slice(0, mostDuplicates)
      .map(([name, n]) => ({ name, times: n })),
    repetitions: names.length - times.size,
    splits: {
      train: splits.train.length,
      dev: splits.dev?.length ?? null,
      test: splits.test?.length ?? null,
    },
    shared: { dev: sharedWith(splits.dev), test: sharedWith(splits.test) },
  };
}
