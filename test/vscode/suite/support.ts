import { strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MakemoreApi } from '../../../src/host/extension';
import { defaultRunOptions, type EngineId, type RunOptions } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';

export const names = 'emma\nolivia\nava\nisabella\nsophia\ncharlotte\nmia\namelia\nharper\nevelyn\nabigail\nemily\n';

const extensionId = 'makemore.makemore';

export function options(engine: EngineId): RunOptions {
  return { ...defaultRunOptions, engine };
}

export async function makemore(): Promise<MakemoreApi> {
  const extension = vscode.extensions.getExtension<MakemoreApi>(extensionId);
  if (!extension) throw new Error(`${extensionId} is not installed.`);
  return extension.activate();
}

/** Waits until a condition holds, looking every 20 ms. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  milliseconds = 15_000,
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${milliseconds} ms in vain until ${what}.`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

export async function untilState(what: string, holds: (state: RunState) => boolean): Promise<RunState> {
  const { session } = await makemore();
  await until(what, () => holds(session.state));
  return session.state;
}

export async function openText(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

/**
 * Runs Train on what is in front, or on a file, and chooses a preset. The quick pick itself is the end-to-end
 * scenarios' part; from in here it cannot be seen.
 *
 * @returns the milliseconds from the choice to the first loss, or to the command's end where no loss is awaited
 */
export async function train(
  preset: string,
  { uri, awaitLoss = true }: { uri?: vscode.Uri; awaitLoss?: boolean } = {},
): Promise<number> {
  const { session } = await makemore();
  const before = session.state;
  const { showQuickPick } = vscode.window;
  let start = 0;
  const choose = async (items: readonly vscode.QuickPickItem[]): Promise<vscode.QuickPickItem | undefined> => {
    start = performance.now();
    return Promise.resolve(items.find(item => item.description === preset));
  };
  try {
    Object.assign(vscode.window, { showQuickPick: choose });
    await vscode.commands.executeCommand('makemore.train', uri);
  } finally {
    Object.assign(vscode.window, { showQuickPick });
  }
  if (awaitLoss) await until('the loss moves', () => session.state !== before && session.state.losses.length > 0);
  return performance.now() - start;
}

/** The first error message that a person is shown meanwhile. */
export async function errorShownBy(action: () => Promise<unknown>): Promise<string> {
  const { showErrorMessage } = vscode.window;
  try {
    return await new Promise<string>((resolve, reject) => {
      const show = (message: string): Promise<undefined> => {
        resolve(message);
        return Promise.resolve(undefined);
      };
      Object.assign(vscode.window, { showErrorMessage: show });
      action().catch(reject);
    });
  } finally {
    Object.assign(vscode.window, { showErrorMessage });
  }
}

/**
 * Does something while a person would answer any question of that kind so.
 *
 * @param answer or what gives it, told what was asked
 */
export async function answering(
  kind: 'showInputBox' | 'showInformationMessage' | 'showOpenDialog' | 'showQuickPick' | 'showWarningMessage',
  answer: unknown,
  action: () => unknown,
): Promise<void> {
  const { [kind]: asked } = vscode.window;
  const reply = (...question: unknown[]): Promise<unknown> =>
    Promise.resolve(typeof answer === 'function' ? (answer as (...told: unknown[]) => unknown)(...question) : answer);
  try {
    Object.assign(vscode.window, { [kind]: reply });
    await action();
  } finally {
    Object.assign(vscode.window, { [kind]: asked });
  }
}

export async function stopTraining(): Promise<void> {
  const { session } = await makemore();
  session.send({ type: 'stop' });
  await until('the training has stopped', () => !['starting', 'running', 'paused'].includes(session.state.status));
}

export async function closeAll(): Promise<void> {
  await stopTraining();
  for (const tab of vscode.window.tabGroups.all.flatMap(group => group.tabs))
    if (tab.input instanceof vscode.TabInputText) {
      const document = vscode.workspace.textDocuments.find(
        d => d.uri.toString() === (tab.input as vscode.TabInputText).uri.toString(),
      );
      if (document?.isDirty) {
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }
    }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  strictEqual(vscode.window.tabGroups.all.flatMap(group => group.tabs).length, 0);
}

/** Files in memory, from a provider that an extension might bring: sizes can be told without content. */
class MemoryFiles implements vscode.FileSystemProvider {
  static readonly scheme = 'memory';
  private readonly files = new Map<string, { bytes: Uint8Array; size: number }>();
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;
  reads = 0;

  add(path: string, content: string | Uint8Array, size?: number): vscode.Uri {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.files.set(path, { bytes, size: size ?? bytes.length });
    return vscode.Uri.from({ scheme: MemoryFiles.scheme, path });
  }

  remove(path: string): void {
    this.files.delete(path);
    const uri = vscode.Uri.from({ scheme: MemoryFiles.scheme, path });
    this.changes.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path === '/') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.find(uri).size };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    this.reads++;
    return this.find(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    this.files.set(uri.path, { bytes, size: bytes.length });
    this.changes.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map(path => [path.slice(1), vscode.FileType.File]);
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  private find(uri: vscode.Uri): { bytes: Uint8Array; size: number } {
    const file = this.files.get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}

/** Documents in memory for the tests of a suite, as another extension would provide them. */
export function provideMemoryFiles(): MemoryFiles {
  const files = new MemoryFiles();
  let registration: vscode.Disposable;
  before(() => {
    registration = vscode.workspace.registerFileSystemProvider(MemoryFiles.scheme, files, { isCaseSensitive: true });
  });
  after(() => {
    registration.dispose();
  });
  return files;
}
