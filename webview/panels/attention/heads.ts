import { at } from '../../../src/shared/at';
import type { Walk } from '../../../src/shared/inspection';

/** One head of one layer: which characters of a name look at which. */
export interface AttentionHead {
  readonly layer: number;
  readonly head: number;
  /** (n, n), row-major: how much the character of a row looks at that of a column; each row sums to 1. */
  readonly weights: Float32Array;
}

/** Every head, cut to the boundary and the characters of the name: what comes after them is padding. */
export function attentionHeads({ passes, text }: Walk): AttentionHead[] {
  const n = [...text].length + 1;
  return passes
    .filter(({ kind }) => kind === 'attention')
    .flatMap(({ shape: [heads = 0, T = 0], values }, layer) =>
      Array.from({ length: heads }, (_, head) => {
        const weights = new Float32Array(n * n);
        for (let row = 0; row < n; row++) {
          const from = (head * T + row) * T;
          weights.set(values.subarray(from, from + n), row * n);
        }
        return { layer, head, weights };
      }),
    );
}

export type AttentionHabit = 'itself' | 'the one before' | 'the beginning';

/** A habit takes more than this share of all looks. */
const habitual = 0.5;

/** "Layer 0, head 1: looks mostly at itself in this name" */
export function headTitle(head: AttentionHead, n: number): string {
  const habit = habitOf(head, n);
  return `Layer ${head.layer}, head ${head.head}${habit ? `: looks mostly at ${habit} in this name` : ''}`;
}

/** What a head mostly looks at, over the characters that have a choice. */
export function habitOf({ weights }: AttentionHead, n: number): AttentionHabit | undefined {
  const rows = Array.from({ length: Math.max(0, n - 2) }, (_, i) => i + 2); // the first two have next to no choice
  const share = (column: (row: number) => number): number =>
    rows.reduce((sum, row) => sum + at(weights, row * n + column(row)), 0) / Math.max(1, rows.length);
  const columns: readonly (readonly [AttentionHabit, (row: number) => number])[] = [
    ['itself', row => row],
    ['the one before', row => row - 1],
    ['the beginning', () => 0],
  ];
  return columns.find(([, column]) => share(column) > habitual)?.[0];
}

/** Where the character of a row looks, in a sentence. */
export function lookSentence(head: AttentionHead, tokens: readonly string[], cell: number): string {
  const n = tokens.length;
  const [row, column] = [Math.floor(cell / n), cell % n];
  const place = (i: number): string => (i === 0 ? `the beginning “${tokens[0]}”` : `“${tokens[i]}” (${i})`);
  if (column > row) return `${place(row)} cannot look at ${place(column)}, which comes later.`;
  return `${place(row)} looks at ${place(column)} with ${(100 * at(head.weights, cell)).toFixed(1)}%.`;
}
