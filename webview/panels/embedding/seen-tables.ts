import { at } from '../../../src/shared/at';
import type { WatchedTensor } from '../../../src/shared/run';

/** A table as it was after so many steps. */
interface SeenTable {
  readonly step: number;
  readonly table: WatchedTensor;
}

/** Nobody tells more of them apart. */
const most = 60;

/** The tables of a run as they were seen, from the start on; as they become many, every other one is forgotten. */
export class SeenTables {
  private seen: readonly SeenTable[] = [];

  get length(): number {
    return this.seen.length;
  }

  /** @param index from 0 to `length` - 1 */
  at(index: number): SeenTable {
    return at(this.seen, index);
  }

  /** Where the last one is that was seen at a step or before it; 0 where none was. */
  indexAt(step: number): number {
    return Math.max(
      0,
      this.seen.findLastIndex(seen => seen.step <= step),
    );
  }

  /** What was seen at this step or later, as before a run was resumed, is seen anew. */
  add(step: number, table: WatchedTensor): void {
    const seen = [...this.seen.filter(earlier => earlier.step < step), { step, table }];
    this.seen = seen.length <= most ? seen : seen.filter((_, i) => i % 2 === 0 || i === seen.length - 1);
  }

  reset(): void {
    this.seen = [];
  }
}
