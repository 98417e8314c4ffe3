import type { Vocabulary } from './vocabulary';

/** How often each n-gram occurs in names padded with boundaries: N (V, …, V), row-major. */
export interface NgramCounts {
  readonly order: number;
  readonly vocabSize: number;
  readonly counts: Uint32Array;
  readonly total: number;
}

export function countNgrams(names: readonly string[], { stoi, itos }: Vocabulary, order: number): NgramCounts {
  const vocabSize = itos.length;
  const counts = new Uint32Array(vocabSize ** order);
  const rows = vocabSize ** (order - 1);
  let total = 0;
  // In bounds below: a row is less than `rows`. The vocabulary has every character of the names.
  for (const name of names) {
    let row = 0; // the context as a number in base V; boundaries are zeros
    const add = (next: number): void => {
      counts[row * vocabSize + next]!++;
      row = (row * vocabSize + next) % rows;
      total++;
    };
    for (const c of name) add(stoi.get(c)!);
    add(0);
  }
  return { order, vocabSize, counts, total };
}
