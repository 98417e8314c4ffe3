import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Session } from './session';
import { messageOf } from './shared/errors';
import type { RunState } from './shared/run-state';
import { decodeSnapshot, encodeSnapshot, mostSnapshotBytes } from './snapshot';

/** While something trains, its pictures are written no more often than this. */
const pauseMilliseconds = 2000;

/**
 * Keeps the last pictures on the disk, so that they are there after the window was reloaded. By Node's own file system:
 * VS Code's asks the window, which may be on its way out, and its rename removes the old file first.
 */
export class SnapshotStore implements vscode.Disposable {
  private readonly folder: string;
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
    const { storageUri, globalStorageUri } = context;
    this.folder = (storageUri ?? globalStorageUri).fsPath; // a window without a folder has none of its own
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
    this.written = state;
    try {
      if (state.status === 'idle') await rm(this.file(), { force: true }); // the run was deleted: nothing is to come back
      if (!state.info) return;
      const unfinished = join(this.folder, 'unfinished');
      const bytes = encodeSnapshot({ state, fingerprint: taken.fingerprint }, this.version);
      await mkdir(this.folder, { recursive: true });
      await writeFile(unfinished, bytes);
      await rename(unfinished, this.file());
    } catch (error) {
      this.log.warn(`The last pictures could not be written: ${messageOf(error)}`);
    }
  }

  /** What is larger than any that was written is as good as empty. */
  private async read(): Promise<Uint8Array | undefined> {
    try {
      const { size } = await stat(this.file());
      return size <= mostSnapshotBytes ? await readFile(this.file()) : new Uint8Array(0);
    } catch {
      return undefined; // nothing has been trained here yet
    }
  }

  private file(): string {
    return join(this.folder, 'last-pictures');
  }
}
