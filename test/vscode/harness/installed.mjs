// Where programs are on a machine: on PATH, and where their installers put them.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * @typedef {{platform: NodeJS.Platform, env: Record<string, string | undefined>, home: string}} Machine
 * @typedef {(machine: Machine) => string[]} Places the paths at which a program may be, the likeliest first
 */

/** @type {Machine} */
export const thisMachine = { platform: process.platform, env: process.env, home: os.homedir() };

/**
 * The command of a desktop VS Code. On a Mac it is on PATH only if somebody has put it there.
 * @type {Places}
 */
export function placesOfVSCode(machine) {
  const names = ['code', 'code-insiders', 'codium'];
  const { platform, env } = machine;
  if (platform === 'darwin') {
    const apps = ['Visual Studio Code', 'Visual Studio Code - Insiders', 'VSCodium'];
    const inApp = apps.flatMap(app => ['code', 'codium'].map(name => `${app}.app/Contents/Resources/app/bin/${name}`));
    return [...onPath(machine, names), ...inApplications(machine, inApp)];
  }
  if (platform === 'win32') {
    const commands = names.map(name => `${name}.cmd`);
    const folders = ['Microsoft VS Code', 'Microsoft VS Code Insiders', 'VSCodium'];
    const roots = [env.LOCALAPPDATA && path.win32.join(env.LOCALAPPDATA, 'Programs'), ...programFiles(env)];
    const installed = commands.map((command, i) => path.win32.join(folders[i], 'bin', command));
    return [...onPath(machine, commands), ...below(roots, installed)];
  }
  return [...onPath(machine, names), ...names.flatMap(name => [`/usr/share/${name}/bin/${name}`, `/snap/bin/${name}`])];
}

/**
 * A browser of Chromium's kin.
 * @type {Places}
 */
export function placesOfBrowser(machine) {
  const { platform, env } = machine;
  const found = onPath(machine, ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    const inApp = apps.map(app => `${app}.app/Contents/MacOS/${app}`);
    return [...found, ...inApplications(machine, inApp)];
  }
  if (platform === 'win32') {
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return below([...programFiles(env), env.LOCALAPPDATA], programs);
  }
  return found;
}

/** The first of some paths at which there is something. */
export function firstThere(paths) {
  return paths.find(file => fs.existsSync(file));
}

function onPath({ platform, env }, names) {
  const { delimiter, join } = platform === 'win32' ? path.win32 : path.posix;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap(name => folders.map(folder => join(folder, name)));
}

function inApplications({ home }, files) {
  return files.flatMap(file => ['/', home].map(root => path.posix.join(root, 'Applications', file)));
}

function programFiles(env) {
  return [env.ProgramFiles, env['ProgramFiles(x86)']];
}

function below(roots, files) {
  return files.flatMap(file => roots.filter(Boolean).map(root => path.win32.join(root, file)));
}
