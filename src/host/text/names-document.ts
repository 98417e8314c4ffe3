import { extname } from 'node:path/posix';
import * as vscode from 'vscode';
import { binaryFile } from './binary';
import { readBehindLink } from './linked-file';
import { isWithinReach } from './reachable';
import { FileError, reasonOf } from './file-error';
import { InputError } from '../../shared/errors';
import { checkFileSize } from '../../shared/limits';
import type { Source } from '../../shared/run';

/**
 * The text in front. If that is a page, such as the inspector or the walkthrough, it is the one text in sight beside it.
 *
 * @returns undefined if something else is in front, such as a picture, or several texts are in sight
 */
export function documentInFront(): vscode.Uri | undefined {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  const { activeTab } = activeTabGroup;
  const inFront = activeTab && textIn(activeTab);
  if (inFront) return inFront;
  if (activeTab && !(activeTab.input instanceof vscode.TabInputWebview) && activeTab.input !== undefined)
    return undefined;
  const inSight = all.flatMap(group => (group.activeTab && textIn(group.activeTab)) ?? []);
  return new Set(inSight.map(String)).size === 1 ? inSight.at(0) : undefined;
}

/** The texts that have tabs, those in sight first. */
export function openTexts(): readonly vscode.Uri[] {
  const { all } = vscode.window.tabGroups;
  const tabs = all.flatMap(group => group.tabs).toSorted((a, b) => Number(b.isActive) - Number(a.isActive));
  const uris = tabs.flatMap(tab => textIn(tab) ?? []);
  return [...new Map(uris.map(uri => [uri.toString(), uri])).values()];
}

/** Tabs, not editors: for a file that is too large, extensions see a tab, but no editor. */
function textIn({ input, isActive }: vscode.Tab): vscode.Uri | undefined {
  if (input instanceof vscode.TabInputText) return input.uri;
  if (input instanceof vscode.TabInputCustom) return binaryFile.test(extname(input.uri.path)) ? undefined : input.uri;
  if (!(input instanceof vscode.TabInputTextDiff)) return undefined;
  const withFocus = isActive ? vscode.window.activeTextEditor?.document.uri.toString() : undefined;
  return withFocus === input.original.toString() ? input.original : input.modified;
}

/** As in the title of its tab. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

/**
 * The text as it is in the editor, saved or not.
 *
 * @throws InputError if it is too large, which is checked before it is read, or not a text
 */
export async function readDocument(uri: vscode.Uri): Promise<{ text: string; source: Source }> {
  const name = nameOf(uri);
  const bytes = await sizeOf(uri);
  if (bytes !== undefined) checkFileSize(name, bytes);
  try {
    const text = await textOf(uri);
    checkFileSize(name, text.length);
    return { text, source: { name, uri: uri.toString() } };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new FileError(`${name} cannot be read (${reasonOf(error)}): open a text file with one name per line.`);
  }
}

/**
 * The text of a file that was trained on before, as it is now.
 *
 * @throws InputError if it is gone, or cannot be trained on any more
 */
export async function readAgain({ name, uri }: Source): Promise<string> {
  const file = vscode.Uri.parse(uri, true);
  if (await isGone(file))
    throw new FileError(`${name} is gone: open a file of names and run Makemore: Train on This File.`);
  return (await readDocument(file)).text;
}

/**
 * The text of a document as it is now, without a word to anybody.
 *
 * @returns undefined if there is none any more. A document that cannot be read just now is not one that has changed.
 */
export async function textNow(uri: vscode.Uri): Promise<{ readonly now: string } | 'unreadable' | undefined> {
  if (!hasTab(uri) && (await isGone(uri))) return undefined; // a document without a tab can outlive its file
  try {
    return { now: await textOf(uri) };
  } catch {
    return 'unreadable';
  }
}

async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
  return (await readBehindLink(uri, open)) ?? (await vscode.workspace.openTextDocument(uri)).getText();
}

/** Whether the document has a tab, loaded or not; a comparison has two. */
function hasTab(uri: vscode.Uri): boolean {
  return openUris().some(open => open.toString() === uri.toString());
}

/** The documents that have tabs. */
function openUris(): vscode.Uri[] {
  return vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .flatMap(({ input }) => {
      if (input instanceof vscode.TabInputText) return [input.uri];
      return input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
    });
}

/** Whether the file of a run may be watched and read before anybody asks for it. */
export function mayLookAt(uri: vscode.Uri): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return isWithinReach(uri, [...folders.map(folder => folder.uri), ...openUris()]);
}

/**
 * Whether a file was deleted, or an untitled document closed: opening that would create an empty one. What cannot be asked
 * is not gone: a document of an extension has no file.
 */
export async function isGone(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === 'untitled') return !hasTab(uri);
  try {
    await vscode.workspace.fs.stat(uri);
    return false;
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound'; // other providers have no files to look for
  }
}

/** In bytes; undefined if there is no file yet, as for an untitled document. */
async function sizeOf(uri: vscode.Uri): Promise<number | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch {
    return undefined;
  }
}

/** The document as it is now; undefined if it is gone. A closed untitled document would come back empty. */
export async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
  if (open || uri.scheme === 'untitled') return open;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
