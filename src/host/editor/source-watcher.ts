import * as vscode from 'vscode';
import { hasTab, isGone, mayLookAt } from '../text/names-document';
import type { Session } from '../session/session';

/** How long the document must be unchanged before it is compared with the text that is trained on. */
const settleMilliseconds = 300;

/** Tells the session when the document differs from the text that was taken, and when it is the same again. */
export class SourceWatcher implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private onDisk: vscode.FileSystemWatcher | undefined;
  private followed = '';
  /** The same, unless it is nothing to look at unasked. */
  private watched = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly session: Session) {
    this.subscriptions = [
      session.onEvent(event => {
        this.follow();
        // A restart, and a run that comes back, uses the text that was taken before.
        if (event.type === 'starting' || event.type === 'hydrate') this.compareSoon();
      }),
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

  /** Watches the file of the current run: a document that is not open changes only on disk. */
  private follow(): void {
    const uri = this.session.state.source?.uri ?? '';
    if (uri === this.followed) return;
    this.followed = uri;
    this.watched = '';
    this.onDisk?.dispose();
    this.onDisk = undefined;
    const file = vscode.Uri.parse(uri);
    if (uri === '' || !mayLookAt(file)) return;
    this.watched = uri;
    if (file.scheme === 'untitled') return;
    // The folder, not the file, whose name would be read as a pattern. Editors replace files, so all events count.
    const folder = new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), '*');
    this.onDisk = vscode.workspace.createFileSystemWatcher(folder);
    const changed = (other: vscode.Uri): void => {
      if (other.toString() === this.watched) this.compareSoon();
    };
    this.onDisk.onDidChange(changed);
    this.onDisk.onDidCreate(changed);
    this.onDisk.onDidDelete(changed);
  }

  private compareSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.compare(), settleMilliseconds);
  }

  private async compare(): Promise<void> {
    const uri = this.watched;
    if (uri === '') return;
    const text = await this.currentText(uri);
    if (text === 'unreadable' || uri !== this.watched) return;
    this.session.setSourceChanged(!this.session.taken.is(text?.now));
  }

  /** Undefined if there is none any more. A document that cannot be read just now is not one that has changed. */
  private async currentText(uri: string): Promise<{ now: string } | 'unreadable' | undefined> {
    const file = vscode.Uri.parse(uri, true);
    if (!hasTab(file) && (await isGone(file))) return undefined; // a document without a tab can outlive its file
    try {
      return { now: (await vscode.workspace.openTextDocument(file)).getText() };
    } catch {
      return 'unreadable';
    }
  }
}
