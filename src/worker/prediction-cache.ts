import type { Logits } from '../makemore/multinomial';

/** The most bytes of logits to keep: 300,000 contexts with 27 characters, 1,600 with 5,000. */
const mostBytes = 64 * 2 ** 20;

/** Logits by context, as long as there is room: names contain the same contexts again and again. */
export class PredictionCache {
  /** How many rows there is room for. */
  readonly most: number;
  private readonly rows = new Map<string, Logits>();

  constructor(vocabSize: number) {
    this.most = Math.ceil(mostBytes / (vocabSize * Float64Array.BYTES_PER_ELEMENT));
  }

  get(key: string): Logits | undefined {
    return this.rows.get(key);
  }

  /** Keeps a row if there is room. @returns the row */
  add(key: string, row: Logits): Logits {
    if (this.rows.size < this.most) this.rows.set(key, row);
    return row;
  }
}
