import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { maxFileBytes } from '../../shared/limits';

/**
 * The file behind a link, or in a linked folder. VS Code does not notice when that one changes.
 *
 * @returns undefined for a file that stands where its name says, and for what is no file of this machine
 */
export async function fileBehind(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (uri.scheme !== 'file') return undefined;
  try {
    const real = vscode.Uri.file(await realpath(uri.fsPath));
    return real.toString() === uri.toString() ? undefined : real;
  } catch {
    return undefined; // whoever reads it is told why
  }
}

/**
 * The text behind a link as it is on the disk: VS Code may still have an old one.
 *
 * @param open the document, if it is open
 * @returns undefined for what is no link to a file, and for a document with changes, which hold whatever the disk has
 */
export async function readBehindLink(uri: vscode.Uri, open?: vscode.TextDocument): Promise<string | undefined> {
  const real = open?.isDirty ? undefined : await fileBehind(uri);
  if (!real) return undefined;
  const { type, size } = await vscode.workspace.fs.stat(real);
  if (type !== vscode.FileType.File || size > maxFileBytes) return undefined;
  const bytes = await vscode.workspace.fs.readFile(real);
  const { decode } = vscode.workspace;
  return open ? decode(bytes, { encoding: open.encoding }) : decode(bytes, { uri });
}
