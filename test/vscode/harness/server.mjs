// VS Code's own server on a free port of 127.0.0.1, on a profile of its own.
import { execFile, spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { asTree, endTree } from './process-tree.mjs';

/** Quiet, and nothing that asks the outside for anything. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'window.title': '${activeEditorShort}',
  'editor.wordBasedSuggestions': 'off', // Enter would take one in place of the line that was typed
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.quickOpen.closeOnFocusLost': false, // a webview that takes the focus late must not close a quick pick
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** Inherited settings that would make a server believe it runs inside another VS Code. */
const inherited = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/;

/**
 * @typedef {object} Server
 * @property {string} base its address, without a slash at the end
 * @property {string} token what every page must have in its address as `tkn`, once
 * @property {string} node the Node that runs it and its extension hosts
 * @property {string} profile the folder with its settings, extensions and logs
 * @property {() => string} log what the server has said
 * @property {() => number[]} extensionHosts the processes of its extension hosts that live, in the order of their start
 * @property {() => Promise<void>} endExtensionHosts
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a VS Code.
 * @param {import('./get-vscode.mjs').VSCode} vscode
 * @param {object} [options]
 * @param {string[]} [options.vsix] packages to install first
 * @param {boolean} [options.trusted] false: no folder is trusted, so windows open in Restricted Mode
 * @param {object} [options.settings] more settings of the user
 * @param {Record<string, string>} [options.env] more environment for the server and its extension hosts
 * @param {string} [options.profile] a folder that is kept; without it, a temporary one
 * @param {string} [options.port] a port or a range such as 8080-8089; without it, any free one
 * @returns {Promise<Server>}
 */
export async function startServer(vscode, options = {}) {
  const { vsix = [], trusted = true, settings = {}, profile: kept, port = '0' } = options;
  const profile = kept ?? fs.mkdtempSync(path.join(os.tmpdir(), 'makemore-vscode-'));
  const settingsFile = path.join(profile, 'data/User/settings.json');
  if (!fs.existsSync(settingsFile)) {
    fs.mkdirSync(path.dirname(settingsFile), { recursive: true });
    fs.writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  }

  const { tokenFile, token } = connectionToken(profile);
  const env = environment(options.env);
  const folders = [
    path.join(vscode.root, 'out/server-main.js'),
    '--accept-server-license-terms',
    '--server-data-dir',
    path.join(profile, 'server'),
    '--user-data-dir',
    path.join(profile, 'data'),
    '--extensions-dir',
    path.join(profile, 'extensions'),
  ];
  for (const file of vsix) {
    await promisify(execFile)(vscode.node, [...folders, '--install-extension', file, '--force'], { env });
  }

  const serving = ['--host', '127.0.0.1', '--port', port, '--telemetry-level', 'off'];
  serving.push('--connection-token-file', tokenFile);
  // a window that a test closed does not come back; by default its extension host would go on training for hours
  if (!kept) serving.push('--reconnection-grace-time', '5');
  if (trusted) serving.push('--disable-workspace-trust');
  const logFile = path.join(profile, 'server.log');
  const output = fs.openSync(logFile, 'w');
  const child = spawn(vscode.node, [...folders, ...serving], {
    env,
    stdio: ['ignore', output, output],
    ...asTree,
  });
  fs.closeSync(output);
  const log = () => fs.readFileSync(logFile, 'utf8');
  const stop = stopper(child, kept ? undefined : profile);
  try {
    const base = await listening(child, log);
    const extensionHosts = () => livingHosts(log());
    const endExtensionHosts = () => end(extensionHosts);
    return { base, token, node: vscode.node, profile, log, extensionHosts, endExtensionHosts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The secret that the server asks everybody for. A profile keeps it, so that a bookmark still works tomorrow. */
function connectionToken(profile) {
  const tokenFile = path.join(profile, 'token');
  if (!fs.existsSync(tokenFile)) {
    fs.writeFileSync(tokenFile, crypto.randomBytes(16).toString('hex'), { mode: 0o600 });
  }
  return { tokenFile, token: fs.readFileSync(tokenFile, 'utf8').trim() };
}

function livingHosts(log) {
  const pidsThat = pattern => [...log.matchAll(pattern)].map(([, pid]) => Number(pid));
  const ended = pidsThat(/<(\d+)> Extension Host Process exited/g);
  return pidsThat(/<(\d+)> Launched Extension Host Process/g).filter(pid => !ended.includes(pid));
}

async function end(hosts) {
  for (const pid of hosts()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error; // it has ended by itself
    }
  }
  while (hosts().length > 0) await delay(20); // the server says so when it has seen it
}

function environment(more) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (inherited.test(name)) delete env[name];
  }
  // no marketplace: an extension view that opens by itself would ask it
  return { ...env, EXTENSIONS_GALLERY: '{}', ...more };
}

/** Waits until the server answers; its address. */
async function listening(child, log) {
  const end = Date.now() + 30_000;
  while (child.exitCode === null && Date.now() < end) {
    const port = /agent listening on (\d+)/.exec(log())?.[1];
    const base = `http://127.0.0.1:${port}`;
    if (port && (await answers(`${base}/version`))) {
      if (await answers(base)) throw new Error(`the VS Code server on ${base} answers those who have no token`);
      return base;
    }
    await delay(50);
  }
  throw new Error(`the VS Code server did not start:\n${log()}`);
}

function answers(address) {
  return new Promise(resolve => {
    http.get(address, response => resolve(response.resume().statusCode === 200)).on('error', () => resolve(false));
  });
}

/** What is running: servers and their extension hosts are trees of their own, which outlive us if we let them. */
const running = new Set();

/** How to end a server, its extension hosts and, if it is temporary, its profile. */
function stopper(child, temporary) {
  const exited = new Promise(resolve => child.once('exit', resolve));
  const end = signal => endTree(child.pid, signal);
  const server = {
    async stop() {
      end('SIGTERM');
      await Promise.race([exited, delay(3000, undefined, { ref: false })]);
      server.abandon();
      await exited;
    },
    abandon() {
      end('SIGKILL');
      if (temporary) fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
      running.delete(server);
    },
  };
  running.add(server);
  return server.stop;
}

process.once('exit', () => running.forEach(server => server.abandon()));
for (const [signal, status] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.once(signal, () =>
    Promise.allSettled([...running].map(server => server.stop())).then(() => process.exit(status)),
  );
}
