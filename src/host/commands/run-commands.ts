import * as vscode from 'vscode';
import type { InspectorPanel } from '../inspector/inspector';
import { isHyperparameters } from '../../shared/hyperparameters';
import { documentInFront, nameOf, readAgain, readDocument } from '../text/names-document';
import { pickPreset } from './preset-picker';
import type { QueuedRun, RunQueue } from '../session/queue';
import type { Session } from '../session/session';
import { configuredOptions } from '../settings';
import { InputError } from '../../shared/errors';
import { isCounting } from '../../shared/presets';
import type { Purpose, Source } from '../../shared/run';
import { canResume, isTraining } from '../../shared/run-state';

/** What the commands that start a run work on. */
export interface RunParts {
  readonly memory: vscode.Memento;
  readonly session: Session;
  readonly queue: RunQueue;
  readonly inspector: InspectorPanel;
}

/** What is done with a model, as the quick pick says it. */
const tasks: Readonly<Record<Purpose, string>> = {
  train: 'Train a model',
  rangeTest: 'Find the learning rate of a model',
  overfit: 'Overfit one batch with a model',
};

/** What of the inspector shows how it goes. */
const panelOf: Readonly<Record<Purpose, string | undefined>> = {
  train: undefined,
  rangeTest: 'learning-rate',
  overfit: 'loss',
};

/** @param told the file, where a menu knows it; from the palette it is the one in front */
export async function train(told: unknown, purpose: Purpose, parts: RunParts): Promise<void> {
  const { memory, session, inspector } = parts;
  const uri = documentInFront(told);
  if (!uri) return offerNames();
  const options = configuredOptions(purpose, uri);
  if (purpose !== 'train' && !(await mayStop(session))) return;
  const preset = await pickPreset(memory, {
    title: `${tasks[purpose]} on ${nameOf(uri)}`,
    isOffered: preset => purpose === 'train' || !isCounting(preset),
  });
  if (!preset) return;
  const { text, source } = await readDocument(uri);
  if (purpose === 'train') return startOrQueue({ source, text, preset, options }, parts);
  session.start(source, text, preset, options);
  inspector.show(panelOf[purpose]);
}

/** One run trains at a time: where one does, a person decides which of them waits. */
export async function startOrQueue(run: Omit<QueuedRun, 'id'>, { session, queue, inspector }: RunParts): Promise<void> {
  const answer = await askToStop(session, [addToQueue]);
  if (answer === addToQueue) queue.add([run]);
  if (answer !== stopAndStart) return;
  session.start(run.source, run.text, run.preset, run.options);
  inspector.show();
}

/** On the text and with the preset of the present run; where there is none yet, a person chooses. */
export async function experiment(purpose: 'rangeTest' | 'overfit', parts: RunParts): Promise<void> {
  const { session, inspector } = parts;
  const { source, preset } = session.state;
  if (!source || !preset) return train(undefined, purpose, parts);
  if (isCounting(preset)) {
    const what = purpose === 'rangeTest' ? 'there is no learning rate to find' : 'there is no batch to fit';
    throw new InputError(`${preset.title} has nothing to train, so ${what}: train a net first, such as Bigram net.`);
  }
  const options = configuredOptions(purpose, vscode.Uri.parse(source.uri, true));
  if (!(await mayStop(session))) return;
  session.restart({}, options, await textOf(session, source));
  inspector.show(panelOf[purpose]);
}

/** The same model with the same hyperparameters for the same purpose, on the file as it is now. */
export async function trainAgain(parts: RunParts): Promise<void> {
  const { session, inspector } = parts;
  const { source, preset, purpose = 'train' } = session.state;
  if (!source || !preset) return train(undefined, 'train', parts);
  const options = configuredOptions(purpose, vscode.Uri.parse(source.uri, true));
  if (!(await mayStop(session))) return;
  session.restart({}, options, await readAgain(source));
  inspector.show(panelOf[purpose]);
}

/**
 * Goes on with a run that is kept, from its last checkpoint.
 *
 * @param told the id of a run; from the palette and the inspector there is none, and the present one is meant
 */
export async function resumeRun(told: unknown, { session, inspector }: RunParts): Promise<void> {
  const { state } = session;
  const id = typeof told === 'string' ? told : canResume(state) ? state.id : undefined;
  if (id === undefined) throw new InputError('No run waits here to go on: choose one in the view Runs.');
  if (id === state.id && isTraining(state)) session.send({ type: 'resume' });
  else if (await mayStop(session)) await session.resume(id, { paused: false });
  inspector.show();
}

/** @param hyperparameters from the form of the inspector; from the palette there are none, and the form is shown. */
export async function restart(hyperparameters: unknown, { session, inspector }: RunParts): Promise<void> {
  const { source } = session.state;
  if (isHyperparameters(hyperparameters) && source) {
    const options = configuredOptions('train', vscode.Uri.parse(source.uri, true));
    session.restart(hyperparameters, options, await textOf(session, source));
  } else inspector.show('hyperparameters', { focus: true });
}

/** The text of the present run. It went with the window before, where that one has left only the pictures. */
async function textOf(session: Session, source: Source): Promise<string> {
  return session.taken.text ?? (await readAgain(source));
}

async function offerNames(): Promise<void> {
  const open = 'Open the Sample Names';
  const message =
    'There is no file to train on: open one with one name per line, then run Makemore: Train on this file.';
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand('makemore.openNames');
}

const stopAndStart = 'Stop and Start';
const stopAndOpen = 'Stop and Open';
const addToQueue = 'Add to the Queue';

/**
 * Whether nothing of worth is lost by a new run, or a person agrees to lose it.
 *
 * @param toOpen a run that is only to be looked at
 */
export async function mayStop(session: Session, toOpen?: string): Promise<boolean> {
  const answer = await askToStop(session, [], toOpen);
  return answer === stopAndStart || answer === stopAndOpen;
}

/**
 * What a person wants with the run that trains. There is no question without one, with one that was only opened, and with
 * an experiment, which takes seconds.
 */
async function askToStop(session: Session, others: readonly string[], toOpen?: string): Promise<string | undefined> {
  const { preset, source, step, purpose, opened } = session.state;
  if (!isTraining(session.state) || purpose !== 'train' || opened) return stopAndStart;
  const what = `${preset?.title ?? 'A model'} is training on ${source?.name ?? 'another file'} (step ${step.toLocaleString('en-US')}).`;
  const [question, stop] =
    toOpen === undefined ? ['Stop it and start anew?', stopAndStart] : [`Stop it to open "${toOpen}"?`, stopAndOpen];
  return vscode.window.showInformationMessage(`${what} ${question}`, stop, ...others, 'Cancel');
}
