import * as vscode from 'vscode';
import type { CommandContext } from './command-context';
import { showFailures, showSource } from './failures';
import { showLongNames } from './memory-offers';
import { experiment, goOn, restart, resumeRun, train, trainAgain, tryPreset } from './run-commands';
import { copySamples, openSamples, sample, sampleBigram } from './sampling-commands';
import { sweep } from './sweep-command';
import { showTakeovers } from './takeovers';
import { openSampleNames } from '../editor/sample-names';
import type { InspectorActions } from '../inspector/actions';
import { writePicture } from '../inspector/write-picture';
import { attempt, registerAll, type Commands } from '../register-commands';
import type { Session } from '../session/session';
import { isFields } from '../../shared/fields';

/** Registers every command except those of the list of runs, and offers some of them when a run has failed. */
export function registerCommands(context: CommandContext, log: vscode.LogOutputChannel): vscode.Disposable {
  const { session, inspector } = context;
  const commands: Commands = {
    train: (clicked, selected) => train(clicked, 'train', context, selected),
    trainAgain: () => trainAgain(context),
    resumeRun: run => resumeRun(run, context),
    sweep: file => sweep(file, context),
    findLearningRate: file => experimentOn(file, 'rangeTest', context),
    overfit: file => experimentOn(file, 'overfit', context),
    pause: () => session.send({ type: 'pause' }),
    resume: () => session.send({ type: 'resume' }),
    step: () => session.send({ type: 'step' }),
    stop: () => session.send({ type: 'stop' }),
    restart: hyperparameters => restart(hyperparameters, context),
    showInspector: () => inspector.show(),
    sample: () => sample(context),
    sampleBigram: cell => sampleBigram(cell, context),
    copySamples: () => copySamples(session),
    openSamples: () => openSamples(session),
    openNames: () => openSampleNames(),
    copySelection: () => vscode.commands.executeCommand('editor.action.clipboardCopyAction'), // of whatever has the focus
    savePicture: clicked => takePicture(clicked, context),
    showLog: () => log.show(true),
  };
  return vscode.Disposable.from(
    registerAll(commands, log),
    showFailures(context, log),
    showLongNames(context, log),
    showTakeovers(session, log),
  );
}

/** A menu passes the file that was clicked; from the palette, an experiment is on what the current run trains on. */
function experimentOn(file: unknown, purpose: 'rangeTest' | 'overfit', context: CommandContext): Promise<void> {
  return file instanceof vscode.Uri ? train(file, purpose, context) : experiment(purpose, context);
}

/** What the buttons of the inspector do. */
export function inspectorActions(context: CommandContext, log: vscode.LogOutputChannel): InspectorActions {
  const { session } = context;
  const act = (work: () => unknown): void => void attempt(work, log);
  return {
    train: () => act(() => train(documentOf(session), 'train', context)),
    openNames: () => act(() => openSampleNames()),
    restart: hyperparameters => act(() => restart(hyperparameters, context)),
    trainAgain: () => act(() => trainAgain(context)),
    resumeRun: () => act(() => resumeRun(undefined, context)),
    keepAsOwn: () => act(() => session.keepAsOwn(session.state.id)),
    goOn: () => act(() => goOn(session)),
    tryPreset: preset => act(() => tryPreset(preset, context)),
    compareRuns: () => act(() => vscode.commands.executeCommand('makemore.compareRuns')),
    openSource: () => act(() => session.state.source && showSource(session.state.source)),
    findLearningRate: () => act(() => experiment('rangeTest', context)),
    overfit: () => act(() => experiment('overfit', context)),
    copySamples: () => act(() => copySamples(session)),
    openSamples: () => act(() => openSamples(session)),
    savePicture: (picture, run) => act(() => writePicture(picture, run)),
    openRun: id => act(() => vscode.commands.executeCommand('makemore.openRun', id)),
  };
}

/** The document of the current run. */
function documentOf({ state: { source } }: Session): vscode.Uri | undefined {
  return source && vscode.Uri.parse(source.uri, true);
}

/** @param clicked the context of the panel that was right-clicked. The inspector answers with the picture. */
function takePicture(clicked: unknown, { inspector }: CommandContext): void {
  if (isFields(clicked) && typeof clicked.picture === 'string') inspector.takePicture(clicked.picture);
}
