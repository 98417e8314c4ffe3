import { defaultArrangement, type Arrangement, type Columns, type Setting } from '../src/shared/arrangement';
import type { Settings } from './panels/settings';

interface Foldable {
  readonly id: string;
  readonly startsFolded?: boolean;
}

/** What a person has arranged in this page. The extension host keeps it, and tells it before anything is drawn. */
export class ViewState {
  private arrangement = defaultArrangement;

  constructor(
    private readonly keep: (arrangement: Arrangement) => void,
    private readonly onChange: () => void,
  ) {}

  restore(arrangement: Arrangement): void {
    this.arrangement = arrangement;
  }

  isFolded({ id, startsFolded = false }: Foldable): boolean {
    return this.arrangement.folded[id] ?? startsFolded;
  }

  fold(panels: readonly Foldable[], folded: boolean): void {
    const changes = Object.fromEntries(panels.map(({ id }) => [id, folded]));
    this.change({ folded: { ...this.arrangement.folded, ...changes } });
  }

  get columns(): Columns {
    return this.arrangement.columns;
  }

  arrange(columns: Columns): void {
    this.change({ columns });
  }

  settingsOf(panel: string): Settings {
    return {
      get: <T extends Setting>(key: string, fallback: T): T => {
        const value = this.arrangement.settings[`${panel}.${key}`];
        return typeof value === typeof fallback ? (value as T) : fallback;
      },
      set: (key, value) => {
        this.change({ settings: { ...this.arrangement.settings, [`${panel}.${key}`]: value } });
      },
    };
  }

  private change(changes: Partial<Arrangement>): void {
    this.arrangement = { ...this.arrangement, ...changes };
    this.keep(this.arrangement);
    this.onChange();
  }
}
