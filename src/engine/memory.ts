/** Addresses and their allocation. */
export const alignment = 16;
/** Kernels read whole vectors, so up to this many bytes past an array may be read; they are never written. */
export const slack = 16;

/** Allocates addresses, first fit. */
export class Arena {
  /** The end of everything that was ever allocated. */
  end: number;
  /** Free ranges, ascending; the last one has no end. */
  private free: { begin: number; end: number }[];

  constructor(
    begin: number,
    /** Bytes that stay unused before and after each array. */
    private readonly guard = 0,
  ) {
    this.free = [{ begin, end: Infinity }];
    this.end = begin;
  }

  /** @returns the address of that many bytes, aligned to a vector */
  allocate(bytes: number): number {
    const needed = this.rounded(bytes);
    const range = this.free.find(({ begin, end }) => end - begin >= needed);
    if (!range) throw new RangeError(`There is no room for ${bytes} bytes.`);
    const address = range.begin + this.guard;
    range.begin += needed;
    this.end = Math.max(this.end, range.begin);
    if (range.begin === range.end) this.free = this.free.filter(r => r !== range);
    return address;
  }

  release(address: number, bytes: number): void {
    const begin = address - this.guard;
    const ranges = [...this.free, { begin, end: begin + this.rounded(bytes) }].sort((a, b) => a.begin - b.begin);
    this.free = [];
    for (const range of ranges) {
      const last = this.free.at(-1);
      if (last?.end === range.begin) last.end = range.end;
      else this.free.push(range);
    }
  }

  private rounded(bytes: number): number {
    return Math.ceil((bytes + slack) / alignment) * alignment + 2 * this.guard;
  }
}
