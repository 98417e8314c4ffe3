// A real VS Code from the npm registry alone: the package code-server carries VS Code's own server and web workbench.
// No post-install script, no compiler and no root are needed. `node get-vscode.mjs 4.139.1` fills the cache.
import fs from 'node:fs';
import path from 'node:path';
import { fetchNode } from './node.mjs';
import { cached, npm, unpack } from './npm.mjs';
import { isMain } from './script.mjs';
import { spdlogStandIn, watchdogStandIn } from './stand-ins.mjs';

/** code-server 4.x.y is VS Code 1.x.y. `node` is the oldest Node that its server runs on. */
const releases = {
  '4.139.1': {
    node: [22, 15],
    integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
  },
  '4.100.3': {
    node: [20, 0],
    integrity: 'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
  },
};

/** What the tests run in: today's VS Code, and the oldest that package.json's engines allows. */
export const newest = '4.139.1';
export const oldest = '4.100.3';

const platform = `${process.platform}-${process.arch}`;
const ripgrep = {
  spec: `@vscode/ripgrep-${platform}@1.18.0`,
  integrity: {
    'linux-x64': 'sha512-mQ3bVrUpnD2vs7QT0vX90Lt0cnUq467uFtEktIdsJJmW296RoSULRGqWgzG1AKxyBpNDD6l4ZO4qKf6SgyC23Q==',
  }[platform],
};

/** Left out: large, and never loaded in a test. */
const unusedExtensions = ['copilot', 'mermaid-markdown-features', 'microsoft-authentication'];
const unusedDependencies = [
  '@devcontainers/cli',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/copilot-api',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  'kerberos',
  'ssh2',
];

/**
 * @typedef {{node: string, root: string, version: string}} VSCode the Node that runs it, the folder of its server,
 * and VS Code's own version
 */

/**
 * Fetches a VS Code into the cache, if it is not there yet.
 * @param {keyof typeof releases} release
 * @returns {Promise<VSCode>}
 */
export async function getVSCode(release = newest) {
  const pin = releases[release];
  if (!pin) throw new Error(`no code-server ${release} is pinned; there are ${Object.keys(releases).join(', ')}`);
  const node = await nodeFor(pin.node);
  const folder = await cached(`code-server-${release}`, async unfinished => {
    const skipped = unusedExtensions.map(name => `--exclude=package/lib/vscode/extensions/${name}`);
    const wanted = ['package/lib/vscode', 'package/package.json', 'package/LICENSE'];
    const tarball = { spec: `code-server@${release}`, integrity: pin.integrity };
    await unpack(tarball, unfinished, ['--exclude=*.map', ...skipped, ...wanted]);
    await installDependencies(path.join(unfinished, 'lib/vscode'));
  });
  const root = path.join(folder, 'lib/vscode');
  return { node, root, version: JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version };
}

/**
 * The newest VS Code that a Node can serve. On Linux that is always the newest: a newer Node comes from the registry.
 * @param {string} node a version
 * @param {NodeJS.Platform} platform
 * @returns {keyof typeof releases}
 */
export function newestFor(node = process.versions.node, platform = process.platform) {
  return platform === 'linux' || isNewEnough(node, releases[newest].node) ? newest : oldest;
}

/** This process's own Node where it is new enough, else one from the registry. */
async function nodeFor(wanted) {
  const own = process.versions.node;
  if (isNewEnough(own, wanted)) return process.execPath;
  if (process.platform === 'linux') return (await fetchNode()).path;
  throw new Error(`This VS Code needs Node ${wanted.join('.')} or newer, and this is ${own}: install Node 24.`);
}

function isNewEnough(version, [major, minor]) {
  const [ownMajor, ownMinor] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** The server's own dependencies; their versions and integrity come from the npm-shrinkwrap.json beside them. */
async function installDependencies(root) {
  const manifest = path.join(root, 'package.json');
  const description = JSON.parse(fs.readFileSync(manifest, 'utf8'));
  for (const name of unusedDependencies) delete description.dependencies[name];
  fs.writeFileSync(manifest, JSON.stringify(description, null, 2));
  await npm(['install', '--omit=dev'], root);

  const modules = path.join(root, 'node_modules');
  keepOnlyThisPlatform(path.join(modules, '@vscode/ripgrep-universal/bin'));
  keepOnlyThisPlatform(path.join(modules, 'node-pty/prebuilds'));
  await addRipgrep(path.join(modules, '@vscode/ripgrep'));
  replaceIndex(path.join(modules, '@vscode/spdlog'), spdlogStandIn);
  replaceIndex(path.join(modules, '@vscode/native-watchdog'), watchdogStandIn);
  replaceIndex(path.join(modules, 'native-watchdog'), watchdogStandIn);
}

function keepOnlyThisPlatform(folder) {
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder)) {
    if (entry !== platform) fs.rmSync(path.join(folder, entry), { recursive: true });
  }
}

/** Older releases fetch ripgrep in a post-install script; the registry has it as a package of its own. */
async function addRipgrep(folder) {
  if (!fs.existsSync(folder)) return;
  await unpack(ripgrep, folder, ['package/bin/rg']);
  fs.chmodSync(path.join(folder, 'bin/rg'), 0o755);
}

function replaceIndex(folder, source) {
  if (fs.existsSync(folder)) fs.writeFileSync(path.join(folder, 'index.js'), source);
}

if (isMain(import.meta.url)) {
  console.log(JSON.stringify(await getVSCode(process.argv[2]), null, 2));
}
