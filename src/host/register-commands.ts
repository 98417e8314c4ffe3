import * as vscode from 'vscode';
import { InputError } from '../shared/errors';

export type Commands = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** Commands by their names after `makemore.`. Errors that a person can mend are shown as they are. */
export function registerAll(commands: Commands, log: vscode.LogOutputChannel): vscode.Disposable {
  const registered = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`makemore.${name}`, async (...args: unknown[]) => {
      try {
        await run(...args);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        log.warn(error.message);
        void vscode.window.showErrorMessage(error.message);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
