import * as vscode from 'vscode';
import { canGoOn } from '../../shared/divergence';
import { isHyperparameters } from '../../shared/hyperparameters';
import { documentInFront, nameOf, readAgain, readDocument } from '../text/names-document';
import { showInformationMessage, showWaiting } from '../text/surfaces';
import type { CommandContext } from './command-context';
import { mayTrainAsRead } from './encoding-question';
import { pickLayout } from './layout-picker';
import { pickPreset } from './preset-picker';
import { askToStopOrQueue, mayStop } from './stop-question';
import type { QueuedRun } from '../session/queue';
import type { Session } from '../session/session';
import { configuredOptions } from '../settings';
import { openSampleNames } from '../editor/sample-names';
import { InputError } from '../../shared/errors';
import { isCounting } from '../../shared/presets';
import { plainReading } from '../../shared/reading';
import type { Purpose, Source } from '../../shared/run';
import { canResume, isTraining } from '../../shared/run-state';

/** The purpose of a run, as the quick pick words it. */
const tasks: Readonly<Record<Purpose, string>> = {
  train: 'Train a model',
  rangeTest: 'Find the Learning Rate of a model',
  overfit: 'Overfit One Batch with a model',
};

/** The panel to scroll to. */
const panelOf: Readonly<Record<Purpose, string | undefined>> = {
  train: undefined,
  rangeTest: 'learning-rate',
  overfit: 'loss',
};

/** @param file what a menu was opened on; from the palette it is the document in front */
export async function train(file: unknown, purpose: Purpose, context: CommandContext): Promise<void> {
  const { memory, session, inspector } = context;
  const uri = documentInFront(file);
  if (!uri) return offerNames();
  configuredOptions(purpose, uri, plainReading.layout); // a wrong setting is told before anything is asked
  if (purpose !== 'train' && !(await mayStop(session))) return;
  const read = await showWaiting(`Reading ${nameOf(uri)}…`, readDocument(uri));
  if (!read) return;
  const { text, source } = read;
  if (!(await mayTrainAsRead(text, source.name, uri))) return;
  const ready = isTraining(session.state) ? [] : [session.prepare(), inspector.prepare()];
  try {
    const layout = await pickLayout(text, source.name);
    if (!layout) return;
    const options = configuredOptions(purpose, uri, layout);
    const preset = await pickPreset(memory, {
      title: `${tasks[purpose]} on ${nameOf(uri)}`,
      isOffered: preset => purpose === 'train' || !isCounting(preset),
    });
    if (!preset) return;
    if (purpose === 'train') await startOrQueue({ source, text, preset, options }, context);
    else {
      session.start(source, text, preset, options);
      inspector.show(panelOf[purpose]);
    }
  } finally {
    vscode.Disposable.from(...ready).dispose();
  }
}

/** Runs train one at a time: if one is training, the person decides which of the two waits. */
export async function startOrQueue(
  run: Omit<QueuedRun, 'id'>,
  { session, queue, inspector }: CommandContext,
): Promise<void> {
  const answer = await askToStopOrQueue(session);
  if (answer === 'queue') queue.add([run]);
  if (answer !== 'stop') return;
  session.start(run.source, run.text, run.preset, run.options);
  inspector.show();
}

/** Uses the text and the preset of the current run; if there is none yet, the person chooses. */
export async function experiment(purpose: 'rangeTest' | 'overfit', context: CommandContext): Promise<void> {
  const { session, inspector } = context;
  const { source, preset } = session.state;
  if (!source || !preset) return train(undefined, purpose, context);
  if (isCounting(preset)) {
    const what = purpose === 'rangeTest' ? 'there is no learning rate to find' : 'there is no batch to fit';
    throw new InputError(`${preset.title} has nothing to train, so ${what}: train a net first, such as Bigram net.`);
  }
  const options = configuredOptions(purpose, vscode.Uri.parse(source.uri, true), session.layout);
  if (!(await mayStop(session))) return;
  session.restart({}, options, await textOf(session, source));
  inspector.show(panelOf[purpose]);
}

/** Same model, hyperparameters and purpose, on the file as it is now, or on the text as it was if the file is gone. */
export async function trainAgain(context: CommandContext): Promise<void> {
  const { session, inspector } = context;
  const { source, preset, purpose = 'train' } = session.state;
  if (!source || !preset) return train(undefined, 'train', context);
  const options = configuredOptions(purpose, vscode.Uri.parse(source.uri, true), session.layout);
  if (!(await mayStop(session))) return;
  const kept = session.state.sourceGone ? session.taken.text : undefined; // the notice says that it is as it was
  const text = kept ?? (await showWaiting(`Reading ${source.name}…`, readAgain(source)));
  if (text === undefined) return;
  session.restart({}, options, text);
  inspector.show(panelOf[purpose]);
}

/**
 * Continues a stored run from its last checkpoint.
 *
 * @param run its id; the palette and the inspector give none, and mean the current run
 */
export async function resumeRun(run: unknown, { session, inspector }: CommandContext): Promise<void> {
  const { state } = session;
  const id = typeof run === 'string' ? run : canResume(state) ? state.id : undefined;
  if (id === undefined) throw new InputError('Nothing to resume. Choose a run in the Runs view.');
  if (id === state.id && isTraining(state)) session.send({ type: 'resume' });
  else if (await mayStop(session)) await session.resume(id, { paused: false });
  inspector.show();
}

/** Continues the current run, which has diverged, from its last checkpoint, with the remedy. */
export async function goOn(session: Session): Promise<void> {
  const { id, divergence } = session.state;
  if (id !== undefined && divergence && canGoOn(divergence))
    await session.resume(id, { paused: false, changes: divergence.remedy });
}

/** @param hyperparameters from the form in the inspector; the palette gives none, and the form is shown */
export async function restart(hyperparameters: unknown, { session, inspector }: CommandContext): Promise<void> {
  const { source } = session.state;
  if (isHyperparameters(hyperparameters) && source) {
    const options = configuredOptions('train', vscode.Uri.parse(source.uri, true), session.layout);
    session.restart(hyperparameters, options, await textOf(session, source));
  } else inspector.show('hyperparameters', { focus: true });
}

/** The text of the current run. A run that was restored after a reload no longer has it: then the file is read. */
async function textOf(session: Session, source: Source): Promise<string> {
  return session.taken.text ?? (await readAgain(source));
}

async function offerNames(): Promise<void> {
  const open = 'Open Sample Names';
  const message =
    'There is no file to train on: open one with one name per line, then run Makemore: Train on This File.';
  if ((await showInformationMessage(message, open)) === open) await openSampleNames();
}
