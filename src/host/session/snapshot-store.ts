import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Session } from './session';
import { messageOf } from '../../shared/errors';
import type { RunState } from '../../shared/run-state';
import { decodeSnapshot, encodeSnapshot, mostSnapshotBytes } from './snapshot';
import { LastPictures } from '../../store/last-pictures';

/** While something trains, its pictures are written no more often than this. */
const pauseMilliseconds = 2000;
/** The window before may be on its way out for so long, */
const patienceMilliseconds = 2000;
/** and is looked for so often. */
const lookMilliseconds = 100;

/**
 * Keeps the last pictures on the disk, so that they are there after the window was reloaded. By Node's own file system:
 * VS Code's asks the window, which may be on its way out, and its rename removes the old file first. Not in the folder
 * that VS Code gives each window for its workspace: while another window is open there, or has just been closed, it is
 * another folder than the one after the next reload.
 */
export class SnapshotStore implements vscode.Disposable {
  private readonly pictures: LastPictures;
  private readonly version: string;
  private readonly subscription: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  private writing = Promise.resolve();
  private written: RunState | undefined;
  private status = '';

  constructor(
    context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'extension'>,
    private readonly session: Session,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.pictures = new LastPictures(join(context.globalStorageUri.fsPath, 'last-pictures'), workspace());
    this.version = (context.extension.packageJSON as { version: string }).version;
    this.subscription = session.onEvent(() => this.follow());
  }

  /** Shows what the window before has left, if anything, unless something else is to be seen by then. */
  async recall(): Promise<void> {
    const end = Date.now() + patienceMilliseconds;
    while (!(await this.recallNow()) && (await this.pictures.othersHave()) && Date.now() < end)
      await delay(lookMilliseconds);
    void this.clear();
  }

  /** Writes what there is to see now, unless it is written already. */
  write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.replace());
    return this.writing;
  }

  /** The window closes or is reloaded: what is to be seen now is to be seen then. */
  async leave(): Promise<void> {
    this.subscription.dispose();
    await this.write();
    await this.pictures.leave();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  /** @returns whether there is nothing to wait for any more */
  private async recallNow(): Promise<boolean> {
    if (this.session.state.status !== 'idle') return true;
    const bytes = await this.pictures.take(mostSnapshotBytes);
    if (!bytes) return false;
    const snapshot = decodeSnapshot(bytes, this.version);
    if (snapshot) this.session.recall(snapshot);
    else this.log.warn('The last pictures are damaged or of another version of Makemore: they are left out.');
    return true;
  }

  private async clear(): Promise<void> {
    try {
      await this.pictures.clear();
    } catch (error) {
      this.log.warn(`Old pictures could not be cleared away: ${messageOf(error)}`);
    }
  }

  /** When a run pauses or ends its pictures are written at once, else after a while. */
  private follow(): void {
    const { status } = this.session.state;
    const rests = status !== this.status && status !== 'running';
    this.status = status;
    if (rests) void this.write();
    else this.timer ??= setTimeout(() => void this.write(), pauseMilliseconds);
  }

  private async replace(): Promise<void> {
    const { state, taken } = this.session;
    if (state === this.written || state.restored) return;
    this.written = state;
    try {
      if (state.status === 'idle') await this.pictures.remove(); // the run was deleted: nothing is to come back
      if (state.info)
        await this.pictures.write(encodeSnapshot({ state, fingerprint: taken.fingerprint }, this.version));
    } catch (error) {
      this.log.warn(`The last pictures could not be written: ${messageOf(error)}`);
    }
  }
}

/** What is open in this window. */
function workspace(): string {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  return [workspaceFile, ...workspaceFolders.map(({ uri }) => uri)].join('\n');
}
