import type { Setting } from '../../../src/shared/arrangement';

/** What a person has set in a panel. It outlives the page. */
export interface Settings {
  /** The value that was set last; the fallback where there is none, or one of another type. */
  get<T extends Setting>(key: string, fallback: T): T;
  /** Asks for another frame, so that the change is drawn. */
  set(key: string, value: Setting): void;
}
