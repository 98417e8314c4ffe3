import * as vscode from 'vscode';

/** Asks for a file of the disk. */
export async function browseFiles(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({ title: 'Choose a File of Names', openLabel: 'Choose' });
  return chosen?.at(0);
}
