import * as vscode from 'vscode';
import type { InspectorPanel } from '../inspector/inspector';
import { parseInspectorCommand } from '../../shared/inspector-commands';
import { registerAll, type Commands } from '../register-commands';
import { experiment, restart, resumeRun, train, trainAgain, type RunParts } from './run-commands';
import { sampleNames } from '../editor/sample-names';
import { writePicture } from '../inspector/write-picture';
import type { Session } from '../session/session';
import { sweep } from './sweep-command';
import { InputError } from '../../shared/errors';
import type { ControlCommand } from '../../shared/protocol';
import { defaultBoundary } from '../../shared/run';
import { hasModel } from '../../shared/run-state';
import { isBigram, type Bigram } from '../../shared/characters';

/** Every command but those of the list of runs. */
export function registerCommands(parts: RunParts, log: vscode.LogOutputChannel): vscode.Disposable {
  const { session, inspector } = parts;
  const control = (type: 'pause' | 'resume' | 'step' | 'stop') => (): void => {
    session.send({ type } satisfies ControlCommand);
  };
  const commands: Commands = {
    train: uri => train(uri, 'train', parts),
    trainAgain: () => trainAgain(parts),
    resumeRun: run => resumeRun(run, parts),
    sweep: () => sweep(parts),
    findLearningRate: () => experiment('rangeTest', parts),
    overfit: () => experiment('overfit', parts),
    pause: control('pause'),
    resume: control('resume'),
    step: control('step'),
    stop: control('stop'),
    restart: hyperparameters => restart(hyperparameters, parts),
    showInspector: () => inspector.show(),
    sample: () => sample(session, inspector),
    sampleBigram: cell => sampleBigram(cell, session, inspector),
    copySamples: () => copySamples(session),
    openSamples: () => openSamples(session),
    openNames: () => openNames(),
    savePicture: told => takeOrSavePicture(told, session, inspector),
    showLog: () => log.show(true),
  };
  return registerAll(commands, log);
}

function sample(session: Session, inspector: InspectorPanel): void {
  needModel(session);
  session.sample({});
  inspector.show('samples');
}

/** @param cell the matrix cell that was right-clicked; from the palette there is none, and a person is asked. */
async function sampleBigram(cell: unknown, session: Session, inspector: InspectorPanel): Promise<void> {
  needModel(session);
  const bigram = bigramOf(cell) ?? (await askBigram(session.state.info?.boundary ?? defaultBoundary));
  if (!bigram) return;
  session.sample({ bigram });
  inspector.show('samples');
}

function bigramOf(cell: unknown): Bigram | undefined {
  if (typeof cell !== 'object' || cell === null || !('first' in cell) || !('second' in cell)) return undefined;
  const bigram = [cell.first, cell.second];
  return isBigram(bigram) ? bigram : undefined;
}

async function askBigram(boundary: string): Promise<Bigram | undefined> {
  const value = await vscode.window.showInputBox({
    title: 'Sample names with a bigram',
    prompt: `Two characters; ${boundary} stands for the begin and the end of a name`,
    placeHolder: 'an',
    validateInput: text => (isBigram([...text.normalize('NFC')]) ? undefined : 'Type two characters.'),
  });
  const bigram = [...(value ?? '').normalize('NFC')];
  return isBigram(bigram) ? bigram : undefined;
}

/** @param told the panel that was right-clicked, and afterwards the picture with which the inspector answers */
async function takeOrSavePicture(told: unknown, session: Session, inspector: InspectorPanel): Promise<void> {
  const answer = parseInspectorCommand(told);
  if (answer?.type === 'picture') await writePicture(answer, session.state);
  else if (typeof told === 'object' && told !== null && 'picture' in told && typeof told.picture === 'string')
    inspector.takePicture(told.picture);
}

async function copySamples(session: Session): Promise<void> {
  const text = sampledText(session);
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('Makemore: the names are in the clipboard.', 3000);
}

async function openSamples(session: Session): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: sampledText(session), language: 'plaintext' });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

function sampledText(session: Session): string {
  const words = session.state.samples?.words ?? [];
  if (words.length === 0) throw new InputError('There are no names yet: run Makemore: Sample names first.');
  return `${words.map(word => word.text).join('\n')}\n`;
}

function needModel({ state }: Session): void {
  if (hasModel(state)) return;
  throw new InputError(
    state.restored
      ? 'The model is gone since the window was reloaded: resume the run, or train again, first.'
      : 'There is no model yet: open a file of names and run Makemore: Train on this file first.',
  );
}

async function openNames(): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(sampleNames), { preview: false });
}
