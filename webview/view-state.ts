import type { Setting, Settings } from './panels/panel';

interface StateKeeper {
  getState(): unknown;
  setState(state: Saved): unknown;
}

interface Saved {
  readonly collapsed: readonly string[];
  /** By panel and key. */
  readonly settings: Readonly<Record<string, Setting>>;
}

/** What a person arranged in this page: VS Code keeps it while the page is hidden, moved or reloaded. */
export class ViewState {
  private saved: Saved;

  constructor(
    private readonly keeper: StateKeeper,
    private readonly onChange: () => void,
  ) {
    this.saved = restore(keeper.getState());
  }

  isCollapsed(panel: string): boolean {
    return this.saved.collapsed.includes(panel);
  }

  collapse(panel: string, collapsed: boolean): void {
    const others = this.saved.collapsed.filter(id => id !== panel);
    this.save({ ...this.saved, collapsed: collapsed ? [...others, panel] : others });
  }

  settingsOf(panel: string): Settings {
    return {
      get: <T extends Setting>(key: string, fallback: T): T => {
        const value = this.saved.settings[`${panel}.${key}`];
        return typeof value === typeof fallback ? (value as T) : fallback;
      },
      set: (key, value) => {
        this.save({ ...this.saved, settings: { ...this.saved.settings, [`${panel}.${key}`]: value } });
      },
    };
  }

  private save(saved: Saved): void {
    this.saved = saved;
    this.keeper.setState(saved);
    this.onChange();
  }
}

/** An older version may have written it: what has another form is left out. */
function restore(state: unknown): Saved {
  const { collapsed, settings } = (state ?? {}) as { collapsed?: unknown; settings?: unknown };
  const isSetting = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
  return {
    collapsed: Array.isArray(collapsed) ? collapsed.filter(id => typeof id === 'string') : [],
    settings: Object.fromEntries(Object.entries(settings ?? {}).filter(([, value]) => isSetting(value))),
  };
}
