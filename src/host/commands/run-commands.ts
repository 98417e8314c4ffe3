import * as vscode from 'vscode';
import { canGoOn } from '../../shared/divergence';
import { isHyperparameters } from '../../shared/hyperparameters';
import { nameOf, readAgain, readDocument } from '../text/names-document';
import { showWaiting } from '../text/surfaces';
import type { CommandContext } from './command-context';
import { chooseFiles } from './file-question';
import { mayTrainAsRead } from './encoding-question';
import { askInSteps } from './in-steps';
import { askReading } from './layout-picker';
import { askPreset } from './preset-picker';
import { askToStopOrQueue, mayStop } from './stop-question';
import type { QueuedRun } from '../session/queue';
import type { Session } from '../session/session';
import { configuredOptions, configuredReading } from '../settings';
import { at } from '../../shared/at';
import { InputError } from '../../shared/errors';
import { isCounting, presetById } from '../../shared/presets';
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

/**
 * @param clicked what a menu was opened on; from the palette it is the document in front
 * @param selected all that are selected there, for a run on each
 */
export async function train(
  clicked: unknown,
  purpose: Purpose,
  context: CommandContext,
  selected?: unknown,
): Promise<void> {
  const { memory, session, inspector } = context;
  const uris = await chooseFiles(clicked, selected);
  const [first] = uris;
  if (!first) return;
  for (const uri of uris) configuredOptions(purpose, uri, configuredReading(uri, plainReading.layout)); // a wrong setting is told before anything is asked
  if (purpose !== 'train' && !(await mayStop(session))) return;
  const what = uris.length === 1 ? nameOf(first) : `${uris.length} files`;
  const texts = await showWaiting(`Reading ${what}…`, Promise.all(uris.map(uri => readDocument(uri))));
  if (!texts) return;
  const ready = isTraining(session.state) ? [] : [session.prepare(), inspector.prepare()];
  try {
    const files = texts.map(read => ({ ...read, uri: vscode.Uri.parse(read.source.uri, true) }));
    for (const { text, source, uri } of files) if (!(await mayTrainAsRead(text, source.name, uri))) return;
    const readings = files.map(({ text, source, uri }) => askReading(text, source.name, uri));
    const preset = askPreset(memory, {
      title: `${tasks[purpose]} on ${uris.length === 1 ? what : `each of ${what}`}`,
      isOffered: preset => purpose === 'train' || !isCounting(preset),
    });
    if (!(await askInSteps([...readings, preset].flatMap(({ questions }) => questions)))) return;
    const runs = files.map(({ text, source, uri }, i): Omit<QueuedRun, 'id'> => {
      const options = configuredOptions(purpose, uri, at(readings, i).answer());
      return { source, text, preset: preset.answer(), options };
    });
    await startOrQueue(runs, context);
  } finally {
    vscode.Disposable.from(...ready).dispose();
  }
}

/** Runs train one at a time: if one is training, the person decides whether it or the new ones wait. */
export async function startOrQueue(
  runs: readonly Omit<QueuedRun, 'id'>[],
  { session, queue, inspector }: CommandContext,
): Promise<void> {
  const [first, ...others] = runs;
  if (!first) return;
  const { purpose } = first.options;
  const answer = purpose === 'train' ? await askToStopOrQueue(session) : 'stop'; // of an experiment it was asked before
  if (answer === 'queue') queue.add(runs);
  if (answer !== 'stop') return;
  session.start(first.source, first.text, first.preset, first.options);
  queue.add(others);
  inspector.show(panelOf[purpose]);
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
  const options = configuredOptions(purpose, vscode.Uri.parse(source.uri, true), session.reading);
  if (!(await mayStop(session))) return;
  const text = await textOf(session, source);
  if (text === undefined) return;
  session.restart({}, options, text);
  inspector.show(panelOf[purpose]);
}

/** Same model, hyperparameters and purpose, on the file as it is now, or on the text as it was if the file is gone. */
export async function trainAgain(context: CommandContext): Promise<void> {
  const { session, inspector } = context;
  const { source, preset, purpose = 'train' } = session.state;
  if (!source || !preset) return train(undefined, 'train', context);
  const options = configuredOptions(purpose, vscode.Uri.parse(source.uri, true), session.reading);
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
    const options = configuredOptions('train', vscode.Uri.parse(source.uri, true), session.reading);
    const text = await textOf(session, source);
    if (text !== undefined) session.restart(hyperparameters, options, text);
  } else inspector.show('hyperparameters', { focus: true });
}

/** Another model on the names of the current run. */
export async function tryPreset(id: string, context: CommandContext): Promise<void> {
  const { session } = context;
  const { source } = session.state;
  if (!source) return;
  const options = configuredOptions('train', vscode.Uri.parse(source.uri, true), session.reading);
  const text = await textOf(session, source);
  if (text !== undefined) await startOrQueue([{ source, text, preset: presetById(id), options }], context);
}

/**
 * The text of the current run. A run that was restored after a reload no longer has it: then the file is read.
 *
 * @returns undefined if the person does not wait for it
 */
async function textOf(session: Session, source: Source): Promise<string | undefined> {
  return session.taken.text ?? (await showWaiting(`Reading ${source.name}…`, readAgain(source)));
}
