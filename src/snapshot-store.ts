import * as vscode from 'vscode';
import type { Session } from './session';
import { messageOf } from './shared/errors';
import type { RunState } from './shared/run-state';
import { decodeSnapshot, encodeSnapshot } from './snapshot';

/** While something trains, its pictures are written no more often than this. */
const pauseMilliseconds = 2000;

/** Keeps the last pictures on disk, so that they are there after the window was reloaded. */
export class SnapshotStore implements vscode.Disposable {
  private readonly folder: vscode.Uri;
  private readonly version: string;
  private readonly subscription: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  private writing = Promise.resolve();
  private written: RunState | undefined;
  private status = '';

  constructor(
    context: Pick<vscode.ExtensionContext, 'storageUri' | 'globalStorageUri' | 'extension'>,
    private readonly session: Session,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.folder = context.storageUri ?? context.globalStorageUri; // a window without a folder has none of its own
    this.version = (context.extension.packageJSON as { version: string }).version;
    this.subscription = session.onEvent(() => this.follow());
  }

  /** Shows what the window before has left, if anything. */
  async recall(): Promise<void> {
    const bytes = await this.read();
    if (!bytes) return;
    const snapshot = decodeSnapshot(bytes, this.version);
    if (snapshot) this.session.recall(snapshot);
    else this.log.warn('The last pictures are damaged or of another version of Makemore: they are left out.');
  }

  /** Writes what there is to see now, unless it is written already. */
  write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.replace());
    return this.writing;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  /** When a run pauses or ends its pictures are written at once, else after a while. */
  private follow(): void {
    const { status } = this.session.state;
    const rests = status !== this.status && status !== 'running';
    this.status = status;
    if (rests) void this.write();
    else this.timer ??= setTimeout(() => void this.write(), pauseMilliseconds);
  }

  /** Under another name first: whoever reads finds the old file or the new one, whole. */
  private async replace(): Promise<void> {
    const { state, taken } = this.session;
    if (state === this.written || state.restored) return;
    if (state.status === 'idle') await this.remove();
    if (!state.info) return;
    this.written = state;
    try {
      const unfinished = vscode.Uri.joinPath(this.folder, 'unfinished');
      const bytes = encodeSnapshot({ state, fingerprint: taken.fingerprint }, this.version);
      await vscode.workspace.fs.createDirectory(this.folder);
      await vscode.workspace.fs.writeFile(unfinished, bytes);
      await vscode.workspace.fs.rename(unfinished, this.file(), { overwrite: true });
    } catch (error) {
      this.log.warn(`The last pictures could not be written: ${messageOf(error)}`);
    }
  }

  /** The run was deleted, so nothing of it is to come back. */
  private async remove(): Promise<void> {
    try {
      await vscode.workspace.fs.delete(this.file());
    } catch {
      // there was none
    }
  }

  private async read(): Promise<Uint8Array | undefined> {
    try {
      return await vscode.workspace.fs.readFile(this.file());
    } catch {
      return undefined; // nothing has been trained here yet
    }
  }

  private file(): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, 'last-pictures');
  }
}
