// Where things are: the repository, the cache that git ignores, and what the tests leave behind.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../../', import.meta.url)).replace(/[\\/]$/, '');

/** Downloads and the profile of `npm start`; may be deleted at any time. */
export const cache = path.join(repository, '.vscode-test');

/** Everything a test run writes: bundled tests, the .vsix, results, screenshots. */
export const out = path.join(repository, 'out');

export const screenshots = path.join(out, 'screenshots');

/** A path inside the repository. */
export const inRepository = (...parts) => path.join(repository, ...parts);

/** A path with the slashes that imports and globs have on every system. */
export const slashed = (file, separator = path.sep) => file.replaceAll(separator, '/');
