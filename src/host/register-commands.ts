import * as vscode from 'vscode';
import { browseFiles } from './text/browse';
import { FileError } from './text/file-error';
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
const browse = 'Browse…';

/** Shows what a person can fix, and offers what helps: to open the setting, or to choose another file. */
export async function showProblem(error: InputError): Promise<void> {
  const remedy = error instanceof SettingError ? [openSettings] : error instanceof FileError ? [browse] : [];
  const answer = await showErrorMessage(error.message, ...remedy);
  if (answer === openSettings && error instanceof SettingError)
    await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${error.setting}`);
  const file = answer === browse ? await browseFiles() : undefined;
  if (file) await vscode.commands.executeCommand('makemore.train', file);
}
