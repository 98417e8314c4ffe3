import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, it } from 'mocha';
import { nodeProblem } from '../../../scripts/install.mjs';
import { addressOf, pathOf } from '../../vscode/harness/addresses.mjs';
import { newest, newestFor, oldest } from '../../vscode/harness/get-vscode.mjs';
import { placesOfBrowser, placesOfVSCode } from '../../vscode/harness/installed.mjs';
import { slashed } from '../../vscode/harness/places.mjs';
import { asTree, endTree } from '../../vscode/harness/process-tree.mjs';

const mac = { platform: 'darwin', env: { PATH: '/usr/bin:/opt/bin' }, home: '/Users/emma' };
const linux = { platform: 'linux', env: { PATH: '/usr/bin' }, home: '/home/emma' };
const windows = {
  platform: 'win32',
  env: {
    PATH: 'C:\\Windows;D:\\tools',
    LOCALAPPDATA: 'C:\\Users\\emma\\AppData\\Local',
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
  },
  home: 'C:\\Users\\emma',
};

describe('what is installed', () => {
  const inOrder = (places, wanted) =>
    deepStrictEqual(
      places.filter(place => wanted.includes(place)),
      wanted,
    );

  it('is VS Code, on PATH first, then where its installers put it', () => {
    inOrder(placesOfVSCode(mac), [
      '/usr/bin/code',
      '/opt/bin/code',
      '/usr/bin/codium',
      '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
      '/Users/emma/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
      '/Applications/Visual Studio Code - Insiders.app/Contents/Resources/app/bin/code',
      '/Applications/VSCodium.app/Contents/Resources/app/bin/codium',
    ]);
    inOrder(placesOfVSCode(windows), [
      'C:\\Windows\\code.cmd',
      'D:\\tools\\code.cmd',
      'C:\\Users\\emma\\AppData\\Local\\Programs\\Microsoft VS Code\\bin\\code.cmd',
      'C:\\Program Files\\Microsoft VS Code\\bin\\code.cmd',
      'C:\\Program Files\\Microsoft VS Code Insiders\\bin\\code-insiders.cmd',
      'C:\\Program Files\\VSCodium\\bin\\codium.cmd',
    ]);
    inOrder(placesOfVSCode(linux), ['/usr/bin/code', '/usr/bin/codium', '/usr/share/code/bin/code', '/snap/bin/code']);
  });

  it('is a browser, without CHROME_PATH', () => {
    inOrder(placesOfBrowser(mac), [
      '/usr/bin/chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Users/emma/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]);
    inOrder(placesOfBrowser(windows), [
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Users\\emma\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ]);
    inOrder(placesOfBrowser(linux), ['/usr/bin/chromium', '/usr/bin/google-chrome']);
  });

  it('is looked for without the variables that a system may lack', () => {
    for (const machine of [mac, windows, linux])
      for (const place of [placesOfVSCode, placesOfBrowser].flatMap(places => places({ ...machine, env: {} })))
        ok((machine.platform === 'win32' ? path.win32 : path.posix).isAbsolute(place), place);
  });
});

describe('VS Code in a browser', () => {
  const server = { base: 'http://127.0.0.1:8670', token: 'secret' };
  const asked = (folder, file, system) => {
    const { searchParams } = addressOf(server, folder, file, system);
    return [searchParams.get('tkn'), searchParams.get('folder'), JSON.parse(searchParams.get('payload'))];
  };

  it('is told paths of every system, whatever is in their names', () => {
    deepStrictEqual(asked('C:\\a b', 'C:\\a b\\50% #1.txt', { windows: true }), [
      'secret',
      '/C:/a b',
      [['openFile', 'vscode-remote://127.0.0.1:8670/C:/a%20b/50%25%20%231.txt']],
    ]);
    deepStrictEqual(asked('/a b', '/a b/50% #1.txt', { windows: false }), [
      'secret',
      '/a b',
      [['openFile', 'vscode-remote://127.0.0.1:8670/a%20b/50%25%20%231.txt']],
    ]);
    strictEqual(pathOf('C:\\a#b', { windows: true }), '/C:/a#b');
    strictEqual(addressOf(server, '/a').searchParams.get('payload'), null);
  });

  it('is the newest that Node can serve', () => {
    strictEqual(newestFor('20.19.0', 'darwin'), oldest);
    strictEqual(newestFor('22.14.0', 'win32'), oldest);
    strictEqual(newestFor('22.15.0', 'win32'), newest);
    strictEqual(newestFor('24.0.0', 'darwin'), newest);
    strictEqual(newestFor('20.19.0', 'linux'), newest, 'with a newer Node from the registry');
  });
});

describe('a Node that is too old', () => {
  it('is told which one to install', () => {
    for (const version of ['20.19.0', '20.20.2', '22.9.0', '24.0.0', '100.1.0'])
      strictEqual(nodeProblem(version), undefined);
    strictEqual(nodeProblem('18.20.4'), 'Makemore needs Node 20.19 or newer, and this is 18.20.4: install Node 24.');
    strictEqual(nodeProblem('20.9.0'), 'Makemore needs Node 20.19 or newer, and this is 20.9.0: install Node 24.');
  });
});

describe('paths of the tests', () => {
  it('have slashes on every system', () => {
    strictEqual(slashed('test\\unit\\a.test.ts', '\\'), 'test/unit/a.test.ts');
    strictEqual(slashed('test/unit/a\\b.test.ts', '/'), 'test/unit/a\\b.test.ts', 'where that is part of a name');
  });
});

describe('a process that is ended', () => {
  it('ends with those that it has started', async () => {
    const sleep = 'setTimeout(() => {}, 60_000)';
    const child = `require('node:child_process').spawn(process.execPath, ['-e', '${sleep}'], { stdio: 'inherit' })`;
    const script = `${child}.on('spawn', () => console.log('both run')); ${sleep};`;
    const parent = spawn(process.execPath, ['-e', script], { ...asTree, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(parent.stdout, 'data');
    const begun = performance.now();
    endTree(parent.pid, 'SIGTERM');
    await once(parent.stdout, 'close'); // which both have open
    ok(performance.now() - begun < 20_000);
    endTree(parent.pid, 'SIGTERM'); // it is gone
  });

  it('ends so on Windows too, which knows no groups of processes', () => {
    const calls = [];
    const system = { windows: true, kill: () => ok(false), run: (...call) => calls.push(call.slice(0, 2)) };
    endTree(7, 'SIGTERM', system);
    deepStrictEqual(calls, [['taskkill', ['/pid', '7', '/T', '/F']]]);
  });
});
