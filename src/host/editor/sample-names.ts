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

/** Beside what is no text, such as the walkthrough, which one wants to go on reading. */
export async function openSampleNames(): Promise<void> {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  const { activeTab } = activeTabGroup;
  const isText = !activeTab || activeTab.input instanceof vscode.TabInputText;
  const { Active, Beside, One } = vscode.ViewColumn;
  const viewColumn = isText ? Active : all.length === 1 ? Beside : One;
  const document = await vscode.workspace.openTextDocument(sampleNames);
  await vscode.window.showTextDocument(document, { preview: false, viewColumn });
}
