// The addresses of files and folders in a VS Code that is served to a browser.
import { pathToFileURL } from 'node:url';

/**
 * The address of a page that shows a folder.
 * @param {import('./server.mjs').Server} server
 * @param {string} folder an absolute path
 * @param {string} [file] an absolute path of a file to open
 * @param {{windows?: boolean}} [system] whose paths they are
 */
export function addressOf({ base, token }, folder, file, system) {
  const address = new URL(base);
  address.searchParams.set('tkn', token);
  address.searchParams.set('folder', pathOf(folder, system));
  if (file !== undefined) {
    const { pathname } = pathToFileURL(file, system);
    const payload = [['openFile', `vscode-remote://${address.host}${pathname}`]];
    address.searchParams.set('payload', JSON.stringify(payload));
  }
  return address;
}

/** A path as VS Code's addresses have it: with slashes, the first one too, also on Windows. */
export function pathOf(file, system) {
  return decodeURIComponent(pathToFileURL(file, system).pathname);
}
