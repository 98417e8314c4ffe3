// npm start: VS Code with this extension and the sample names. Where there is a desktop and a VS Code, that; else, or
// with --browser, a real VS Code served on 127.0.0.1 for a browser. Its profile is kept in .vscode-test/start-profile.
import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { getVSCode } from '../test/vscode/harness/get-vscode.mjs';
import { cache, inRepository, repository } from '../test/vscode/harness/places.mjs';
import { startServer } from '../test/vscode/harness/server.mjs';
import { packageExtension } from './package.mjs';

/** A copy in a folder of its own, so that a person may do with it as they like. */
const namesFile = path.join(cache, 'names', 'names.txt');
const ports = '8670-8699'; // a range that stays the same, since a browser remembers layouts by address

/** What differs from the tests' settings: this one is for a person. They are written once; then the person's own count. */
const settings = {
  'editor.accessibilitySupport': 'auto',
  'files.autoSave': 'off',
  'workbench.quickOpen.closeOnFocusLost': true,
  'workbench.reduceMotion': 'auto',
};

ensureInstalled();
const build = spawnSync(process.execPath, [inRepository('esbuild.js')], { cwd: repository, stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
fs.mkdirSync(path.dirname(namesFile), { recursive: true });
if (!fs.existsSync(namesFile)) fs.copyFileSync(inRepository('media/names.txt'), namesFile);
const desktop = process.argv.includes('--browser') ? undefined : findDesktop();
if (desktop) openDesktop(desktop);
else await serve();

/** A desktop VS Code that can show a window here; not the `code` of a remote terminal, which belongs to another window. */
function findDesktop() {
  const { platform, env } = process;
  const hasDisplay = platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY;
  if (!hasDisplay || env.VSCODE_IPC_HOOK_CLI) return undefined;
  const name = platform === 'win32' ? 'code.cmd' : 'code';
  const files = (env.PATH ?? '').split(path.delimiter).map(folder => path.join(folder, name));
  return files.find(file => fs.existsSync(file) && !fs.realpathSync(file).includes('remote-cli'));
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
  const { tokenFile, token } = connectionToken(profile);
  const vsix = [packageExtension()];
  const server = await startServer(await getVSCode(), { vsix, settings, profile, port: ports, tokenFile });

  const address = new URL(server.base);
  address.searchParams.set('tkn', token);
  address.searchParams.set('folder', path.dirname(namesFile));
  const payload = [['openFile', `vscode-remote://${address.host}${namesFile}`]];
  address.searchParams.set('payload', JSON.stringify(payload));
  await checkThatItLoads(address);
  console.log(`
VS Code with the extension and the sample names is ready. Open this address in a browser:

  ${address.href}

Then press F1 and type "Makemore". Only this machine can reach it. Press Ctrl+C here to stop it.`);
}

/** The secret without which the server answers nobody; it stays the same, so that a bookmark works tomorrow. */
function connectionToken(profile) {
  const tokenFile = path.join(profile, 'token');
  fs.mkdirSync(profile, { recursive: true });
  if (!fs.existsSync(tokenFile)) {
    fs.writeFileSync(tokenFile, crypto.randomBytes(16).toString('hex'), { mode: 0o600 });
  }
  return { tokenFile, token: fs.readFileSync(tokenFile, 'utf8').trim() };
}

/** Asks for the page and its script as a browser would: first with the token, which is answered with a cookie. */
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
