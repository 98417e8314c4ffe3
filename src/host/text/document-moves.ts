import * as vscode from 'vscode';
import { nameOf } from './names-document';
import type { Source } from '../../shared/run';

/** Where a document was, or a folder of documents, and where it is now. */
export interface Move {
  readonly from: vscode.Uri;
  readonly to: vscode.Uri;
}

/** An untitled document closes right after it was saved as a file; a slow machine may take this long. */
const saveMilliseconds = 5_000;

/**
 * Tells where documents go: files and folders that are renamed or moved in this window, and untitled documents that are
 * saved as files. VS Code tells of the latter only that a file was saved, and that the document was closed.
 */
export class DocumentMoves implements vscode.Disposable {
  private readonly moves = new vscode.EventEmitter<Move>();
  readonly onDidMove = this.moves.event;
  /** Files that were saved with the text of an untitled document, by its address. */
  private readonly saved = new Map<string, { readonly to: vscode.Uri; readonly at: number }>();
  private readonly subscriptions = [
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) this.moves.fire({ from: oldUri, to: newUri });
    }),
    vscode.workspace.onDidSaveTextDocument(document => this.noteSaved(document)),
    vscode.workspace.onDidCloseTextDocument(document => this.noteClosed(document)),
  ];

  dispose(): void {
    vscode.Disposable.from(this.moves, ...this.subscriptions).dispose();
  }

  private noteSaved(file: vscode.TextDocument): void {
    for (const document of vscode.workspace.textDocuments)
      if (document.isUntitled && haveSameNames(document, file))
        this.saved.set(document.uri.toString(), { to: file.uri, at: Date.now() });
  }

  private noteClosed({ uri, isUntitled }: vscode.TextDocument): void {
    if (!isUntitled) return;
    const saved = this.saved.get(uri.toString());
    this.saved.delete(uri.toString());
    if (saved && Date.now() - saved.at < saveMilliseconds) this.moves.fire({ from: uri, to: saved.to });
  }
}

/** Where a file is after a move; undefined if the move is of other files. */
export function afterMove({ uri }: Source, { from, to }: Move): Source | undefined {
  const [address, before] = [vscode.Uri.parse(uri).toString(), from.toString()]; // other programs encode them otherwise
  if (address !== before && !address.startsWith(`${before}/`)) return undefined;
  const now = vscode.Uri.parse(to.toString() + address.slice(before.length), true);
  return { name: nameOf(now), uri: now.toString() };
}

/** Whether two texts differ at most by what VS Code trims and adds when it saves: ends of lines, and of the file. */
function haveSameNames(a: vscode.TextDocument, b: vscode.TextDocument): boolean {
  if (Math.abs(a.lineCount - b.lineCount) > 1) return false;
  const trimmed = (document: vscode.TextDocument): string =>
    document
      .getText()
      .replace(/[ \t]*(\r?\n|$)/g, '\n')
      .trimEnd();
  return trimmed(a) === trimmed(b);
}
