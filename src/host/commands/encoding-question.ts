import * as vscode from 'vscode';
import { showModalWarning } from '../text/surfaces';

/**
 * Asks what to do with a document that the editor has read in another encoding than it was written in.
 *
 * @returns whether to train on it as it is
 */
export async function mayTrainAsRead(text: string, file: string, uri: vscode.Uri): Promise<boolean> {
  if (!/[\0\ufffd]/.test(text)) return true;
  const reopen = 'Reopen with Encoding';
  const anyway = 'Train Anyway';
  const answer = await showModalWarning(
    `${file} has characters that could not be read.`,
    'It was probably saved in another encoding. Lines that have such characters are left out.',
    reopen,
    anyway,
  );
  if (answer === reopen) {
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('workbench.action.editor.changeEncoding'); // VS Code's own, for what is in front
  }
  return answer === anyway;
}
