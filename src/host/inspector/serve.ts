import * as vscode from 'vscode';
import type { InspectorActions } from './actions';
import type { InspectorPanel } from './inspector';
import { defaultArrangement, parseArrangement } from '../../shared/arrangement';
import { watchNothing } from '../../shared/inspection';
import type { InspectorCommand, RunEvent } from '../../shared/protocol';
import { PlaceMarks } from '../editor/place-marks';
import type { Memory } from '../memory';
import type { Session } from '../session/session';
import type { RunState } from '../../shared/run-state';

const arrangementKey = 'arrangement';

/** What a run that is only looked at leaves to do; everything else would be done to the current run, unseen. */
const whileLooking: readonly InspectorCommand['type'][] = [
  ...(['ready', 'arrange', 'focus', 'drawn', 'watch', 'picture'] as const),
  ...(['endLook', 'openLookedAt', 'endComparison'] as const),
];

/** What may change what the tab says. */
const retitling: readonly RunEvent['type'][] = ['hydrate', 'starting', 'moved', 'called'];

interface Services {
  readonly session: Session;
  readonly memory: Memory;
  readonly actions: InspectorActions;
}

/** Keeps the page up to date with the session, and carries out what a person does in it. */
export function serveInspector(inspector: InspectorPanel, { session, memory, actions }: Services): vscode.Disposable {
  const marks = new PlaceMarks(session);
  const shown = (): RunState => inspector.looked ?? session.state;
  let isFocused = false;
  /** The keyboard shortcuts control the current run: not while another one shows. */
  const setFocus = (focused = isFocused): void => {
    isFocused = focused;
    void vscode.commands.executeCommand('setContext', 'makemore.inspectorFocus', focused && !inspector.looked);
  };
  const update = (): void => {
    setFocus();
    inspector.setTitle(titleOf(shown()));
    hydrate(inspector, shown());
  };
  const receive = (command: InspectorCommand): void => {
    if (inspector.looked && !whileLooking.includes(command.type)) return;
    switch (command.type) {
      case 'ready':
        inspector.post({
          type: 'arrange',
          arrangement: parseArrangement(memory.get(arrangementKey)) ?? defaultArrangement,
        });
        update();
        break;
      case 'arrange':
        void memory.update(arrangementKey, command.arrangement);
        break;
      case 'focus':
        setFocus(command.focused);
        break;
      case 'train':
      case 'openNames':
      case 'trainAgain':
      case 'resumeRun':
      case 'keepAsOwn':
      case 'goOn':
      case 'compareRuns':
      case 'openSource':
      case 'findLearningRate':
      case 'overfit':
      case 'copySamples':
      case 'openSamples':
        actions[command.type]();
        break;
      case 'tryPreset':
        actions.tryPreset(command.preset);
        break;
      case 'restart':
        actions.restart(command.hyperparameters);
        break;
      case 'picture':
        actions.savePicture(command, shown());
        break;
      case 'markPlaces':
        void marks.mark(command.characters);
        break;
      case 'unmarkPlaces':
        marks.clear();
        break;
      case 'goToLine':
        void marks.goTo(command.line);
        break;
      case 'endComparison':
        session.compare([]);
        break;
      case 'endLook':
        inspector.show();
        break;
      case 'openLookedAt':
        actions.openRun(inspector.looked?.id);
        break;
      default:
        session.send(command);
    }
  };
  return vscode.Disposable.from(
    marks,
    inspector.onCommand(receive),
    inspector.onDidHide(() => {
      session.send({ type: 'watch', watch: watchNothing });
      setFocus(false);
    }),
    inspector.onDidClose(() => marks.clear()),
    inspector.onDidLook(update),
    session.onEvent(event => {
      if (inspector.looked) return;
      if (retitling.includes(event.type)) inspector.setTitle(titleOf(session.state));
      if (event.type === 'hydrate') hydrate(inspector, session.state);
      else inspector.post(event);
    }),
  );
}

/** What the tab says. */
function titleOf({ preset, source, called = source?.name }: RunState): string {
  return preset && called !== undefined ? `${preset.title} · ${called}` : 'Makemore';
}

/** Sends the whole state. */
function hydrate(inspector: InspectorPanel, { losses, ...state }: RunState): void {
  // Only the used part of the loss storage: a view would be posted along with the whole buffer behind it.
  const used = { values: losses.values.slice(0, losses.length), length: losses.length };
  inspector.post({ type: 'hydrate', state: { ...state, losses: used } });
}
