import { at } from '../../../../../src/shared/at';
import type { BigramCounts } from '../../../../../src/shared/run';

/** The bigrams of some names, counted plainly. */
export function countsOf(...names: readonly string[]): BigramCounts {
  const tokens = ['.', ...new Set([...names.join('')].sort())];
  const n = tokens.length;
  const counts = new Uint32Array(n * n);
  for (const name of names) {
    const padded = ['.', ...name, '.'].map(c => tokens.indexOf(c));
    for (const [i, next] of padded.slice(1).entries()) {
      const cell = at(padded, i) * n + next;
      counts[cell] = at(counts, cell) + 1;
    }
  }
  const rowTotals = Uint32Array.from(tokens, (_, row) =>
    counts.subarray(row * n, (row + 1) * n).reduce((a, b) => a + b, 0),
  );
  return { tokens, vocabSize: n, counts, rowTotals, total: rowTotals.reduce((a, b) => a + b, 0) };
}

/** Enough of them for rows and columns to differ. */
export const noisyCounts = countsOf('emma', 'olivia', 'ava', 'isabella', 'sophia', 'charlotte', 'mia', 'amelia');
