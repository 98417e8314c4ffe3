import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Session } from './session';
import { messageOf } from '../../shared/errors';
import type { RunState } from '../../shared/run-state';
import { decodeSnapshot, encodeSnapshot, mostSnapshotBytes } from './snapshot';
import { LastPictures } from '../../store/last-pictures';

/** While something trains, its pictures are written at most this often. */
const pauseMilliseconds = 2000;
/** How long to wait for the previous window, which may still be closing. */
const patienceMilliseconds = 2000;
const lookMilliseconds = 100;

/**
 * Keeps the last pictures on disk, so that they are there after the window has been reloaded. It uses Node's file system:
 * VS Code's goes through the window, which may be closing, and renames by deleting the old file first. It does not use the
 * folder that VS Code gives each window for its workspace: while another window has the same workspace open, or has just
 * closed it, the folder after the next reload is a different one.
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
    this.version = (context.extension.packageJSON as { version: string }).version; // any, as VS Code types it
    this.subscription = session.onEvent(() => this.follow());
  }

  /** Shows what the previous window left, if anything, unless a run has started in the meantime. */
  async recall(): Promise<void> {
    const end = Date.now() + patienceMilliseconds;
    // Asked before each attempt, so that pictures left in between are not missed.
    let mayWait = await this.pictures.othersHave();
    while (!(await this.recallNow()) && mayWait) {
      await delay(lookMilliseconds);
      mayWait = Date.now() < end && (await this.pictures.othersHave());
    }
    void this.clear();
  }

  /** Writes the current pictures, unless that has been done. */
  write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.replace());
    return this.writing;
  }

  /** The window is closing or reloading: leaves the current pictures for the next one. */
  async leave(): Promise<void> {
    this.subscription.dispose();
    await this.write();
    await this.pictures.leave();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  /** @returns whether there is nothing left to wait for */
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

  /** Writes pictures at once when a run pauses or ends, and otherwise after a while. */
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
      if (state.status === 'idle') await this.pictures.remove(); // the run was deleted, and must not come back
      if (state.info)
        await this.pictures.write(encodeSnapshot({ state, fingerprint: taken.fingerprint }, this.version));
    } catch (error) {
      this.log.warn(`The last pictures could not be written: ${messageOf(error)}`);
    }
  }
}

/** What is open in this window. */
export function workspace(): string {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  return [workspaceFile, ...workspaceFolders.map(({ uri }) => uri)].join('\n');
}
