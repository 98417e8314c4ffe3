import { defaultArrangement, type Arrangement, type Column, type Setting } from '../src/shared/arrangement';
import type { Place } from './panels/parts/place';
import type { Settings } from './panels/parts/settings';

interface Arranged {
  readonly id: string;
  readonly place: Place;
  readonly startsFolded?: boolean;
}

/** No panel is called so. */
const pageKey = 'page';

/** How a person has arranged this page. The extension host keeps it, and sends it before anything is drawn. */
export class ViewState {
  private arrangement = defaultArrangement;

  constructor(
    private readonly keep: (arrangement: Arrangement) => void,
    private readonly onChange: () => void,
  ) {}

  restore(arrangement: Arrangement): void {
    this.arrangement = arrangement;
  }

  isFolded({ id, startsFolded = false }: Pick<Arranged, 'id' | 'startsFolded'>): boolean {
    return this.arrangement.folded[id] ?? startsFolded;
  }

  fold(panels: readonly Pick<Arranged, 'id'>[], folded: boolean): void {
    const changes = Object.fromEntries(panels.map(({ id }) => [id, folded]));
    this.change({ folded: { ...this.arrangement.folded, ...changes } });
  }

  /** Arranged panels, from top to bottom. */
  get order(): readonly string[] {
    return this.arrangement.order;
  }

  get columns(): Arrangement['columns'] {
    return this.arrangement.columns;
  }

  columnOf({ id, place }: Pick<Arranged, 'id' | 'place'>): Arranged['place'] {
    return this.arrangement.columns[id] ?? place;
  }

  reorder(order: readonly string[]): void {
    this.change({ order });
  }

  moveTo(panel: string, column: Column): void {
    this.change({ columns: { ...this.arrangement.columns, [panel]: column } });
  }

  restoreOrder(): void {
    const { order, columns } = defaultArrangement;
    this.change({ order, columns });
  }

  settingsOf(panel: string): Settings {
    return {
      get: <T extends Setting>(key: string, fallback: T): T => {
        const value = this.arrangement.settings[`${panel}.${key}`];
        return isLike(value, fallback) ? value : fallback;
      },
      set: (key, value) => {
        this.change({ settings: { ...this.arrangement.settings, [`${panel}.${key}`]: value } });
      },
    };
  }

  /** What the page before has kept of itself; undefined if there was none. */
  get page(): string | undefined {
    const { [pageKey]: page } = this.arrangement.settings;
    return typeof page === 'string' ? page : undefined;
  }

  /** Nothing on this page looks otherwise for it. */
  keepPage(page: string): void {
    this.arrangement = { ...this.arrangement, settings: { ...this.arrangement.settings, [pageKey]: page } };
    this.keep(this.arrangement);
  }

  private change(changes: Partial<Arrangement>): void {
    this.arrangement = { ...this.arrangement, ...changes };
    this.keep(this.arrangement);
    this.onChange();
  }
}

function isLike<T extends Setting>(value: Setting | undefined, other: T): value is T {
  return typeof value === typeof other;
}
