/** Remembers the values of the last call, so that a frame works only on what has changed. */
export class Changes {
  private last: readonly unknown[] = [];

  /** Whether any value differs from the last call. Objects are compared by identity. */
  of(...values: readonly unknown[]): boolean {
    const changed = values.length !== this.last.length || values.some((value, i) => !Object.is(value, this.last[i]));
    this.last = values;
    return changed;
  }
}
