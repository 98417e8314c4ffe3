import * as vscode from 'vscode';

/** Files in memory, as another extension might provide them. Their size can be given without content. */
class MemoryFiles implements vscode.FileSystemProvider {
  static readonly scheme = 'memory';
  private readonly files = new Map<string, { bytes: Uint8Array; size: number }>();
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;
  reads = 0;
  /** Why nothing can be read just now. */
  problem: Error | undefined;

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
    if (this.problem) throw this.problem;
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

/** Provides files in memory during the tests of a suite. */
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
