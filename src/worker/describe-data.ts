import type { Splits } from '../makemore/dataset';
import type { DataSummary } from '../shared/inspection';

/** More repeated names than this nobody reads. */
const mostDuplicates = 20;

/** @param names that the preset uses, in the order of the file */
export function describeData(names: readonly string[], splits: Splits): DataSummary {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  const lengths = names.map(name => [...name].length);
  const counts = new Uint32Array(lengths.reduce((a, b) => Math.max(a, b), 0) + 1);
  for (const length of lengths) counts[length]++;
  const train = new Set(splits.train);
  const sharedWith = (split: readonly string[] | null): number => split?.filter(name => train.has(name)).length ?? 0;
  return {
    first: names[0],
    lengths: counts,
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
