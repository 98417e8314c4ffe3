import * as vscode from 'vscode';
import type { Session } from './session';

/** After the last change so long, the document is compared with the text that is trained on. */
const settleMilliseconds = 300;

/** Tells the session when the document no longer holds the text that was taken, and when it does again. */
export class SourceWatcher implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private onDisk: vscode.FileSystemWatcher | undefined;
  private watched = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly session: Session) {
    this.subscriptions = [
      session.onEvent(() => this.follow()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.toString() === this.watched) this.compareSoon();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.onDisk?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Watches the file of the present run; a document that is not open changes on disk only. */
  private follow(): void {
    const uri = this.session.state.source?.uri ?? '';
    if (uri === this.watched) return;
    this.watched = uri;
    this.onDisk?.dispose();
    this.onDisk = undefined;
    const file = vscode.Uri.parse(uri);
    if (uri === '' || file.scheme === 'untitled') return;
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), file.path.split('/').at(-1) ?? '');
    this.onDisk = vscode.workspace.createFileSystemWatcher(pattern, true, false, true);
    this.onDisk.onDidChange(() => this.compareSoon());
  }

  private compareSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.compare(), settleMilliseconds);
  }

  private async compare(): Promise<void> {
    const uri = this.watched;
    const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri);
    if (!open && !this.onDisk) return; // an untitled document that was closed is nowhere any more
    const document = open ?? (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)));
    if (uri === this.watched) this.session.setSourceChanged(document.getText() !== this.session.takenText);
  }
}
