/** Remembers what was drawn last, so that a frame draws only what is different. */
export class Changes {
  private last: readonly unknown[] = [];

  /** Whether any of the values is another one than at the last call. */
  of(...values: readonly unknown[]): boolean {
    const changed = values.length !== this.last.length || values.some((value, i) => !Object.is(value, this.last[i]));
    this.last = values;
    return changed;
  }
}
