// npm start: VS Code with this extension and the sample names. Uses an installed VS Code if there is one; otherwise, or
// with --browser, serves a real VS Code to a browser on 127.0.0.1, with a profile in .vscode-test/start-profile.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { addressOf } from '../test/vscode/harness/addresses.mjs';
import { getVSCode, newestFor } from '../test/vscode/harness/get-vscode.mjs';
import { placesOfVSCode, thisMachine } from '../test/vscode/harness/installed.mjs';
import { cache, inRepository, repository } from '../test/vscode/harness/places.mjs';
import { startServer } from '../test/vscode/harness/server.mjs';
import { packageExtension } from './package.mjs';

/** A copy in a folder of its own, which may be edited freely. */
const namesFile = path.join(cache, 'names', 'names.txt');
const ports = '8670-8699'; // always the same range, since a browser remembers layouts by address

/** They differ from the tests' settings, since a person works here. They are written once; the person may change them. */
const settings = {
  'editor.accessibilitySupport': 'auto',
  'files.autoSave': 'off',
  'workbench.quickOpen.closeOnFocusLost': true,
  'workbench.reduceMotion': 'auto',
};

try {
  await start();
} catch (error) {
  console.error(error.message); // which says what to do
  process.exitCode = 1;
}

async function start() {
  ensureInstalled();
  const build = spawnSync(process.execPath, [inRepository('esbuild.js')], { cwd: repository, stdio: 'inherit' });
  if (build.status !== 0) throw new Error('The extension could not be built.');
  fs.mkdirSync(path.dirname(namesFile), { recursive: true });
  if (!fs.existsSync(namesFile)) fs.copyFileSync(inRepository('media/names.txt'), namesFile);
  const desktop = process.argv.includes('--browser') ? undefined : findDesktop();
  if (desktop) openDesktop(desktop);
  else await serve();
}

/** A desktop VS Code that can open a window here. The `code` of a remote terminal is none: it belongs to another window. */
function findDesktop() {
  const { platform, env } = thisMachine;
  const hasDisplay = platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY;
  if (!hasDisplay || env.VSCODE_IPC_HOOK_CLI) return undefined;
  const places = placesOfVSCode(thisMachine).filter(file => fs.existsSync(file));
  return places.find(file => !fs.realpathSync(file).includes('remote-cli'));
}

function openDesktop(code) {
  console.log('Opening VS Code with the extension and the sample names.');
  const shell = process.platform === 'win32'; // .cmd files need one
  const quoted = text => (shell ? `"${text}"` : text);
  const child = spawn(quoted(code), [quoted(`--extensionDevelopmentPath=${repository}`), quoted(namesFile)], {
    stdio: 'inherit',
    shell,
  });
  child.on('exit', status => (process.exitCode = status ?? 1));
}

async function serve() {
  console.log('Preparing a VS Code for your browser; the first time this takes a while.');
  const profile = path.join(cache, 'start-profile');
  const vsix = [packageExtension()];
  const server = await startServer(await getVSCode(newestFor()), { vsix, settings, profile, port: ports });
  const address = addressOf(server, path.dirname(namesFile), namesFile);
  await checkThatItLoads(address);
  console.log(`
VS Code with the extension and the sample names is ready. Open this address in a browser:

  ${address.href}

Then press F1 and type "Makemore". Only this machine can reach it. Press Ctrl+C here to stop it.`);
}

/** Loads the page and its script as a browser would: the token in the address is answered with a cookie for the rest. */
async function checkThatItLoads(address) {
  const greeting = await fetch(address, { redirect: 'manual' });
  const cookie = (greeting.headers.get('set-cookie') ?? '').split(';')[0];
  const page = await fetch(new URL(greeting.headers.get('location') ?? address, address), { headers: { cookie } });
  const script = /src="([^"]+workbench\.js)"/.exec(await page.text())?.[1];
  const answer = script && (await fetch(new URL(script, address), { headers: { cookie } }));
  if (!page.ok || !answer?.ok) {
    throw new Error(`VS Code was started, but its page does not load: ${page.status} ${answer?.status ?? ''}`);
  }
  await answer.body.cancel();
}
