import type { Watch } from '../../src/shared/inspection';
import type { InspectorCommand } from '../../src/shared/protocol';
import type { RunState } from '../../src/shared/run-state';
import type { Theme } from '../draw/theme';
import type { Settings } from './parts/settings';

/** A part of the inspector: one file and one line in the registry. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  /** At the top without a heading of its own, or in one of the columns that a wide inspector has. */
  readonly place: 'top' | 'first' | 'second';
  /** Whether only its heading shows until a person unfolds it. */
  readonly startsFolded?: boolean;
  /** Other names under which a part of it can be revealed. */
  readonly parts?: readonly string[];
  /** Whether there is any use for it in this run; always, unless told. */
  isOffered?(state: RunState): boolean;
  /** Whether it has something to show before there is any run, too. */
  readonly needsNoRun?: true;
  /** The one number or two that its heading shows at the right. */
  fact(state: RunState): string;
  /** What to look for and at which threshold, in one sentence, as a teacher would say it. */
  lookFor(state: RunState): string;
  /** What it draws beyond what every run tells: nothing, unless told. The settings are those of its context. */
  watches?(state: RunState, settings: Settings, shared: Settings): Partial<Watch>;
  mount(root: HTMLElement, context: PanelContext): PanelView;
}

export interface PanelView {
  /** Draws what changed. Called once a frame at most, and only while the panel can be seen. */
  render(state: RunState): void;
  /** Moves the focus to where work begins; false where it can go nowhere in here. */
  focus(part: string): boolean;
  dispose(): void;
}

export interface PanelContext {
  readonly post: (command: InspectorCommand) => void;
  readonly settings: Settings;
  /** What several panels have in common, as the name that goes through the model. */
  readonly shared: Settings;
  /** The theme of this frame. */
  readonly theme: Theme;
  /** Asks for another frame. */
  readonly redraw: () => void;
}
