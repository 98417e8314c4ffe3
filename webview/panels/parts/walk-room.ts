import type { Walk } from '../../../src/shared/inspection';
import type { RunInfo } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';
import { element, setText } from '../../draw/element';
import type { PanelContext } from '../panel';
import { ProbeField } from './probe-field';
import { waitingSentence } from './waiting-sentence';

export interface ShownWalk {
  readonly walk: Walk;
  readonly info: RunInfo;
}

/** What panels that follow a name through the model have in common: the field that asks for the name, and a note until its walk is there. */
export class WalkRoom {
  private readonly probe: ProbeField;
  private readonly waiting = element('p', { class: 'quiet' });

  /**
   * @param panel its id
   * @param content hidden while there is no walk to show
   */
  constructor(
    root: HTMLElement,
    panel: string,
    context: PanelContext,
    private readonly content: HTMLElement,
  ) {
    this.probe = new ProbeField(panel, context);
    root.append(this.probe.root, this.waiting, content);
  }

  /** @returns the walk to show, where there is one */
  render(state: RunState): ShownWalk | undefined {
    const { info } = state;
    const walk = state.inspection?.walk;
    this.probe.render(state);
    const shown = walk && walk.problem === undefined && info ? { walk, info } : undefined;
    this.content.hidden = !shown;
    this.waiting.hidden = walk !== undefined;
    setText(this.waiting, waitingSentence(state));
    return shown;
  }

  focus(): boolean {
    return this.probe.focus();
  }
}
