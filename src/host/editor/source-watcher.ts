import * as vscode from 'vscode';
import { fileBehind } from '../text/linked-file';
import { mayLookAt, textNow } from '../text/names-document';
import type { Session } from '../session/session';

/** How long the document must be unchanged before it is compared with the text that is trained on. */
const settleMilliseconds = 300;

/** Tells the session when the document differs from the text that was taken, and when it is the same again. */
export class SourceWatcher implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private onDisk: readonly vscode.Disposable[] = [];
  private followed = '';
  /** Where its link leads, if it is one. */
  private behind = '';
  /** The same, unless it is nothing to look at unasked. */
  private watched = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly session: Session) {
    this.subscriptions = [
      session.onEvent(({ type }) => {
        this.follow();
        // A restart, and a run that comes back, uses the text that was taken before.
        if (type === 'starting' || type === 'hydrate' || type === 'moved') this.compareSoon();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.changed(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.changed(uri)), // without being saved, perhaps
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.compareSoon(); // not every disk tells of its changes
      }),
    ];
  }

  dispose(): void {
    this.followed = '';
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.onDisk, ...this.subscriptions).dispose();
  }

  /** Watches the file of the current run: a document that is not open changes only on disk. */
  private follow(): void {
    const uri = this.session.state.source?.uri ?? '';
    if (uri !== this.followed) this.followAnew(uri);
  }

  private followAnew(uri = this.followed): void {
    this.followed = uri;
    this.behind = '';
    this.watched = '';
    vscode.Disposable.from(...this.onDisk).dispose();
    this.onDisk = [];
    const file = vscode.Uri.parse(uri);
    if (uri === '' || !mayLookAt(file)) return;
    this.watched = uri;
    if (file.scheme !== 'untitled') void this.watch(file);
  }

  /** Watches the file, and the one behind it if it is a link. */
  private async watch(file: vscode.Uri): Promise<void> {
    const { followed } = this;
    this.watchFolderOf(file);
    const real = await fileBehind(file);
    if (!real || followed !== this.followed) return;
    this.behind = real.toString();
    this.watchFolderOf(real);
  }

  /** The folder, not the file, whose name would be read as a pattern. Editors replace files, so all events count. */
  private watchFolderOf(file: vscode.Uri): void {
    const folder = new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), '*');
    const watcher = vscode.workspace.createFileSystemWatcher(folder);
    const changed = (other: vscode.Uri): void => {
      if (other.toString() === file.toString()) this.compareSoon();
    };
    const events = [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete].map(on => on(changed));
    this.onDisk = [...this.onDisk, watcher, ...events];
  }

  private changed(uri: vscode.Uri): void {
    if (uri.toString() === this.watched) this.compareSoon();
  }

  private compareSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.compare(), settleMilliseconds);
  }

  private async compare(): Promise<void> {
    const uri = this.watched;
    if (uri === '') return;
    const text = await textNow(vscode.Uri.parse(uri, true));
    if (text === 'unreadable' || uri !== this.watched) return;
    this.session.compareSource(text?.now);
    const behind = (await fileBehind(vscode.Uri.parse(uri, true)))?.toString() ?? '';
    if (text && behind !== this.behind && uri === this.watched) this.followAnew(); // the link leads elsewhere now
  }
}
