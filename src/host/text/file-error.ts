import * as vscode from 'vscode';
import { InputError, messageOf } from '../../shared/errors';

/** A file that cannot be trained on: another one can be chosen. */
export class FileError extends InputError {}

const reasons: Readonly<Record<string, string>> = {
  FileNotFound: 'it is not there',
  FileIsADirectory: 'it is a folder',
  FileNotADirectory: 'its folder is none',
  NoPermissions: 'permission denied',
  Unavailable: 'it is not available just now',
};

/** Why VS Code could not read or write a file, without the addresses that its messages have. */
export function reasonOf(error: unknown): string {
  const known = error instanceof vscode.FileSystemError ? reasons[error.code] : undefined;
  const message = messageOf(error);
  if (known !== undefined) return known;
  if (/\bbinary\b/i.test(message)) return 'it is a binary file';
  const detail = /\bDetail: (?<detail>.*)$/s.exec(message)?.groups?.detail ?? message;
  return detail.replace(/[a-z][a-z0-9+.-]+:\/\S*\/(?<name>[^\s/'"]+)/gi, '$<name>');
}
