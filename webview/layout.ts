import type { Column } from '../src/shared/arrangement';
import type { InspectorCommand } from '../src/shared/protocol';
import { Changes } from './draw/changes';
import { element, setText } from './draw/element';
import type { Direction } from './draw/keys';
import { put } from './draw/put';
import { FrontAlerts } from './front-alerts';
import type { NextStep } from './next-steps';
import { NextStepsLine } from './next-steps-line';
import { moved, sequenceOf } from './order';
import { Overview } from './overview';
import type { Alert } from './alerts/alert';
import type { Fix } from './alerts/fixes';
import type { Place } from './panels/parts/place';
import type { Section } from './section';
import type { ViewState } from './view-state';

interface LayoutActions {
  /** Unfolds a panel and goes there. */
  readonly show: (panel: string) => void;
  /** Restarts with other hyperparameters. */
  readonly fix: (fix: Fix) => void;
  readonly post: (command: InspectorCommand) => void;
}

/**
 * Where the sections are: first what everybody looks at, then all that can be arranged, one below the other or in two
 * columns where there is room, with a list of them above, and at the end what is seldom needed.
 */
export class Layout {
  readonly roots: readonly HTMLElement[];
  private readonly overview: Overview;
  /** Those that can be moved, by their panels. */
  private readonly sections: ReadonlyMap<string, Section>;
  private readonly last: readonly Section[];
  private readonly front = element('div', { class: 'front' });
  private readonly alerts: FrontAlerts;
  private readonly next: NextStepsLine;
  private readonly end = element('div', { class: 'end' });
  private readonly columns = {
    first: element('div', { class: 'column' }),
    second: element('div', { class: 'column' }),
  };
  private readonly table = element('div', { class: 'columns' }, this.columns.first, this.columns.second);
  private readonly announcement = element('p', { class: 'for-screen-readers', 'aria-live': 'polite' });
  private readonly room = window.matchMedia('(min-width: 1000px)');
  private readonly changedPlaces = new Changes();

  constructor(
    sections: readonly Section[],
    private readonly viewState: ViewState,
    { show, fix, post }: LayoutActions,
  ) {
    const at = (...places: readonly Place[]): Section[] => sections.filter(({ panel }) => places.includes(panel.place));
    this.sections = new Map(at('first', 'second').map(section => [section.panel.id, section]));
    this.last = at('last');
    this.front.append(...at('front').map(({ root }) => root));
    this.alerts = new FrontAlerts(fix);
    this.next = new NextStepsLine(post);
    this.front.append(this.alerts.root, this.next.root);
    this.end.append(...this.last.map(({ root }) => root));
    this.overview = new Overview(viewState, show);
    this.roots = [this.front, this.overview.root, this.table, this.end, this.announcement];
    this.room.addEventListener('change', () => this.place());
    this.place();
  }

  /** Called once a frame, when it is known which sections this run has a use for. */
  render(): void {
    this.place();
    const shown = [...this.shown(), ...this.last.filter(({ root }) => !root.hidden)];
    this.overview.render(shown.map(({ panel }) => panel));
  }

  /**
   * What is wrong comes first. Where there are next steps, hints make room for them: the run is over.
   *
   * @param alerts the most important ones first
   */
  tell(alerts: readonly Alert[], steps: readonly NextStep[]): void {
    this.alerts.show(steps.length > 0 ? alerts.filter(({ kind }) => kind === 'warning') : alerts);
    this.next.show(steps);
    this.overview.mark(alerts);
  }

  /** Moves a section together with the focus, and announces where it is then. */
  move(section: Section, direction: Direction): void {
    const { toggle } = section;
    const { top } = toggle.getBoundingClientRect();
    if (direction === 'up' || direction === 'down') this.moveAlong(section, direction);
    else this.moveAcross(section, direction === 'left' ? 'first' : 'second');
    this.place();
    window.scrollBy(0, toggle.getBoundingClientRect().top - top); // so that the heading stays under the pointer
    toggle.focus({ preventScroll: true });
    this.announce(section);
  }

  private moveAlong({ panel, root }: Section, direction: 'up' | 'down'): void {
    const isInWay = (id: string): boolean => {
      const other = this.sections.get(id)?.root;
      return other !== undefined && !other.hidden && other.parentElement === root.parentElement;
    };
    const sequence = moved(
      this.sequence().map(section => section.panel.id),
      panel.id,
      direction,
      isInWay,
    );
    if (sequence) this.viewState.reorder(sequence);
  }

  private moveAcross({ panel }: Section, column: Column): void {
    if (this.room.matches && this.viewState.columnOf(panel) !== column) this.viewState.moveTo(panel.id, column);
  }

  private announce(section: Section): void {
    const column = section.root.parentElement;
    const beside = this.shown().filter(({ root }) => root.parentElement === column);
    const where = this.room.matches ? `, ${column === this.columns.first ? 'left' : 'right'} column` : '';
    setText(this.announcement, `${section.panel.title}: ${beside.indexOf(section) + 1} of ${beside.length}${where}`);
  }

  private place(): void {
    const { order, columns } = this.viewState;
    const { matches: sideBySide } = this.room;
    if (!this.changedPlaces.of(order, columns, sideBySide)) return;
    this.table.classList.toggle('side-by-side', sideBySide);
    const filled = { first: 0, second: 0 };
    for (const { root, panel } of this.sequence()) {
      const column: Column = sideBySide && this.viewState.columnOf(panel) === 'second' ? 'second' : 'first';
      put(root, this.columns[column], filled[column]++);
    }
  }

  /** All that can be moved, from top to bottom. */
  private sequence(): readonly Section[] {
    return sequenceOf([...this.sections.keys()], this.viewState.order).flatMap(id => this.sections.get(id) ?? []);
  }

  private shown(): readonly Section[] {
    return this.sequence().filter(({ root }) => !root.hidden);
  }
}
