import type { Watch } from '../../src/shared/inspection';
import type { InspectorCommand } from '../../src/shared/protocol';
import type { RunState } from '../../src/shared/run-state';
import type { Display } from '../draw/display';
import type { Alert } from '../alerts/alert';
import type { LookFor } from './parts/look-for';
import type { Place } from './parts/place';
import type { Settings } from './parts/settings';

/** A part of the inspector: one folder, and one line in the registry. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  readonly place: Place;
  /** Whether only its heading shows until a person unfolds it. */
  readonly startsFolded?: boolean;
  /** Other names under which a part of it can be revealed. */
  readonly parts?: readonly string[];
  /** Whether a run has any use for it; by default every run has. */
  isOffered?(state: RunState): boolean;
  /** Whether it has something to show of a run whose model is gone; by default it has. */
  hasLeft?(state: RunState): boolean;
  /** Whether it has something to show before there is any run, too. */
  readonly needsNoRun?: true;
  /** The one or two numbers at the right of its heading. */
  fact(state: RunState): string;
  /** What to look for, as a teacher would say it; nothing where that goes without saying. */
  lookFor?(state: RunState): LookFor;
  /** What it draws beyond what every run sends; by default nothing. The settings are those of its context. */
  watches?(state: RunState, settings: Settings, shared: Settings): Partial<Watch>;
  mount(root: HTMLElement, context: PanelContext): PanelView;
}

export interface PanelView {
  /** Shows a state. Called at most once a frame, and only while the panel can be seen: figures draw what has changed. */
  render(state: RunState): void;
  /** Moves the focus to where work begins; false where nothing in here takes it. */
  focus(part: string): boolean;
  dispose(): void;
}

/** A panel passes it on as the display of its figures. */
export interface PanelContext extends Display {
  readonly post: (command: InspectorCommand) => void;
  /** What is wrong in the pictures of this panel. */
  readonly alerts: () => readonly Alert[];
  /** Unfolds the panel that is called so or has this part, scrolls to it, and moves the focus there. */
  readonly show: (part: string) => void;
  readonly settings: Settings;
  /** What several panels have in common, such as the name that goes through the model. */
  readonly shared: Settings;
}
