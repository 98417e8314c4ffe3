/** Texts in rows; the first of each row is its heading. */
export interface TableContent {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly string[]>;
}
