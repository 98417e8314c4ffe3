// Fills the cache that the tests in VS Code and in a browser take theirs from. Where it is filled it takes no time.
import { getBrowser } from './harness/browser.mjs';
import { getVSCode, newest, oldest } from './harness/get-vscode.mjs';

await Promise.all([getVSCode(newest), getVSCode(oldest), getBrowser()]);
