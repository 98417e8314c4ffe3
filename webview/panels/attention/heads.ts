import type { Walk } from '../../../src/shared/inspection';

/** One head of one layer: who looks at whom in a name. */
export interface AttentionHead {
  readonly layer: number;
  readonly head: number;
  /** (n, n), row-major: how much the character of a row looks at that of a column; each row sums to 1. */
  readonly weights: Float32Array;
}

/** Every head, cut to the boundary and the characters of the name: what stands behind them is padding. */
export function attentionHeads({ passes, text }: Walk): AttentionHead[] {
  const n = [...text].length + 1;
  return passes
    .filter(({ kind }) => kind === 'attention')
    .flatMap(({ shape: [heads, T], values }, layer) =>
      Array.from({ length: heads }, (_, head) => ({
        layer,
        head,
        weights: Float32Array.from(
          { length: n * n },
          (_value, i) => values[(head * T + Math.floor(i / n)) * T + (i % n)],
        ),
      })),
    );
}

export type AttentionHabit = 'itself' | 'the one before' | 'the beginning';

/** More than this share of its looks makes a habit. */
const habitual = 0.5;

/** What a head mostly looks at, over the characters that have a choice. */
export function habitOf({ weights }: AttentionHead, n: number): AttentionHabit | undefined {
  const rows = Array.from({ length: Math.max(0, n - 2) }, (_, i) => i + 2); // the first two have next to no choice
  const share = (column: (row: number) => number): number =>
    rows.reduce((sum, row) => sum + weights[row * n + column(row)], 0) / Math.max(1, rows.length);
  const shares = {
    itself: share(row => row),
    'the one before': share(row => row - 1),
    'the beginning': share(() => 0),
  } satisfies Record<AttentionHabit, number>;
  const habits = Object.entries(shares) as [AttentionHabit, number][];
  return habits.find(([, looks]) => looks > habitual)?.[0];
}

/** What a cell says: where the character of a row looks. */
export function lookSentence(head: AttentionHead, tokens: readonly string[], cell: number): string {
  const n = tokens.length;
  const [row, column] = [Math.floor(cell / n), cell % n];
  const place = (i: number): string => (i === 0 ? `the beginning “${tokens[0]}”` : `“${tokens[i]}” (${i})`);
  if (column > row) return `${place(row)} cannot look at ${place(column)}, which comes later.`;
  return `${place(row)} looks at ${place(column)} with ${(100 * head.weights[cell]).toFixed(1)} %.`;
}
