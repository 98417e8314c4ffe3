import * as vscode from 'vscode';
import { plain } from './text/markup';
import { showErrorMessage } from './text/surfaces';
import { InputError, messageOf, SettingError } from '../shared/errors';

export type Commands = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** Registers commands by their names after `makemore.`. */
export function registerAll(commands: Commands, log: vscode.LogOutputChannel): vscode.Disposable {
  const registered = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`makemore.${name}`, (...args: unknown[]) => attempt(() => run(...args), log)),
  );
  return vscode.Disposable.from(...registered);
}

/** Does what a person has asked for. An error that they can fix is shown to them; any other is thrown, and VS Code shows it. */
export async function attempt(work: () => unknown, log: vscode.LogOutputChannel): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw new Error(plain(messageOf(error)), { cause: error });
    log.warn(error.message);
    void showProblem(error);
  }
}

const openSettings = 'Open Settings';

/** Shows what a person can fix, and offers to open the setting if it is one. */
export async function showProblem(error: InputError): Promise<void> {
  if (!(error instanceof SettingError)) return void showErrorMessage(error.message);
  if ((await showErrorMessage(error.message, openSettings)) === openSettings)
    await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${error.setting}`);
}
