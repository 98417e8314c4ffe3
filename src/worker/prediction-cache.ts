/** The most bytes of probabilities to keep: 620,000 contexts with 27 characters, 3,300 with 5,000. */
const mostBytes = 64 * 2 ** 20;

/** Probabilities by context, as long as there is room: names contain the same contexts again and again. */
export class PredictionCache {
  /** How many rows there is room for. */
  readonly most: number;
  private readonly rows = new Map<string, Float32Array>();

  constructor(vocabSize: number) {
    this.most = Math.ceil(mostBytes / (vocabSize * Float32Array.BYTES_PER_ELEMENT));
  }

  get(key: string): Float32Array | undefined {
    return this.rows.get(key);
  }

  /** Keeps a row if there is room. @returns the row */
  add(key: string, row: Float32Array): Float32Array {
    if (this.rows.size < this.most) this.rows.set(key, row);
    return row;
  }
}
