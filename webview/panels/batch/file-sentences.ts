import type { DataSummary } from '../../../src/shared/inspection';
import type { RunInfo } from '../../../src/shared/run';
import { countOf, formatInteger } from '../../draw/format';

/** "32,033 names of 2 to 15 characters, 6.1 on average." */
export function namesSentence({ lengths }: DataSummary): string {
  const { from, to } = lengthRange(lengths);
  const names = lengths.reduce((sum, n) => sum + n, 0);
  const characters = lengths.reduce((sum, n, length) => sum + n * length, 0);
  const span = from === to ? countOf(from, 'character') : `${formatInteger(from)} to ${countOf(to, 'character')}`;
  return `${countOf(names, 'name')} of ${span}, ${(characters / names).toFixed(1)} on average.`;
}

/** The least and the largest number of characters that a name has. */
export function lengthRange(lengths: Uint32Array): { from: number; to: number } {
  const from = lengths.findIndex(n => n > 0);
  return { from: Math.max(0, from), to: lengths.findLastIndex(n => n > 0) };
}

/** "2,539 names repeat an earlier one: most often dominique, 2 times." */
export function repetitionSentence({ repetitions }: DataSummary): string {
  if (repetitions === 0) return 'No name occurs twice.';
  const repeat = repetitions === 1 ? 'name repeats' : 'names repeat';
  return `${formatInteger(repetitions)} ${repeat} an earlier one; the most frequent:`;
}

/** The splits that there are, and how many of their names are in train as well. */
export function splitTable(
  { splits, shared }: DataSummary,
  { examples }: RunInfo,
): { columns: readonly string[]; rows: string[][] } {
  const there = (['train', 'dev', 'test'] as const).filter(split => splits[split] !== null);
  const whole = there.length === 1;
  return {
    columns: ['split', 'names', 'examples', ...(whole ? [] : ['in train too'])],
    rows: there.map(split => {
      const both = split === 'train' ? '' : formatInteger(shared[split]);
      const sizes = [splits[split], examples[split]].map(size => formatInteger(size ?? 0));
      return [split, ...sizes, ...(whole ? [] : [both])];
    }),
  };
}
