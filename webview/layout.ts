import { Changes } from './draw/changes';
import { element, setText } from './draw/element';
import { put } from './draw/put';
import { columnOf, moved, placesOf, type Direction } from './order';
import { Overview } from './overview';
import type { Section } from './section';
import type { ViewState } from './view-state';

/** Where the sections stand: in two columns, with a list of all above them. */
export class Layout {
  readonly roots: readonly HTMLElement[];
  private readonly overview: Overview;
  private readonly columns = {
    first: element('div', { class: 'column' }),
    second: element('div', { class: 'column' }),
  };
  private readonly announcement = element('p', { class: 'for-screen-readers', 'aria-live': 'polite' });
  private readonly changedPlaces = new Changes();
  private places = placesOf([], { first: [], second: [] });

  constructor(
    private readonly sections: ReadonlyMap<string, Section>,
    private readonly viewState: ViewState,
    onShow: (panel: string) => void,
  ) {
    this.overview = new Overview(viewState, onShow);
    const { first, second } = this.columns;
    this.roots = [this.overview.root, element('div', { class: 'columns' }, first, second), this.announcement];
    this.place();
  }

  /** Called once a frame, when it is known which sections are of use in this run. */
  render(): void {
    this.place();
    this.overview.render(this.shown().map(({ panel }) => panel));
  }

  /** Moves a section with the focus, and tells where it is then. */
  move(section: Section, direction: Direction): void {
    const { panel, toggle } = section;
    const { first, second } = this.columns;
    const sideBySide = second.offsetLeft > first.offsetLeft;
    const isShown = (id: string): boolean => !this.sections.get(id)!.root.hidden; // every place is a section's
    const columns = moved(this.places, panel.id, direction, { isShown, sideBySide });
    if (columns) {
      const { top } = toggle.getBoundingClientRect();
      this.viewState.arrange(columns);
      this.place();
      window.scrollBy(0, toggle.getBoundingClientRect().top - top); // the heading stays under the pointer
    }
    toggle.focus({ preventScroll: true });
    const column = columnOf(this.places, panel.id);
    const among = this.shown().filter(({ root }) => !sideBySide || root.parentElement === this.columns[column]);
    const where = sideBySide ? `, ${column === 'first' ? 'left' : 'right'} column` : '';
    setText(this.announcement, `${panel.title}: ${among.indexOf(section) + 1} of ${among.length}${where}`);
  }

  private place(): void {
    if (!this.changedPlaces.of(this.viewState.columns)) return;
    const all = [...this.sections.values()].map(({ panel }) => panel);
    this.places = placesOf(all, this.viewState.columns);
    for (const column of ['first', 'second'] as const)
      this.places[column].forEach((id, i) => put(this.sections.get(id)!.root, this.columns[column], i));
  }

  /** From top to bottom. */
  private shown(): readonly Section[] {
    const { first, second } = this.places;
    return [...first, ...second].map(id => this.sections.get(id)!).filter(({ root }) => !root.hidden);
  }
}
