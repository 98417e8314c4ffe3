import * as vscode from 'vscode';
import { showBriefly } from '../text/surfaces';
import { runName } from '../text/file-name';
import { reasonOf } from '../text/file-error';
import { nameOf } from '../text/names-document';
import { InputError } from '../../shared/errors';
import type { PanelPicture } from '../../shared/picture';
import type { RunState } from '../../shared/run-state';

/** Asks where to save a picture of a run, and writes it there. @throws InputError if it cannot be written */
export async function writePicture({ panel, png }: PanelPicture, { source, preset }: RunState): Promise<void> {
  const name = `${source && preset ? runName(source, preset) : 'makemore'}-${panel}.png`;
  const folder = vscode.workspace.workspaceFolders?.at(0)?.uri;
  const file = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { 'PNG pictures': ['png'] },
    title: 'Save Picture',
    saveLabel: 'Save',
  });
  if (!file) return;
  try {
    await vscode.workspace.fs.writeFile(file, png);
  } catch (error) {
    throw new InputError(`${nameOf(file)} cannot be written (${reasonOf(error)}): save the picture in another folder.`);
  }
  showBriefly('Makemore: picture saved.');
}
