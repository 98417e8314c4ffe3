import type { Setting } from '../../../src/shared/arrangement';

/** What a person set in a panel. It outlives the page. */
export interface Settings {
  /** What was set last, or the fallback where that is missing or of another type. */
  get<T extends Setting>(key: string, fallback: T): T;
  /** Asks for another frame, so that the change is drawn. */
  set(key: string, value: Setting): void;
}
