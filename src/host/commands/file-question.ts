import * as vscode from 'vscode';
import { openSampleNames } from '../editor/sample-names';
import { browseFiles } from '../text/browse';
import { documentInFront, nameOf, openTexts } from '../text/names-document';
import { showInformationMessage, showQuickPick } from '../text/surfaces';
import { pathOf } from '../../shared/file-path';

type FileItem = vscode.QuickPickItem & { readonly uri?: vscode.Uri };

const browse = 'Browse…';
const sampleNames = 'Open Sample Names';

/**
 * The files to train on: those that a menu was opened on, else the one in front, else one that the person chooses.
 *
 * @param clicked what a menu passes first; the palette passes nothing
 * @param selected all that are selected, of which the clicked one need not be one
 * @returns none if the person goes away
 */
export async function chooseFiles(clicked: unknown, selected?: unknown): Promise<readonly vscode.Uri[]> {
  if (clicked instanceof vscode.Uri) {
    const uris: unknown[] = Array.isArray(selected) ? selected : [];
    const all = uris.filter(uri => uri instanceof vscode.Uri);
    return all.some(uri => uri.toString() === clicked.toString()) ? withoutFolders(all) : [clicked];
  }
  const uri = documentInFront() ?? (await askForFile());
  return uri ? [uri] : [];
}

async function withoutFolders(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const isFolder = async (uri: vscode.Uri): Promise<boolean> => {
    try {
      return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
    } catch {
      return false; // whoever reads it is told why
    }
  };
  const folders = await Promise.all(uris.map(isFolder));
  return uris.filter((_, i) => !folders[i]);
}

/** As `chooseFiles`, for a command that takes one. */
export async function chooseFile(clicked: unknown): Promise<vscode.Uri | undefined> {
  return (await chooseFiles(clicked)).at(0);
}

/** Asks for one of the texts that are open, or for any other file. */
async function askForFile(): Promise<vscode.Uri | undefined> {
  const open = openTexts();
  if (open.length === 0) return offerFiles();
  const items = open.map((uri): FileItem => ({
    label: nameOf(uri),
    description: uri.scheme === 'untitled' ? '' : pathOf(vscode.Uri.joinPath(uri, '..').toString()),
    uri,
  }));
  const other: FileItem = { label: browse };
  const separator: FileItem = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const picked = await showQuickPick([...items, separator, other], {
    title: 'Choose a File of Names',
    placeHolder: 'The active editor has no text: choose an open file, or browse',
    matchOnDescription: true,
  });
  return picked?.label === browse ? browseFiles() : picked?.uri;
}

async function offerFiles(): Promise<vscode.Uri | undefined> {
  const message = 'There is no file to train on: open one with one name per line.';
  const answer = await showInformationMessage(message, browse, sampleNames);
  if (answer === sampleNames) await openSampleNames();
  return answer === browse ? browseFiles() : undefined;
}
