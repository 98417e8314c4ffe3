import * as vscode from 'vscode';

const scheme = 'makemore';

/** The names that the extension ships, as a read-only document: the file itself is shared by all windows. */
const sampleNames = vscode.Uri.from({ scheme, path: '/names.txt' });

export function provideSampleNames(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(): Promise<string> {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'media', 'names.txt'));
      return new TextDecoder().decode(bytes);
    },
  });
}

export async function openSampleNames(): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(sampleNames), { preview: false });
}
