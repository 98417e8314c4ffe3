/** What the inspector can ask for: one row per command, with a parser for each field of its payload. */
import { parseArrangement } from './arrangement';
import { isCharacter, isNgram } from './characters';
import { accept, isBoolean, isNatural } from './fields';
import { parseHyperparameter, parseHyperparameters } from './hyperparameters';
import { parseWatch } from './inspection';
import { parseMessage, type Messages, type MessageTable, type PayloadsOf } from './messages';
import { isPanelId, isPng } from './picture';
import { parsePresetId } from './presets';
import { parseSampleRequest } from './sampling';

const nothing = {};

/** The extension host passes these on to the worker. */
const controlCommands = {
  pause: nothing,
  resume: nothing,
  /** One training step, then pause. */
  step: nothing,
  stop: nothing,
  /** Writes the checkpoint that could not be written. */
  keep: nothing,
  sample: { request: parseSampleRequest },
  /** A counting model then counts as if it had seen every n-gram this many more times. */
  smooth: { smoothing: parseHyperparameter('smoothing') },
  /** What to send a few times a second; nothing while nobody is looking. */
  watch: { watch: parseWatch },
  /** The page has drawn so many more of the messages that it got. */
  drawn: { messages: accept(isNatural) },
  /** Searches the whole train split for neurons that never leave saturation. */
  findDeadNeurons: nothing,
  /** Evaluates the test names, which nobody should choose by. */
  evaluateTest: nothing,
  /** Counts all trigrams that begin with this character. */
  countTrigrams: { first: accept(isCharacter) },
} satisfies MessageTable;

const hostCommands = {
  /** The page can receive events, and wants the whole state. */
  ready: nothing,
  train: nothing,
  /** Opens the names that come with the extension. */
  openNames: nothing,
  restart: { hyperparameters: parseHyperparameters },
  /** The same model again, on the file as it is now. */
  trainAgain: nothing,
  /** Continues a run that ended unexpectedly from its last checkpoint. */
  resumeRun: nothing,
  /** Continues a run that has diverged from its last checkpoint, with the remedy. */
  goOn: nothing,
  /** Shows the file of the run. */
  openSource: nothing,
  /** Keeps a run that another window has taken over beside it. */
  keepAsOwn: nothing,
  /** Another model of the ladder on the same names. */
  tryPreset: { preset: parsePresetId },
  /** Lets a person choose runs to compare. */
  compareRuns: nothing,
  findLearningRate: nothing,
  overfit: nothing,
  copySamples: nothing,
  openSamples: nothing,
  /** Lists the names that contain these characters in a row, and marks the places in the editor. */
  markPlaces: { characters: accept(isNgram) },
  unmarkPlaces: nothing,
  endComparison: nothing,
  /** Back from a run that is only looked at. */
  endLook: nothing,
  /** Opens the run that is only looked at, with its model. */
  openLookedAt: nothing,
  /** Goes to a line of the file, counted from 0. */
  goToLine: { line: accept(isNatural) },
  /** Keyboard shortcuts apply only while the inspector has the focus. */
  focus: { focused: accept(isBoolean) },
  /** The answer to `takePicture`. */
  picture: { panel: accept(isPanelId), png: accept(isPng) },
  /** A person has folded, moved or set something. */
  arrange: { arrangement: parseArrangement },
} satisfies MessageTable;

const inspectorCommands = { ...controlCommands, ...hostCommands };

export type ControlMessages = PayloadsOf<typeof controlCommands>;
export type ControlCommand = Messages<ControlMessages>;
export type InspectorCommand = Messages<PayloadsOf<typeof inspectorCommands>>;

/** What a webview has posted, checked before it is used; undefined for anything that is not a command. */
export function parseInspectorCommand(message: unknown): InspectorCommand | undefined {
  return parseMessage(inspectorCommands, message);
}
