/** Of an address, as `vscode.Uri` has it. */
interface Place {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/**
 * Whether a file may be watched and read before anybody asks for it. The file of a run that was opened can have any address,
 * and even to look whether it is there may ask another machine. So it is a file of this machine, or it stands where a folder
 * or a document is open anyway. For all others a person has to press a button that needs the file.
 *
 * @param open folders and documents
 */
export function isWithinReach({ scheme, authority, path }: Place, open: readonly Place[]): boolean {
  if (path.startsWith('//')) return false; // on Windows this is another machine too
  const isHere = scheme === 'untitled' || (scheme === 'file' && authority === '');
  return isHere || open.some(other => other.scheme === scheme && other.authority === authority);
}
