import * as vscode from 'vscode';
import { nameOf } from '../text/names-document';
import { plain } from '../text/markup';
import { showInformationMessage, showModalWarning } from '../text/surfaces';
import { runName } from '../text/file-name';
import { reasonOf } from '../text/file-error';
import { InputError } from '../../shared/errors';
import type { Looks } from '../../export/csv';
import { exportedFiles, type ExportedFile } from '../../export/files';
import type { StoredRun } from '../../store/run-folder';

/**
 * Asks where to, and exports a run into a folder of its own there: the model for PyTorch with a script that draws names
 * from it, losses, evaluations and diagnostics. Nothing is overwritten without a question.
 *
 * @param looks what the inspector has seen of the run, if anything
 * @throws InputError if the folder cannot be written
 */
export async function exportRun(stored: StoredRun, looks?: Looks): Promise<void> {
  const { preset, source } = stored.record;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: 'Export Here',
    title: plain(`Export ${preset.title} on ${source.name}: choose where its folder goes`),
  });
  const parent = chosen?.at(0);
  if (!parent) return;
  const folder = vscode.Uri.joinPath(parent, runName(source, preset));
  const files = exportedFiles(stored, looks);
  try {
    if (!(await mayWrite(folder, files))) return;
    await vscode.workspace.fs.createDirectory(folder);
    for (const { name, bytes } of files) await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), bytes);
  } catch (error) {
    throw new InputError(
      `${nameOf(folder)} cannot be written (${reasonOf(error)}): export the run into another folder.`,
    );
  }
  await report(folder);
}

async function mayWrite(folder: vscode.Uri, files: readonly ExportedFile[]): Promise<boolean> {
  const entries = await entriesOf(folder);
  const existing = files.map(({ name }) => name).filter(name => entries.includes(name));
  if (existing.length === 0) return true;
  const replace = 'Replace';
  const message = `${nameOf(folder)} already holds ${existing.join(', ')}. Replace ${existing.length === 1 ? 'it' : 'them'}?`;
  return (await showModalWarning(message, undefined, replace)) === replace;
}

async function entriesOf(folder: vscode.Uri): Promise<string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return [];
    throw error;
  }
}

async function report(folder: vscode.Uri): Promise<void> {
  const reveal = await revealCommand(folder);
  const message = `The run is exported to ${nameOf(folder)}. There, python sample.py draws names from it in PyTorch.`;
  const chosen = await showInformationMessage(message, ...(reveal ? [reveal.label] : []));
  if (reveal && chosen === reveal.label) await vscode.commands.executeCommand(reveal.command, folder);
}

/** Only a window on the machine that has the folder can show it outside VS Code. */
async function revealCommand(folder: vscode.Uri): Promise<{ label: string; command: string } | undefined> {
  if (vscode.workspace.getWorkspaceFolder(folder)) return { label: 'Show in Explorer', command: 'revealInExplorer' };
  const outside = 'revealFileInOS';
  const isHere = folder.scheme === 'file' && vscode.env.remoteName === undefined;
  const isKnown = (await vscode.commands.getCommands(true)).includes(outside);
  return isHere && isKnown ? { label: 'Reveal', command: outside } : undefined;
}
