import type { InspectorCommand } from '../src/shared/protocol';
import { idle, type RunState } from '../src/shared/run-state';
import type { Alert } from './alerts/alert';
import { AlertWatch } from './alerts/watch';
import { PageDisplay } from './draw/display';
import { IdleWork } from './idle-work';
import { Layout } from './layout';
import { MountedPanel } from './mounted-panel';
import { nextSteps } from './next-steps';
import { isOffered, watchOf } from './open-panels';
import { panels } from './panels/index';
import type { Panel } from './panels/panel';
import { pictureOfPanel } from './panel-picture';
import { Section } from './section';
import type { ViewState } from './view-state';

/** Panels out of sight are drawn as well, but rarely: for screen readers, and so that nothing jumps when they come into sight. */
const outOfSightMilliseconds = 500;

/** Lays out the panels and draws those that can be seen. */
export class Inspector {
  private readonly mounted: readonly MountedPanel[];
  private readonly drawing = new IdleWork({
    request: (work, options) => requestIdleCallback(work, options),
    cancel: handle => cancelIdleCallback(handle),
  });
  private readonly layout: Layout;
  private readonly display: PageDisplay;
  private readonly seen: IntersectionObserver;
  private readonly barSize: ResizeObserver;
  private later: ReturnType<typeof setTimeout> | undefined;
  private readonly watchForAlerts = new AlertWatch();
  private alerts: readonly Alert[] = [];
  /** The one that was drawn last. */
  private state = idle;
  private watched: { readonly watch: string; readonly info: RunState['info'] } = { watch: '', info: undefined };

  constructor(
    private readonly root: HTMLElement,
    private readonly viewState: ViewState,
    private readonly post: (command: InspectorCommand) => void,
    private readonly redraw: () => void,
    private readonly onDrawn: () => void,
  ) {
    this.display = new PageDisplay(redraw);
    this.mounted = panels.map(panel => this.mount(panel));
    const sections = this.mounted.flatMap(({ section }) => section ?? []);
    const top = this.mounted.filter(({ section }) => !section);
    this.layout = new Layout(sections, viewState, {
      show: panel => this.showHeading(panel),
      fix: ({ hyperparameters }) => post({ type: 'restart', hyperparameters }),
      post,
    });
    root.append(...top.map(({ root }) => root), ...this.layout.roots);
    this.seen = new IntersectionObserver(entries => this.onSeen(entries), { rootMargin: '100px' });
    for (const { section } of this.mounted) if (section) this.seen.observe(section.root);
    this.barSize = new ResizeObserver(() => this.keepClearOfBar());
    for (const { root } of top) this.barSize.observe(root);
  }

  /** Draws the bar at once, and what is below it when the page is idle. */
  render(state: RunState): void {
    this.state = state;
    this.alerts = this.watchForAlerts.update(state);
    const isOver = state.status === 'idle' || (state.status === 'failed' && !state.info);
    const nothingToShow = isOver && state.compared.length === 0;
    this.root.classList.toggle('empty', nothingToShow);
    for (const { panel, root, section } of this.mounted) {
      root.hidden = section !== undefined && (!isOffered(panel, state) || (isOver && panel.needsNoRun !== true));
      section?.fold(this.viewState.isFolded(panel));
    }
    for (const mounted of this.mounted) if (!mounted.section) mounted.draw(state, true);
    this.drawSections(state);
    this.layout.render();
    this.watch(state);
  }

  /** Shows a panel, or the part of one that has this name, and moves the focus there if that is asked for. */
  reveal({ panel: part, focus }: { panel: string; focus: boolean }, state: RunState): void {
    const found = this.mounted.find(({ panel }) => panel.id === part || panel.parts?.includes(part));
    if (!found) return;
    this.unfold(found, state);
    if (focus && !found.focus(part)) found.section?.toggle.focus();
  }

  /** Posts the picture of a panel, where it has one. */
  async takePicture(panelId: string): Promise<void> {
    this.drawing.finish();
    const section = this.mounted.find(({ panel }) => panel.id === panelId)?.section;
    const png = section && (await pictureOfPanel(section.root, this.display));
    if (png) this.post({ type: 'picture', panel: panelId, png });
  }

  dispose(): void {
    this.display.dispose();
    this.seen.disconnect();
    this.barSize.disconnect();
    clearTimeout(this.later);
    this.drawing.dispose();
    for (const mounted of this.mounted) mounted.dispose();
  }

  private mount(panel: Panel): MountedPanel {
    const section: Section | undefined =
      panel.place === 'top'
        ? undefined
        : new Section(panel, {
            toggle: () => this.viewState.fold([panel], !this.viewState.isFolded(panel)),
            move: direction => section && this.layout.move(section, direction),
          });
    const { display, post, redraw } = this;
    return new MountedPanel(panel, section, {
      post,
      redraw,
      alerts: () => this.alerts.filter(({ place }) => place === panel.id),
      show: part => this.reveal({ panel: part, focus: true }, this.state),
      settings: this.viewState.settingsOf(panel.id),
      shared: this.viewState.settingsOf('shared'),
      get theme() {
        return display.theme;
      },
      get pixelRatio() {
        return display.pixelRatio;
      },
    });
  }

  private showHeading(panel: string): void {
    const found = this.mounted.find(({ root }) => root.id === panel);
    if (!found) return;
    this.unfold(found, this.state);
    found.section?.toggle.focus({ preventScroll: true });
  }

  private unfold(mounted: MountedPanel, state: RunState): void {
    if (mounted.section) this.viewState.fold([mounted.panel], false);
    mounted.isVisible = true;
    this.render(state);
    this.drawing.finish(); // what takes the focus may not have been there before
    this.keepClearOfBar(); // the bar may have come with this frame
    mounted.root.scrollIntoView({ block: 'start' });
  }

  /** Those first that were drawn the longest ago: on a slow page others would never have their turn. */
  private drawSections(state: RunState): void {
    const now = performance.now();
    const sections = this.mounted.filter(({ section }) => section);
    const due = sections.filter(
      mounted => mounted.isVisible || now - mounted.drawnAt > outOfSightMilliseconds || this.isClosed(mounted, state),
    );
    if (due.length < sections.length) this.drawLater();
    const inTurn = due.sort((a, b) => a.drawnAt - b.drawnAt);
    this.root.dataset.drawing = ''; // scripts wait until it is gone
    const pieces = inTurn.map(mounted => () => mounted.draw(state, !this.isClosed(mounted, state)));
    const finish = (): void => {
      this.layout.tell(this.alertsOf(state), nextSteps(state));
      delete this.root.dataset.drawing;
    };
    this.drawing.begin([...pieces, finish], this.onDrawn);
  }

  /** What is wrong in the panels that are open, warnings first. A run that is only looked at cannot be restarted. */
  private alertsOf(state: RunState): readonly Alert[] {
    const open = this.mounted.filter(mounted => !this.isClosed(mounted, state)).map(({ panel }) => panel.id);
    const alerts = this.alerts.filter(({ place }) => open.includes(place));
    return state.lookedAt ? alerts.map(alert => ({ ...alert, fix: undefined })) : alerts;
  }

  private drawLater(): void {
    this.root.dataset.due = ''; // scripts that compare pictures wait until it is gone
    this.later ??= setTimeout(() => {
      this.later = undefined;
      delete this.root.dataset.due;
      this.redraw();
    }, outOfSightMilliseconds);
  }

  /** Folded, or of no use in this run. */
  private isClosed({ panel, section }: MountedPanel, state: RunState): boolean {
    return section !== undefined && (this.viewState.isFolded(panel) || !isOffered(panel, state));
  }

  private onSeen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const mounted = this.mounted.find(({ root }) => root === target);
      if (mounted) mounted.isVisible = isIntersecting;
    }
    this.redraw();
  }

  /** Posts what the unfolded panels want to draw, when that has changed, and to every new run. */
  private watch(state: RunState): void {
    const open = this.mounted.filter(mounted => !this.isClosed(mounted, state));
    const watch = watchOf(
      open.map(({ panel }) => panel),
      state,
      name => this.viewState.settingsOf(name),
    );
    const before = this.watched;
    this.watched = { watch: JSON.stringify(watch), info: state.info };
    if (state.info !== before.info || this.watched.watch !== before.watch) this.post({ type: 'watch', watch });
  }

  /** What is scrolled to, by reveal or by the Tab key, must not end up under the bar that stays at the top. */
  private keepClearOfBar(): void {
    const height = this.root.querySelector('.run-bar')?.clientHeight ?? 0;
    document.documentElement.style.scrollPaddingTop = `${height + 8}px`;
  }
}
