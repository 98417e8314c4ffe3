import * as vscode from 'vscode';
import { runName } from '../text/file-name';
import { InputError, messageOf } from '../../shared/errors';
import type { RunState } from '../../shared/run-state';

/** Asks where to and writes a picture of a run there. @throws InputError where it cannot be written */
export async function writePicture(
  { panel, png }: { readonly panel: string; readonly png: Uint8Array },
  { source, preset }: RunState,
): Promise<void> {
  const name = `${source && preset ? runName(source, preset) : 'makemore'}-${panel}.png`;
  const folder = vscode.workspace.workspaceFolders?.at(0)?.uri;
  const file = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { 'PNG pictures': ['png'] },
    title: 'Save the picture',
    saveLabel: 'Save',
  });
  if (!file) return;
  try {
    await vscode.workspace.fs.writeFile(file, png);
  } catch (error) {
    throw new InputError(`The picture cannot be written (${messageOf(error)}): save it in another folder.`);
  }
  vscode.window.setStatusBarMessage('Makemore: the picture is saved.', 3000);
}
