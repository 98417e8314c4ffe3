import { strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MakemoreApi } from '../../../src/host/extension';
import type { Session } from '../../../src/host/session/session';
import { defaultRunOptions, type EngineId, type RunOptions } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';

export const names = 'emma\nolivia\nava\nisabella\nsophia\ncharlotte\nmia\namelia\nharper\nevelyn\nabigail\nemily\n';

const extensionId = 'makemore.makemore';

export function options(engine: EngineId): RunOptions {
  return { ...defaultRunOptions, engine };
}

export function extension(): vscode.Extension<MakemoreApi> {
  const installed = vscode.extensions.getExtension<MakemoreApi>(extensionId);
  if (!installed) throw new Error(`${extensionId} is not installed.`);
  return installed;
}

export async function makemore(): Promise<MakemoreApi> {
  return extension().activate();
}

/** The folder that the harness opens. */
export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.at(0);
  if (!folder) throw new Error('No folder is open.');
  return folder.uri;
}

/** The id of the current run. */
export function idOf({ state }: Session): string {
  if (state.id === undefined) throw new Error('The current run is not stored.');
  return state.id;
}

/** Waits until something is found, looking every 20 ms. */
export async function found<T>(
  what: string,
  find: () => T | undefined | Promise<T | undefined>,
  milliseconds = 15_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await find();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`Waited ${milliseconds} ms in vain until ${what}.`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** Waits until a condition holds. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  milliseconds?: number,
): Promise<void> {
  await found(what, async () => (await holds()) || undefined, milliseconds);
}

export async function untilState(what: string, holds: (state: RunState) => boolean): Promise<RunState> {
  const { session } = await makemore();
  await until(what, () => holds(session.state));
  return session.state;
}

export async function openText(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

/**
 * Runs Train on what is in front, or on a file, and chooses a preset. Tests in the extension host cannot see the quick
 * pick itself: the end-to-end scenarios do.
 *
 * @returns the milliseconds from the choice to the first loss, or to the end of the command if no loss is awaited
 */
export async function train(
  preset: string,
  { uri, awaitLoss = true }: { uri?: vscode.Uri; awaitLoss?: boolean } = {},
): Promise<number> {
  const { session } = await makemore();
  const before = session.state;
  let start = 0;
  const choose = (items: readonly vscode.QuickPickItem[]): vscode.QuickPickItem | undefined => {
    start = performance.now();
    return items.find(item => item.description === preset);
  };
  await answering('showQuickPick', choose, () => vscode.commands.executeCommand('makemore.train', uri));
  if (awaitLoss) await until('the loss moves', () => session.state !== before && session.state.losses.length > 0);
  return performance.now() - start;
}

/** The first error message that is shown during an action. */
export async function errorShownBy(action: () => Promise<unknown>): Promise<string> {
  const { showErrorMessage } = vscode.window;
  try {
    return await new Promise<string>((resolve, reject) => {
      const show = (message: string): Promise<undefined> => {
        resolve(message);
        return Promise.resolve(undefined);
      };
      Object.assign(vscode.window, { showErrorMessage: show });
      action().catch(reject);
    });
  } finally {
    Object.assign(vscode.window, { showErrorMessage });
  }
}

/** How a person answers the questions of VS Code. */
interface Answers {
  readonly showErrorMessage: (message: string, ...offers: string[]) => unknown;
  readonly showInputBox: (box: vscode.InputBoxOptions) => unknown;
  readonly showInformationMessage: (message: string, ...offers: string[]) => unknown;
  readonly showOpenDialog: () => unknown;
  readonly showQuickPick: (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) => unknown;
  readonly showWarningMessage: (message: string) => unknown;
}

/** Does something while every question of one kind gets this answer. */
export async function answering<Kind extends keyof Answers>(
  kind: Kind,
  answer: Answers[Kind] | string | readonly vscode.Uri[] | undefined,
  action: () => unknown,
): Promise<void> {
  const { [kind]: ask } = vscode.window;
  try {
    Object.assign(vscode.window, { [kind]: typeof answer === 'function' ? answer : () => answer });
    await action();
  } finally {
    Object.assign(vscode.window, { [kind]: ask });
  }
}

export async function stopTraining(): Promise<void> {
  const { session } = await makemore();
  session.send({ type: 'stop' });
  await until('the training has stopped', () => !['starting', 'running', 'paused'].includes(session.state.status));
}

export async function closeAll(): Promise<void> {
  await stopTraining();
  for (const { input } of tabs()) {
    if (!(input instanceof vscode.TabInputText)) continue;
    const uri = input.uri.toString();
    const document = vscode.workspace.textDocuments.find(other => other.uri.toString() === uri);
    if (!document?.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  strictEqual(tabs().length, 0);
}

export function inspectorTabs(): readonly vscode.Tab[] {
  return tabs().filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('makemore.inspector'),
  );
}

export function tabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(group => group.tabs);
}
